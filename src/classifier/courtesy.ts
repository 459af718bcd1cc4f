/** What a message without a question may be besides a greeting. */
export type Courtesy = 'thanks' | 'farewell';

const THANKS = /(?<!\p{L})(?:спасиб|пасиб|спс(?!\p{L})|благодар|мерси|spasib|thank|thx(?!\p{L}))/u;
const FAREWELL =
  /(?<!\p{L})(?:до\s?свидан|до встреч|до завтра|всего (?:добр|хорош)|пока(?!\p{L})|bye|good\s?bye|poka(?!\p{L}))/u;

/**
 * Tells thanks and a farewell from a call for help; the three are one intent to the classifier.
 *
 * @returns null for anything else; both at once are thanks
 */
export function courtesyOf(text: string): Courtesy | null {
  const folded = text.toLowerCase().replaceAll('ё', 'е');
  if (THANKS.test(folded)) return 'thanks';
  return FAREWELL.test(folded) ? 'farewell' : null;
}
