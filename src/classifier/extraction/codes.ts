import { type Folded } from '../text/fold';
import { isEnglishWord, isRussianWord } from '../text/lexicon';
import { meantBy } from '../text/word';
import { type Lexeme } from './lexeme';
import { endOfSpacedCode } from './spaced-codes';
import { CURRENCY_WORD, UNIT_WORD } from './units';

const LATIN = /^[a-z]+$/;
const CYRILLIC = /^[а-я]+$/;

/** Parts of model names that follow a code: "DT-77 PRO". */
const MODEL_SUFFIX = /^(?:pro|mini|max|plus|lite|eco|ultra|про|мини|макс)$/;

/** Letters of a code in small ones, such as a dictated text has: no word of the language. */
const SPOKEN_PREFIX = /^(?:[бвгджзклмнпрстфхцчшщ]{2,3}|[аэоиуеюя][бвгджзклмнпрстфхцчшщ]|[a-z]{2,3})$/;

/** Short words before a number that are no beginning of a code: materials, standards, shortened words, forms. */
const NOT_A_PREFIX =
  /^(?:пнд|пвд|пвх|ввг|двп|дсп|лдсп|мдф|осб|гкл|гост|ту|din|iso|en|led|usb|ооо|ип|ао|зао|пао|ндс|рф|инн|кпп|бик|огрн|упд|ттн|сф|счф|сч|зак|кп|пп|рс|по|po|sku|ean|id|art|арт|код|ном|тел|моб|доб|стр|кв|дом|корп|оф|каб|пн|вт|ср|чт|пт|сб|вс|шт|уп|кг|тн|руб|коп|дог|поз|гр|раз|или|либо|это|эти|inn|tel|inv|ref|no|nr|ду|dn|ip|аи|марк|фз|пак|стк|ral|sdr|pn|цех|бокс|тип|рост|лот|ваз|газ|уаз|маз|паз|зил|хб|пэт|пэ|ппу|пу|ппр|мск|спб|екб|нск|рнд|дн|мес|год|кор|мм|см)$/;

function isUpperCase(folded: Folded, lexeme: Lexeme): boolean {
  const cased = folded.cased.slice(lexeme.start, lexeme.end);
  return cased === cased.toUpperCase();
}

const isKnown = (word: string): boolean =>
  isEnglishWord(word) || isRussianWord(word) || isRussianWord(meantBy(word)) || UNIT_WORD.test(word);

const mixed = new WeakMap<Folded, boolean>();

/** Cyrillic words stand in the message. */
function isMixed(folded: Folded): boolean {
  const known = mixed.get(folded) ?? /\p{Script=Cyrillic}{3}/u.test(folded.text);
  mixed.set(folded, known);
  return known;
}

/** A word that may begin an article written with inner spaces: `GX 53 9W`, "эл 46 3". */
function isPrefix(folded: Folded, lexeme: Lexeme, shouted: boolean): boolean {
  const { text } = lexeme;
  if (lexeme.kind !== 'word' || text.length > 4 || NOT_A_PREFIX.test(text)) return false;
  if (shouted && CYRILLIC.test(text) && text.length > 1) return false;
  if (!LATIN.test(text) && !CYRILLIC.test(text)) return false;
  // Capitals of the other script stand out in a shouted message too.
  const upper = isUpperCase(folded, lexeme) && (!shouted || (LATIN.test(text) && isMixed(folded)));
  // One or two Latin capitals are letters of a code even where the same sound is a Russian preposition.
  if (upper && LATIN.test(text) && text.length <= 2) return !isEnglishWord(text) || text.length === 1;
  if (isKnown(text)) return false;
  return upper || SPOKEN_PREFIX.test(text);
}

/** Letters and a dash before digits, one of the two written apart: "Б- 130005", "LSREL -2W5000K". */
function isDashedPrefix(folded: Folded, lexemes: readonly Lexeme[], index: number): boolean {
  const [first, dash, digits] = lexemes.slice(index, index + 3);
  if (first?.kind !== 'word' || !isDash(dash) || !isNumeric(digits) || !isUpperCase(folded, first)) return false;
  if (dash?.spaced === digits.spaced || NOT_A_PREFIX.test(first.text)) return false;
  if (dash?.spaced === true) return LATIN.test(first.text) && first.text.length <= 6 && digits.kind === 'code';
  return first.text.length === 1 && digits.text.length >= 4;
}

