import { type MessageWord } from '../intents/words';

const CUE =
  /^(?:ой|упс|ошиб\p{L}*|опечат\p{L}*|извин\p{L}*|сорри|пардон|поправ\p{L}*|вернее|верно|точнее|тьфу|виноват\p{L}*|перепут\p{L}*|пардоньте|sorry|oops|mistake|typo|meant|имел\p{L}*|имею|имелось)$/u;

/** The writer takes back what was written before: "ой, не 100, а 110", "ошибся". */
export function isCorrection(words: readonly MessageWord[]): boolean {
  if (words[0]?.text === 'не' && words[1]?.text === 'то' && words[2]?.text !== 'чтобы') return true;
  if (words.slice(0, 8).some((word) => CUE.test(word.text))) return true;
  return words[0]?.text === 'не' && words.slice(1, 6).some((word) => word.text === 'а');
}

/**
 * An article or number with a part of it replaced: `100` by `110` in "АРТ-100". Where the part does not stand in it,
 * its last digits are replaced.
 */
export function replacePart(whole: string, part: string | null, replacement: string): string {
  if (part !== null && part !== '') {
    const at = whole.toLowerCase().lastIndexOf(part.toLowerCase());
    if (at >= 0) return whole.slice(0, at) + replacement + whole.slice(at + part.length);
  }
  // "50W" stands for the part with the same letters: LED-30W4000K.
  const letters = /^\d+(\p{L}+)$/u.exec(replacement)?.[1];
  const at = letters === undefined ? -1 : whole.search(new RegExp(`\\d+${letters}`, 'iu'));
  if (at >= 0) return whole.slice(0, at) + whole.slice(at).replace(/\d+\p{L}+?(?=\P{L}|$|\d)/u, () => replacement);
  return /\d/.test(whole) ? whole.replace(/\d+(?!.*\d)/su, () => replacement) : whole;
}
