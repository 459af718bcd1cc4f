import { type Folded } from '../text/fold';
import { isEnglishWord, isRussianWord } from '../text/lexicon';
import { meantBy } from '../text/word';
import { type Lexeme } from './lexeme';
import { CURRENCY_WORD, UNIT_WORD } from './units';

export const LATIN = /^[a-z]+$/;
export const CYRILLIC = /^[а-я]+$/;

/** Written in capitals. */
export function isUpperCase(folded: Folded, lexeme: Lexeme): boolean {
  const cased = folded.cased.slice(lexeme.start, lexeme.end);
  return cased === cased.toUpperCase();
}

/** A word of the language, or a unit. */
export const isKnown = (word: string): boolean =>
  isEnglishWord(word) || isRussianWord(word) || isRussianWord(meantBy(word)) || UNIT_WORD.test(word);

/** Only capitals: then capitals say nothing. */
export function isShouted(folded: Folded, lexemes: readonly Lexeme[]): boolean {
  const isGlued = (index: number): boolean =>
    (isDash(lexemes[index - 1]) && lexemes[index]?.spaced === false) ||
    (isDash(lexemes[index + 1]) && lexemes[index + 1]?.spaced === false);
  const words = lexemes.filter((lexeme, index) => lexeme.kind === 'word' && lexeme.text.length > 2 && !isGlued(index));
  return words.length > 1 && words.every((word) => isUpperCase(folded, word));
}

const mixed = new WeakMap<Folded, boolean>();

/** Cyrillic words stand in the message. */
export function isMixed(folded: Folded): boolean {
  const known = mixed.get(folded) ?? /\p{Script=Cyrillic}{3}/u.test(folded.text);
  mixed.set(folded, known);
  return known;
}

/** A number, or a code that begins with one. */
export const isNumeric = (lexeme: Lexeme | undefined): lexeme is Lexeme =>
  lexeme !== undefined &&
  (lexeme.kind === 'number' ||
    (lexeme.kind === 'code' && /^\d/.test(lexeme.text)) ||
    (lexeme.kind === 'money' && /^\d+\.\d+$/.test(lexeme.text)));

export const isDash = (lexeme: Lexeme | undefined): boolean => lexeme?.kind === 'punctuation' && lexeme.text === '-';

/** A unit or a currency. */
export const isUnit = (lexeme: Lexeme | undefined): boolean =>
  lexeme?.kind === 'word' && (UNIT_WORD.test(lexeme.text) || CURRENCY_WORD.test(lexeme.text));