/** Groups of capitals with dashes among small letters: "PL-CB", "КСТ-ЛЕТО". */
function isLetteredCode(folded: Folded, lexemes: readonly Lexeme[], index: number, shouted: boolean): boolean {
  const end = endOfLetteredCode(lexemes, index);
  const parts = lexemes.slice(index, end + 1).filter((part) => part.kind === 'word');
  const [first] = parts;
  if (shouted || first === undefined || parts.length < 2 || end - index >= 8) return false;
  if (parts.some((part) => part.text.length > 6 || !isUpperCase(folded, part))) return false;
  if (parts.every((part) => LATIN.test(part.text))) return !parts.every((part) => isEnglishWord(part.text));
  const isRussian = parts.every((part) => CYRILLIC.test(part.text));
  return isRussian && first.text.length > 1 && !isKnown(first.text) && !NO_CODE.test(first.text);
}

/** Latin capitals without a digit right after the word for an article: "арт. WPIR". */
function isNamedCode(folded: Folded, lexemes: readonly Lexeme[], index: number): boolean {
  const lexeme = lexemes[index];
  if (lexeme?.kind !== 'word' || !/^[a-z]{3,12}$/.test(lexeme.text) || !isUpperCase(folded, lexeme)) return false;
  const next = lexemes[index + 1];
  if (isEnglishWord(lexeme.text) || isDash(next) || (isNumeric(next) && next.spaced)) return false;
  const noun = /^[.:#"]$/.test(lexemes[index - 1]?.text ?? '') ? lexemes[index - 2] : lexemes[index - 1];
  return /^(?:арт|артикул\p{L}{0,2}|код|кода|коду|sku|article)$/u.test(noun?.text ?? '');
}

/** Letters and two numbers right after the word for an article, nothing behind them: "ваш код СТР 500 20". */
function isNamedParts(folded: Folded, lexemes: readonly Lexeme[], index: number): boolean {
  const [first, second, third, end] = lexemes.slice(index, index + 4);
  const isEnd = end === undefined || (end.kind === 'punctuation' && /^[?!:;,.\n]$/.test(end.text));
  return (
    isEnd &&
    first?.kind === 'word' &&
    first.text.length <= 4 &&
    isUpperCase(folded, first) &&
    second?.kind === 'number' &&
    third?.kind === 'number' &&
    /^(?:арт|артикул\p{L}{0,2}|код|кода|коду|кодом)$/u.test(lexemes[index - 1]?.text ?? '')
  );
}

/** Words of capitals that stand in pairs without being codes: towns, carriers, papers. */
const NO_CODE = /^(?:мск|спб|екб|нск|рнд|сдэк|пэк|ржд|ттн|упд|торг|эдо|инн|кпп|ндс|ооо|сто|азс|атс)$/;

function endOfLetteredCode(lexemes: readonly Lexeme[], index: number): number {
  let end = index;
  if (lexemes[index]?.kind !== 'word') return end;
  while (
    isDash(lexemes[end + 1]) &&
    lexemes[end + 1]?.spaced === false &&
    lexemes[end + 2]?.spaced === false &&
    (lexemes[end + 2]?.kind === 'word' || lexemes[end + 2]?.kind === 'code')
  ) {
    end += 2;
  }
  return end;
}

/** Letters alone take the number behind them in: "SM-C 40". */
function withNumber(lexemes: readonly Lexeme[], last: number): number {
  const number = lexemes[last + 1];
  const isPart = number?.kind === 'number' && number.spaced && number.text.length <= 4 && !isUnit(lexemes[last + 2]);
  return isPart && lexemes[last]?.kind === 'word' ? last + 1 : last;
}

/** Only capitals: then capitals say nothing. */
function isShouted(folded: Folded, lexemes: readonly Lexeme[]): boolean {
  const isGlued = (index: number): boolean =>
    (isDash(lexemes[index - 1]) && lexemes[index]?.spaced === false) ||
    (isDash(lexemes[index + 1]) && lexemes[index + 1]?.spaced === false);
  const words = lexemes.filter((lexeme, index) => lexeme.kind === 'word' && lexeme.text.length > 2 && !isGlued(index));
  return words.length > 1 && words.every((word) => isUpperCase(folded, word));
}

const isNumeric = (lexeme: Lexeme | undefined): lexeme is Lexeme =>
  lexeme !== undefined &&
  (lexeme.kind === 'number' ||
    (lexeme.kind === 'code' && /^\d/.test(lexeme.text)) ||
    (lexeme.kind === 'money' && /^\d+\.\d+$/.test(lexeme.text)));

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
    if (isNamedCode(folded, lexemes, index)) {
      joined.push({ ...first, kind: 'code' });
      index += 1;
      continue;
    }
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
  if (!isTail) {
    const spaced = endOfSpacedCode(folded, lexemes, index, (at) => isUnit(lexemes[at + 1]));
    if (spaced > index) return spaced;
  }
  if (!isTail && isLetteredCode(folded, lexemes, index, shouted))
    return withNumber(lexemes, endOfLetteredCode(lexemes, index));
  if (!isTail && isDashedPrefix(folded, lexemes, index)) return withSuffix(folded, lexemes, index + 2, shouted);
  if (!isTail && isNamedParts(folded, lexemes, index)) return index + 2;
  if (!isTail && isPrefix(folded, first, shouted)) {
    const upper = isUpperCase(folded, first);
    const next = lexemes[index + 1];
    const afterDash = lexemes[index + 2];
    if (!upper && next?.kind === 'code' && next.spaced) return index;
    if (isDash(next) && isNumeric(afterDash) && (upper || next?.spaced === false)) {
      last = index + 2;
    } else if (isNumeric(next) && next.spaced) {
      if (isUnit(lexemes[index + 2]) && next.text.length < 4) return index;
      last = index + 1;
    } else return index;
    const third = lexemes[last + 1];
    const dictated = !upper && third?.kind === 'number' && third.text.length <= 2;
    const wattage = upper && third?.kind === 'code' && /^\d{1,4}[a-zа-я]{1,2}(?:\/[a-zа-я\d]{1,4})?$/.test(third.text);
    if (third?.spaced && (wattage || dictated) && !isUnit(lexemes[last + 2])) last += 1;
  } else if (first.kind === 'quantity' || (first.kind === 'number' && first.text.length > 3)) {
    return withFurtherPart(folded, lexemes, index);
  } else if (first.kind !== 'code' || !/\p{L}/u.test(first.text)) {
    return index;
  }
  return withSuffix(folded, lexemes, withSpokenSigns(lexemes, withFurtherPart(folded, lexemes, last)), shouted);
}

