import { stemmer } from '@orama/stemmers/russian';
import { articleKey } from '../../src/onec/article-key';

/** Latin letters that stand in for a Cyrillic one within a Cyrillic word. */
const CYRILLIC_BY_LATIN: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};

/** Words that name nothing. */
const STOP_WORDS = new Set(
  ['а', 'в', 'во', 'для', 'и', 'из', 'к', 'на', 'от', 'по', 'с', 'со', 'размер', 'разм', 'the', 'a', 'of', 'size'].map(
    fold,
  ),
);

const UNITS = 'вт|w|в|v|а|мкм|мм|см|м|кг|г|гр|л|мл|шт|k|к|кв|a';
const NUMBER_WITH_UNIT = new RegExp(`(\\d)\\s+(${UNITS})(?![\\p{L}\\p{N}])`, 'gu');

/**
 * A text as names are compared: small letters, `ё` as `е`, one sign for "times" (`3х2,5`, `3*2.5`), units joined to their
 * number (`11 Вт`, `11W`), `х/б` as one word.
 */
export function normalizeName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/(\d),(\d)/g, '$1.$2')
    .replace(/(\d)\s*[xх×*]\s*(?=\d)/gu, '$1x')
    .replace(/(?<![\p{L}\p{N}])х\/б(?![\p{L}\p{N}])/gu, 'хб')
    .replace(NUMBER_WITH_UNIT, '$1$2')
    .replace(/(\d)\s*(?:вт|ватт[а-я]*)(?![\p{L}\p{N}])/gu, '$1w');
}

/**
 * @param text already normalized
 * @returns the stems of its words, in look-alike letters folded into one alphabet; words that name nothing left out
 */
export function wordsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{N}]+(?:\.\p{N}+)*/gu) ?? []).map(stem).filter((word) => !STOP_WORDS.has(word));
}

/** What a name is found by: its words, and short letters with the number after them as one (`GX 53` as `GX53`). */
export function indexedWordsOf(text: string): string[] {
  const words = wordsOf(text);
  const joined = words.flatMap((word, index) => {
    const next = words[index + 1];
    return next !== undefined && /^\p{L}{1,3}$/u.test(word) && /^\d/.test(next) ? [word + next] : [];
  });
  const parts = words.flatMap((word) => {
    const match = /^(\p{L}{1,4})(\d.*)$/u.exec(word);
    return match?.[1] && match[2] ? [match[1], match[2]] : [];
  });
  return [...words, ...joined, ...parts];
}

function stem(word: string): string {
  if (!/[а-я]/.test(word)) return fold(word);
  const cyrillic = word.replace(/[a-z]/g, (letter) => CYRILLIC_BY_LATIN[letter] ?? letter);
  // The stemmer keeps the fleeting vowel: without it "перчаток" would not meet "перчатки".
  return fold(stemmer(cyrillic).replace(/([бвгджзклмнпрстфхцчшщ])[ео]к$/, '$1к'));
}

function fold(word: string): string {
  return /^[\d.]+$/.test(word) ? word : articleKey(word.replace(/\./g, '_')).replace(/_/g, '.');
}
