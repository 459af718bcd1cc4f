/** Cyrillic capitals that look like a Latin one. Digits are not letters: З and 3, О and 0 stay apart. */
const LOOK_ALIKES: Record<string, string> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  Ё: 'E',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  Ѕ: 'S',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
};

/** White space, hyphens and dashes, dots, slashes, and characters without a width. */
const NOT_COMPARED = /[\s\p{Pd}\u2212.\\/\u00AD\u200B-\u200D\u2060\uFEFF]/gu;

/**
 * What two spellings of one article have in common (contract, Transport): compared without regard to case, spaces,
 * hyphens, dots, slashes and look-alike Latin and Cyrillic letters.
 *
 * @param article as a person or the catalogue writes it
 * @returns the key; empty where nothing is left to compare
 * @example articleKey('вр-4500/2') === articleKey('BP 45002') // Cyrillic В, Р against Latin B, P
 */
export function articleKey(article: string): string {
  return article
    .normalize('NFKC')
    .toUpperCase()
    .replace(NOT_COMPARED, '')
    .replace(/[А-ЯЁІЈЅ]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
}