/** What catalogues put behind a code: a make before digits ("3М 8812-LE"), a thread ("DIN912 M8x30"), a climate ("ЩМП-3 74 У2"). */
function withFurtherPart(folded: Folded, lexemes: readonly Lexeme[], last: number): number {
  const [code, next, after] = lexemes.slice(last, last + 3);
  if (code === undefined || next?.spaced !== true || !isUpperCase(folded, code)) return last;
  const isMake = /^\d[a-zа-я]$/.test(code.text) && next.kind === 'code' && /^\d{3}/.test(next.text);
  const isThread = /^(?:din|iso|гост)-?\d{3,5}$/.test(code.text) && /^[mм]\d{1,2}(?:[-xх*]\d{1,3})?$/.test(next.text);
  if (isMake || isThread) return last + 1;
  if (next.kind === 'code' && isUpperCase(folded, next) && /^(?:[a-z]{1,3}\/)?[a-zа-я]\d$/.test(next.text))
    return last + 1;
  const isCap = next.kind === 'code' && /^(?:g\d{1,2}|gx\d{2}|e\d{2})$/.test(next.text);
  const isPins = after?.kind === 'number' && after.text.length <= 2 && lexemes[last + 3] === undefined;
  if (isCap && /\p{L}/u.test(code.text)) return isPins ? last + 2 : last + 1;
  const isClimate = after?.spaced === true && /^(?:у|ухл|хл|т|ом)\d$/.test(after.text);
  return next.kind === 'number' && next.text.length <= 2 && isClimate ? last + 2 : last;
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
    (!isKnown(suffix.text) || isUpperCase(folded, lexemes[last] ?? suffix));
  return isLetters && !/^(?:s|m|l|xl|xxl|xs|oos|ok|din|iso|ral|sdr|ip)$/.test(suffix.text) ? last + 1 : last;
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
