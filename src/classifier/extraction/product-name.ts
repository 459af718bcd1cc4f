import { type Analysis } from '../analysis';
import { cut } from '../text/fold';
import { isEnglishWord, isGoodsWord, isNameWord } from '../text/lexicon';
import { type Lexeme } from './lexeme';

/** Most words of a product's name that are looked for. */
const LONGEST = 8;
/** How much more a known name of goods counts than a word that nothing explains. */
const GOODS = 3;

/** A stretch of the message that may name a product. */
interface Run {
  start: number;
  end: number;
  length: number;
  /** How much speaks for a name. */
  weight: number;
  /** A word that can be a noun is in it. */
  hasNoun: boolean;
}

/** A product's name as it was written, and how sure it is one. */
export interface ProductName {
  text: string;
  /** Where it stands in the folded message. */
  start: number;
  end: number;
  /** A known name of goods is in it. */
  isGoods: boolean;
  /** Unknown words that read like the name of goods: "кронштейн потолочный", but no "ыва". */
  isLikely: boolean;
  /** Nothing else is said in the message. */
  isAll: boolean;
  words: number;
}

/** The product a message names: known names of goods, else words that nothing explains, with sizes and grades among them. */
export function findProduct(analysis: Analysis): string | null {
  return productNameOf(analysis)?.text ?? null;
}

export function productNameOf({ folded, lexemes, words, codes }: Analysis): ProductName | null {
  const meant = new Map(words.map((word) => [word.lexeme, word.text]));
  const grades = new Set(codes.filter((code) => code.role === 'none').map((code) => code.lexeme));
  let best: Run | null = null;
  let run: Run | null = null;
  /** What follows "артикул на" is goods, whatever the words are: "витую пару". */
  let isAskedFor = false;
  for (const [index, lexeme] of lexemes.entries()) {
    const word = meant.get(index) ?? lexeme.text;
    const isMeasure = MEASURE.test(word) && /^(?:за|по|в|на|с)$/.test(lexemes[index - 1]?.text ?? '');
    const weight = isMeasure ? 0 : isAskedFor && canName(lexeme, word) ? GOODS : weightOf(lexeme, word);
    isAskedFor = isArticleOf(word, meant.get(index - 1) ?? '') || (isAskedFor && lexeme.kind !== 'punctuation');
    const isDash = isJoint(lexeme, lexemes, index);
    const isPart = /^(?:size|quantity)$/.test(lexeme.kind) || grades.has(lexeme) || isSizeLetter(lexeme) || isDash;
    if (weight === 0 && !(isPart && run !== null)) {
      run = null;
      continue;
    }
    run ??= { start: lexeme.start, end: lexeme.end, length: 0, weight: 0, hasNoun: false };
    run.length += 1;
    run.weight += weight;
    run.hasNoun ||= weight > 0 && !ADJECTIVE.test(word);
    if (!isDash) run.end = lexeme.end;
    const isBetter = best === null || best.start === run.start || run.weight > best.weight;
    if (run.length <= LONGEST && run.hasNoun && isBetter) best = { ...run };
  }
  if (best === null) return null;
  const { start, end, weight, length } = best;
  const outside = lexemes.filter((lexeme) => (lexeme.end <= start || lexeme.start >= end) && lexeme.kind !== 'emoji');
  return {
    text: cut(folded, start, end),
    start,
    end,
    isGoods: weight >= GOODS,
    isLikely: looksNamed(cut(folded, start, end)),
    isAll: outside.every((lexeme) => lexeme.kind === 'punctuation'),
    words: length,
  };
}

/** Names of goods that are also measures: "по сколько за короб". */
const MEASURE =
  /^(?:короб|мешо?к|пач|упаков|рулон|лист|бан|бутыл|канистр|бочк|бочек|ведр|ведер|бухт|паллет|палет|поддон|ящик|блок|лот|пакет|тюбик|флакон)/;
