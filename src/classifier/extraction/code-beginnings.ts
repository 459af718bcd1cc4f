import { type Folded } from '../text/fold';
import { isEnglishWord } from '../text/lexicon';
import { endOfLetteredCode } from './code-endings';
import { CYRILLIC, isDash, isKnown, isMixed, isNumeric, isUpperCase, LATIN } from './lettering';
import { type Lexeme } from './lexeme';

/** Letters of a code in small ones, such as a dictated text has: no word of the language. */
const SPOKEN_PREFIX = /^(?:[бвгджзклмнпрстфхцчшщ]{2,3}|[аэоиуеюя][бвгджзклмнпрстфхцчшщ]|[a-z]{2,3})$/;

/** Short words before a number that are no beginning of a code: materials, standards, shortened words, forms. */
const NOT_A_PREFIX =
  /^(?:пнд|пвд|пвх|ввг|двп|дсп|лдсп|мдф|осб|гкл|гост|ту|din|iso|en|led|usb|ооо|ип|ао|зао|пао|ндс|рф|инн|кпп|бик|огрн|упд|ттн|сф|счф|сч|зак|кп|пп|рс|по|po|sku|ean|id|art|арт|код|ном|тел|моб|доб|стр|кв|дом|корп|оф|каб|пн|вт|ср|чт|пт|сб|вс|шт|уп|кг|тн|руб|коп|дог|поз|гр|раз|или|либо|это|эти|inn|tel|inv|ref|no|nr|ду|dn|ip|аи|марк|фз|пак|стк|ral|sdr|pn|цех|бокс|тип|рост|лот|ваз|газ|уаз|маз|паз|зил|хб|пэт|пэ|ппу|пу|ппр|мск|спб|екб|нск|рнд|дн|мес|год|кор|мм|см)$/;

/** Words of capitals that stand in pairs without being codes: towns, carriers, papers. */
const NO_CODE = /^(?:мск|спб|екб|нск|рнд|сдэк|пэк|ржд|ттн|упд|торг|эдо|инн|кпп|ндс|ооо|сто|азс|атс)$/;

/** A word that may begin an article written with inner spaces: `GX 53 9W`, "эл 46 3". */
export function isPrefix(folded: Folded, lexeme: Lexeme, shouted: boolean): boolean {
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
export function isDashedPrefix(folded: Folded, lexemes: readonly Lexeme[], index: number): boolean {
  const [first, dash, digits] = lexemes.slice(index, index + 3);
  if (first?.kind !== 'word' || !isDash(dash) || !isNumeric(digits) || !isUpperCase(folded, first)) return false;
  if (dash?.spaced === digits.spaced || NOT_A_PREFIX.test(first.text)) return false;
  if (dash?.spaced === true) return LATIN.test(first.text) && first.text.length <= 6 && digits.kind === 'code';
  return first.text.length === 1 && digits.text.length >= 4;
}

/** Groups of capitals with dashes among small letters: "PL-CB", "КСТ-ЛЕТО". */
export function isLetteredCode(folded: Folded, lexemes: readonly Lexeme[], index: number, shouted: boolean): boolean {
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
export function isNamedCode(folded: Folded, lexemes: readonly Lexeme[], index: number): boolean {
  const lexeme = lexemes[index];
  if (lexeme?.kind !== 'word' || !/^[a-z]{3,12}$/.test(lexeme.text) || !isUpperCase(folded, lexeme)) return false;
  const next = lexemes[index + 1];
  if (isEnglishWord(lexeme.text) || isDash(next) || (isNumeric(next) && next.spaced)) return false;
  const noun = /^[.:#"]$/.test(lexemes[index - 1]?.text ?? '') ? lexemes[index - 2] : lexemes[index - 1];
  return /^(?:арт|артикул\p{L}{0,2}|код|кода|коду|sku|article)$/u.test(noun?.text ?? '');
}

/** Letters and two numbers right after the word for an article, nothing behind them: "ваш код СТР 500 20". */
export function isNamedParts(folded: Folded, lexemes: readonly Lexeme[], index: number): boolean {
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
