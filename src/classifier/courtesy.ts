/** What a message without a question may be besides a greeting. */
export type Courtesy = 'thanks' | 'farewell' | 'agreement';

const THANKS = /(?<!\p{L})(?:спасиб|пасиб|спс(?!\p{L})|благодар|мерси|spasib|thank|thx(?!\p{L}))/u;
const FAREWELL =
  /(?<!\p{L})(?:до\s?свидан|до встреч|до завтра|всего (?:добр|хорош)|пока(?!\p{L})|bye|good\s?bye|poka(?!\p{L}))/u;

/** Nothing but that what was said is all right: "ок", "понял, принято". */
const AGREEMENT =
  /^(?:(?:ок|окей|ладно|хорошо|понял[аи]?|понятно|ясно|принято|отлично|супер|договорились|добро|ага|угу|все|ok|okay|fine|great|got it|understood)(?!\p{L})[\s.,!)👍🙂👌]*)+$/u;

/**
 * Tells thanks, a farewell and an agreement from a call for help; all are one intent to the classifier.
 *
 * @returns null for anything else; several at once are the first of them
 */
export function courtesyOf(text: string): Courtesy | null {
  const folded = text.toLowerCase().replaceAll('ё', 'е');
  if (THANKS.test(folded)) return 'thanks';
  if (FAREWELL.test(folded)) return 'farewell';
  return AGREEMENT.test(folded.trim()) ? 'agreement' : null;
}
