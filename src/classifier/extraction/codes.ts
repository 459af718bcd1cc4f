import { type Folded } from '../text/fold';
import { isEnglishWord, isRussianWord } from '../text/lexicon';
import { meantBy } from '../text/word';
import { type Lexeme } from './lexeme';
import { CURRENCY_WORD, UNIT_WORD } from './units';

const LATIN = /^[a-z]+$/;
const CYRILLIC = /^[а-я]+$/;

/** Parts of model names that follow a code: "DT-77 PRO". */
const MODEL_SUFFIX = /^(?:pro|mini|max|plus|lite|eco|ultra|про|мини|макс|плюс)$/;

/** Short words before a number that are no beginning of a code: materials, standards, shortened words, forms. */
const NOT_A_PREFIX =
  /^(?:пнд|пвд|пвх|ввг|двп|дсп|лдсп|мдф|осб|гкл|гост|ту|din|iso|en|led|usb|ооо|ип|ао|зао|пао|ндс|рф|инн|кпп|бик|огрн|упд|ттн|сф|счф|сч|зак|кп|пп|рс|по|po|sku|ean|id|art|арт|код|ном|тел|моб|доб|стр|кв|дом|корп|оф|каб|пн|вт|ср|чт|пт|сб|вс|шт|уп|кг|тн|руб|коп|дог|поз|гр|раз|или|либо|это|эти|inn|tel|inv|ref|no|nr|ду|dn|ip|аи|марк|фз|пак|стк|дн|мес|год|кор|мм|см)$/;

function isUpperCase(folded: Folded, lexeme: Lexeme): boolean {
  const cased = folded.cased.slice(lexeme.start, lexeme.end);
  return cased === cased.toUpperCase();
}

const isKnown = (word: string): boolean =>
  isEnglishWord(word) || isRussianWord(word) || isRussianWord(meantBy(word)) || UNIT_WORD.test(word);

/** A word that may begin an article written with inner spaces: `GX 53 9W`, "эл 46 3". */
function isPrefix(folded: Folded, lexeme: Lexeme, shouted: boolean): boolean {
  const { text } = lexeme;
  if (lexeme.kind !== 'word' || text.length > 4 || NOT_A_PREFIX.test(text)) return false;
  if (!LATIN.test(text) && !CYRILLIC.test(text)) return false;
  const upper = isUpperCase(folded, lexeme) && !shouted;
  // One or two Latin capitals are letters of a code even where the same sound is a Russian preposition.
  if (upper && LATIN.test(text) && text.length <= 2) return !isEnglishWord(text) || text.length === 1;
  if (isKnown(text)) return false;
  return upper || (text.length >= 2 && text.length <= 3);
}

/** Only capitals: then capitals say nothing. */
function isShouted(folded: Folded, lexemes: readonly Lexeme[]): boolean {
  const words = lexemes.filter((lexeme) => lexeme.kind === 'word' && lexeme.text.length > 2);
  return words.length > 1 && words.every((word) => isUpperCase(folded, word));
}

const isNumeric = (lexeme: Lexeme | undefined): lexeme is Lexeme =>
  lexeme !== undefined && (lexeme.kind === 'number' || (lexeme.kind === 'code' && /^\d/.test(lexeme.text)));

const isDash = (lexeme: Lexeme | undefined): boolean => lexeme?.kind === 'punctuation' && lexeme.text === '-';

const isUnit = (lexeme: Lexeme | undefined): boolean =>
  lexeme?.kind === 'word' && (UNIT_WORD.test(lexeme.text) || CURRENCY_WORD.test(lexeme.text));

/** The lexemes with the parts of articles that were written with inner spaces or in quotes joined into one code. */
export function joinCodes(folded: Folded, lexemes: readonly Lexeme[]): Lexeme[] {
  const shouted = isShouted(folded, lexemes);
  const joined: Lexeme[] = [];
  let index = 0;
  while (index < lexemes.length) {
    const first = lexemes[index];
    if (first === undefined) break;
    const quoted = quotedEnd(folded, lexemes, index);
    const last = quoted > 0 ? quoted : lastPart(folded, lexemes, index, shouted);
    const from = quoted > 0 ? index + 1 : index;
    const begin = lexemes[from];
    const end = lexemes[last];
    if (last > from && begin !== undefined && end !== undefined) {
      if (quoted > 0) joined.push(first);
      joined.push({
        kind: 'code',
        start: begin.start,
        end: end.end,
        text: folded.text.slice(begin.start, end.end),
        spaced: begin.spaced,
      });
      index = last + 1;
    } else {
      joined.push(first);
      index += 1;
    }
  }
  return joined;
}

