import { type Folded } from '../text/fold';
import { retyped } from '../text/word';
import { dateEnd } from './dates';
import { type Lexeme, type LexemeKind } from './lexeme';
import { DECIMAL, FRACTION, GROUPED, MONEY, ORDINAL, PERCENT, QUANTITY, SIZE } from './units';

const LINK =
  /(?:https?:\/\/|www\.)\S{1,300}|[\w.+-]{1,64}@[\w.-]{2,64}|@\w{3,32}|[a-z\d-]{2,40}\.(?:ru|com|net|org|рф)(?![\p{L}\d])/uy;
const PHONE = /(?:\+\d{1,3}|[78])[ -]?\(?\d{3,5}\)?[ -]?\d{1,3}[ -]?\d{2}[ -]?\d{2,3}(?![\p{L}\d])/uy;
const TIME = /\d{1,2}:\d{2}(?![\p{L}\d])/uy;
const RATIO = /\d{1,3}:\d{1,3}(?![\p{L}\d])/uy;
const CODE =
  /[\p{L}\d](?:[\p{L}\d._#*]|[-/+](?=\.?[\p{L}\d])|(?<=\p{L}[\p{L}\d-]{0,12}-?\d{1,2}),(?=\d{1,2}(?![\p{L}\d]|,\d))){0,47}\+{0,2}/uy;
const WORD = /\/?\p{L}(?:[\p{L}'`]{0,60}\p{L})?/uy;
/** Punctuation of the Latin layout is letters in the Russian one: `;ltv` is "ждем". */
const SLIPPED = /[a-z[\];',.`]{3,40}(?![\p{L}\d])/uy;
const EMOJI = /\p{Extended_Pictographic}|₽|💰/uy;
const HAS_DIGIT = /\d/;
const HAS_LETTER = /\p{L}/u;
const ALNUM = /[\p{L}\d]/u;

/** Words with digits that are no codes: standard sizes, places, the accounting system itself. */
const NOT_A_CODE =
  /^(?:1[сc]|торг-?\d{1,2}|мх-?\d|[34]d|[2-5]g|м[23]|m[23]|h2o|co2|24\/7|7\/24|b2b|[12]-?[йя]|№\d|(?:19|20)\d{2}(?:-?(?:го|й|м|г|год|года|году))|[1-4]-?(?:й|го)?кв\.?|к[1-9]|q[1-4]|евро-?[1-6]|ip\d{2}|[1-4][pрпф]|(?:2700|3000|3500|4000|4200|4500|5000|5500|6000|6400|6500)[кk]|\d{1,4}(?:м[аa]|квт|ач|ah|кг|мм)|\d{1,3}-[а-я]{4,})$/u;

/** A document and its number without a space: "заказ77". */
const GLUED_NOUN = /(?:заказ|заявк|счет|накладн)[а-я]{0,3}(?=№?\d{1,8}(?![\p{L}\d]))/uy;

/** "77-й" before a document is its number, not which of several it is. */
const NUMBERED_DOCUMENT = /\d{2,6}(?=-(?:й|ый|ой|го|му|ого|ому|ая|я|ю|ей) (?:заказ|заявк|счет|накладн|спецификац))/uy;

/** "12347 шт?" asks how many there are of an article; no quantity is so long and so odd. */
const ARTICLE_IN_PIECES = /^\d{4,5}[1-9] ?(?:(?:шт|штук|pcs)(?:\?|$)|штука|шт и)/u;

/** Digits in groups that are no thousands: "0450 133 281". */
const GROUPED_ARTICLE = /(?:0|0\d{2,3}|\d{4})(?: \d{3}){2,3}(?![\p{L}\d\-/]|[.,]\d| \d)/uy;

/** The number of an item of a list, "2) 2108-3501070", begins a line or comes after a mark. */
const LIST_NUMBER = /\d{1,2}\)/y;
const LIST_BEGINS = /(?:^|[\n;:,.]) {0,3}$/;

/** "заявку 5507 позиции LK-40": the word behind the number is counted by nothing. */
const DOCUMENT_BEFORE = /(?:заказ|заявк|счет|накладн|упд|ттн)\p{L}{0,3} (?:№ ?)?$/u;
const COUNTED_DOCUMENT = /\d{2,8}(?= (?:позици|наименован|строк|раз)\p{L}{0,3}(?!\p{L}))/uy;

/** "9031.55 есть?" is an article unless something before it or a currency behind makes it a sum. */
const DOTTED_ARTICLE = /\d{4,6}\.\d{2}(?![\p{L}\d\-/.,]| ?(?:руб|р(?!\p{L})|коп|₽|\$|€|usd|eur|евро))/uy;
const BEFORE_SUM =
  /(?:(?:сумм|долг|оплат|заплат|перевод|перевел|аванс|плат[еи]ж|получил|пришл|цен|стоимост|прайс|было|стало|итого|остат)\p{L}{0,5}|(?<!\p{L})(?:на|за|по|с|до|от|и|или))[ :=-]{1,3}$/u;

type Entity = readonly [kind: LexemeKind, pattern: RegExp];

/** "2,0-2,5", "0,5-1 мм": from so much to so much. */
const RANGE = /\d{1,4}[.,]\d{1,2} ?- ?\d{1,4}(?:[.,]\d{1,2})?(?![\p{L}\d\-/]|[.,]\d)/uy;

const NUMERIC_ENTITIES: readonly Entity[] = [
  ['size', RANGE],
  ['percent', PERCENT],
  ['time', TIME],
  ['amount', RATIO],
  ['size', SIZE],
  ['size', FRACTION],
  ['money', MONEY],
  ['quantity', QUANTITY],
  ['amount', GROUPED],
  ['money', DECIMAL],
  ['ordinal', ORDINAL],
];

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function phoneEnd(text: string, at: number): number {
  const end = endOf(PHONE, text, at);
  if (end < 0) return -1;
  const digits = text.slice(at, end).replace(/\D/g, '');
  if (text.charAt(at) === '+') return digits.length >= 10 && digits.length <= 15 ? end : -1;
  return digits.length === 11 && /^[78][3489]/.test(digits) ? end : -1;
}

/**
 * The stretches of a message in order: words, punctuation, codes, numbers, and what is no article although it has
 * digits. Patterns are sticky and bounded, so the time grows with the length only.
 */
export function scan(folded: Folded): Lexeme[] {
  const { text } = folded;
  const lexemes: Lexeme[] = [];
  let at = 0;
  let spaced = true;
  const add = (kind: LexemeKind, end: number): void => {
    lexemes.push({ kind, start: at, end, text: text.slice(at, end), spaced });
    at = end;
    spaced = false;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === ' ' || char === '\t') {
      spaced = true;
      at += 1;
      continue;
    }
    const before = at > 0 ? text.charAt(at - 1) : ' ';
    const linkEnd = /[a-z\d@]/.test(char) && !ALNUM.test(before) ? endOf(LINK, text, at) : -1;
    if (linkEnd > 0) {
      add('link', linkEnd);
      continue;
    }
    if (HAS_DIGIT.test(char) || char === '+' || char === '$' || char === '€') {
      const found = numericEntity(text, at);
      if (found !== null) {
        add(found.kind, found.end);
        continue;
      }
    }
    if (ALNUM.test(char)) {
      const gluedEnd = ALNUM.test(before) ? -1 : endOf(GLUED_NOUN, text, at);
      if (gluedEnd > 0) {
        add('word', gluedEnd);
        continue;
      }
      const codeEnd = trimmedCodeEnd(text, at);
      const code = text.slice(at, codeEnd);
      if (HAS_DIGIT.test(code) && !NOT_A_CODE.test(code)) {
        add(HAS_LETTER.test(code) || /\D/.test(code) ? 'code' : 'number', codeEnd);
        continue;
      }
      if (HAS_DIGIT.test(code)) {
        add('amount', codeEnd);
        continue;
      }
    }
    if (/[a-z[\];'`]/.test(char) && !ALNUM.test(before)) {
      const slippedEnd = endOf(SLIPPED, text, at);
      const typed = slippedEnd > 0 ? text.slice(at, slippedEnd) : '';
      if (/[[\];'`,.]/.test(typed.slice(0, -1)) && retyped(typed) !== null) {
        add('word', slippedEnd);
        continue;
      }
    }
    const wordEnd = HAS_LETTER.test(char) || (char === '/' && !ALNUM.test(before)) ? endOf(WORD, text, at) : -1;
    if (wordEnd > 0) {
      add('word', wordEnd);
      continue;
    }
    const emojiEnd = endOf(EMOJI, text, at);
    if (emojiEnd > 0) add('emoji', emojiEnd);
    else add('punctuation', at + 1);
  }
  return lexemes;
}

function numericEntity(text: string, at: number): { kind: LexemeKind; end: number } | null {
  const before = at > 0 ? text.charAt(at - 1) : ' ';
  if (ALNUM.test(before)) return null;
  const document = endOf(NUMBERED_DOCUMENT, text, at);
  if (document > 0) return { kind: 'number', end: document };
  const phone = phoneEnd(text, at);
  if (phone > 0) return { kind: 'phone', end: phone };
  const date = dateEnd(text, at);
  if (date > 0) return { kind: 'date', end: date };
  const grouped = endOf(GROUPED_ARTICLE, text, at);
  if (grouped > 0) return { kind: 'code', end: grouped };
  if (LIST_BEGINS.test(text.slice(Math.max(0, at - 4), at))) {
    const numbered = endOf(LIST_NUMBER, text, at);
    if (numbered > 0) return { kind: 'amount', end: numbered };
  }
  if (DOCUMENT_BEFORE.test(text.slice(Math.max(0, at - 20), at))) {
    const counted = endOf(COUNTED_DOCUMENT, text, at);
    if (counted > 0) return { kind: 'number', end: counted };
  }
  const dotted = endOf(DOTTED_ARTICLE, text, at);
  if (dotted > 0 && !BEFORE_SUM.test(text.slice(Math.max(0, at - 20), at))) return { kind: 'code', end: dotted };
  for (const [kind, pattern] of NUMERIC_ENTITIES) {
    const end = endOf(pattern, text, at);
    if (end > 0 && !(kind === 'quantity' && ARTICLE_IN_PIECES.test(text.slice(at, end + 2)))) return { kind, end };
  }
  return null;
}

/** A code without the full stop or dash of the sentence at its end. */
function trimmedCodeEnd(text: string, at: number): number {
  let end = endOf(CODE, text, at);
  while (end > at + 1 && /[._#*]/.test(text.charAt(end - 1))) end -= 1;
  return end;
}