const ADJECTIVE = /(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ыи]х|[ое]го|[ое]му|[ую]ю|[ыи]м)$/;
/** Verbs, participles, adverbs: unknown as they are, they name nothing. */
const NO_NAME =
  /(?:ть|ться|тся|ешь|ишь|ете|ите|ают|яют|уют|уем|аем|яем|ует|ает|яет|ал[аи]?|ил[аи]?|ел[аи]|ыл[аи]|ался|лись|лась|лось|или|ишься|аю|яю|ую|ируй\p{L}*|айте|ьте|ано|ено|ески|ливо|нно|ьно|рно|дно|тно|чно|вшись|вший|ющ\p{L}{2,3})$/u;
const ASIDE = /^(?:подскаж|скаж|пришл|скинь|скин|кинь|покаж|пожалуйст|уточн|здравств|заодно|сих|нему|ней|нибудь)/;

const isArticleOf = (word: string, before: string): boolean =>
  /^(?:на|у|для)$/.test(word) && /^(?:артикул|арт$|код(?:а|ы)?$|штрихкод|номенклатур)/.test(before);

const canName = (lexeme: Lexeme, word: string): boolean =>
  lexeme.kind === 'word' &&
  lexeme.text.length >= 3 &&
  (!NO_NAME.test(word) || ADJECTIVE.test(word)) &&
  !/^(?:него|нее|них|нему|это|эт[уо]|этот|эти|этого|все|всех|вас|нас|наш|ваш|мо[йю]|как|что|како)/.test(word);

function weightOf(lexeme: Lexeme, word: string): number {
  if (lexeme.kind !== 'word' || lexeme.text.length < 3) return 0;
  if (isGoodsWord(word)) return GOODS;
  if (!isNameWord(word) || isEnglishWord(word) || ASIDE.test(word) || NO_NAME.test(word)) return 0;
  return 1;
}

/** Runs of keys, syllables over and over, letters that do not stand together in Russian. */
const GIBBERISH =
  /[аеёиоуыэюя]{3}|[бвгджзйклмнпрстфхцчшщ]{5}|(.{2,4})\1|(.)\2\2|^[ьъы]|фыва|ывап|прол|ролд|йцук|цуке|ячсм|чсми|олдж/;

function looksNamed(text: string): boolean {
  const words = text.toLowerCase().split(/\s+/);
  return (
    words.length <= 5 &&
    words.every((word) => !GIBBERISH.test(word)) &&
    words.some((word) => word.length >= 5 && /[аеёиоуыэюя].*[аеёиоуыэюя]/.test(word))
  );
}

/** The name of goods with the message's only article in it: "подшипник 6205", "огнетушитель ОП-4"; null for no such. */
export function findNameWithArticle({ folded, lexemes, words, codes }: Analysis): string | null {
  const [code, ...more] = codes.filter(({ role }) => role === 'article');
  if (code === undefined || more.length > 0) return null;
  const meant = new Map(words.map((word) => [word.lexeme, word.text]));
  let isGoods = false;
  let at = lexemes.indexOf(code.lexeme) - 1;
  let start = code.lexeme.start;
  for (let lexeme = lexemes[at]; lexeme !== undefined; lexeme = lexemes[(at -= 1)]) {
    const weight = weightOf(lexeme, meant.get(at) ?? lexeme.text);
    if (weight === 0) break;
    isGoods ||= weight >= GOODS || looksNamed(lexeme.text);
    start = lexeme.start;
  }
  return isGoods ? cut(folded, start, code.lexeme.end) : null;
}

const isSizeLetter = (lexeme: Lexeme): boolean =>
  lexeme.kind === 'word' && /^(?:s|m|l|xl|xxl|xs|м|с|л|хл|размер)$/.test(lexeme.text);

/** A hyphen or slash inside a name: "дюбель-гвоздь". */
const isJoint = (lexeme: Lexeme, lexemes: readonly Lexeme[], index: number): boolean =>
  lexeme.kind === 'punctuation' && /^[-/]$/.test(lexeme.text) && !lexeme.spaced && lexemes[index + 1]?.spaced === false;