/** Index of the last part of a code that begins at `index`; `index` itself where nothing is to join. */
function lastPart(folded: Folded, lexemes: readonly Lexeme[], index: number, shouted: boolean): number {
  const first = lexemes[index];
  if (first === undefined) return index;
  let last = index;
  const isTail = isDash(lexemes[index - 1]) && !first.spaced;
  if (!isTail && isPrefix(folded, first, shouted)) {
    const upper = isUpperCase(folded, first);
    const next = lexemes[index + 1];
    const afterDash = lexemes[index + 2];
    if (isDash(next) && isNumeric(afterDash) && (upper || next?.spaced === false)) {
      last = index + 2;
    } else if (isNumeric(next) && next.spaced) {
      if (isUnit(lexemes[index + 2]) && next.text.length < 4) return index;
      last = index + 1;
    } else return index;
    const third = lexemes[last + 1];
    const dictated = !upper && third?.kind === 'number' && third.text.length <= 2;
    const wattage = upper && third?.kind === 'code' && /^\d{1,4}[a-zа-я]{1,2}$/.test(third.text);
    if (third?.spaced && (wattage || dictated) && !isUnit(lexemes[last + 2])) last += 1;
  } else if (first.kind !== 'code' || !/\p{L}/u.test(first.text)) {
    return index;
  }
  return withSuffix(folded, lexemes, withSpokenSigns(lexemes, last), shouted);
}

/** Signs of a code that were dictated as words: "бп 4500 дробь 2". */
function withSpokenSigns(lexemes: readonly Lexeme[], last: number): number {
  let end = last;
  while (
    /^(?:дробь|тире|дефис|слеш|слэш|точка|черточка)$/.test(lexemes[end + 1]?.text ?? '') &&
    isNumeric(lexemes[end + 2])
  ) {
    end += 2;
  }
  return end;
}

function withSuffix(folded: Folded, lexemes: readonly Lexeme[], last: number, shouted: boolean): number {
  const suffix = lexemes[last + 1];
  if (suffix?.kind !== 'word' || !suffix.spaced) return last;
  if (MODEL_SUFFIX.test(suffix.text)) return last + 1;
  if (suffix.text === 'x' && isUpperCase(folded, suffix) && lexemes[last + 2]?.kind === 'number') return last + 2;
  const isLetters =
    LATIN.test(suffix.text) &&
    suffix.text.length <= 3 &&
    isUpperCase(folded, suffix) &&
    !shouted &&
    !isKnown(suffix.text);
  return isLetters && !/^(?:s|m|l|xl|xxl|xs)$/.test(suffix.text) ? last + 1 : last;
}

/** Index of the last lexeme inside quotes that begin at `index` and hold nothing but a code of several parts, or -1. */
function quotedEnd(folded: Folded, lexemes: readonly Lexeme[], index: number): number {
  const quote = lexemes[index];
  if (quote?.kind !== 'punctuation' || !/["']/.test(quote.text)) return -1;
  let hasDigit = false;
  for (let at = index + 1; at < Math.min(index + 8, lexemes.length); at += 1) {
    const part = lexemes[at];
    if (part === undefined) return -1;
    if (part.kind === 'punctuation' && part.text === quote.text) return hasDigit && at > index + 1 ? at - 1 : -1;
    if (/\d/.test(part.text)) hasDigit = true;
    const isLetters =
      part.kind === 'word' && part.text.length <= 8 && (isUpperCase(folded, part) || MODEL_SUFFIX.test(part.text));
    if (!isLetters && !/^(?:code|number|quantity|size)$/.test(part.kind) && !/^[-/.]$/.test(part.text)) return -1;
  }
  return -1;
}
