import { GOODS_BEGINNINGS } from '../rules/goods';
import { RULES } from '../rules/index';
import { allWords, compilePattern } from '../rules/pattern';
import { KEYWORDS, SLANG } from '../rules/spelling';
import { COMMON_WORDS, ENGLISH_WORDS, GOODS_WORDS } from '../rules/vocabulary';
import { remembering } from './remembering';

const CYRILLIC = /^[а-я]+$/;
const LATIN = /^[a-z]+$/;

const LONG_BEGINNING = 4;
const SHORT_ENDING = 2;

/** The words of the rule tables, by exact form and by beginning, of one script. */
class Lexicon {
  private readonly exact = new Set<string>();
  private readonly prefixes = new Set<string>();
  private longest = 0;

  constructor(script: RegExp, words: Iterable<string>, prefixes: Iterable<string>) {
    for (const word of words) if (script.test(word)) this.exact.add(word);
    for (const prefix of prefixes) {
      if (!script.test(prefix)) continue;
      this.prefixes.add(prefix);
      this.longest = Math.max(this.longest, prefix.length);
    }
  }

  has(word: string): boolean {
    if (this.exact.has(word)) return true;
    for (let length = Math.min(word.length, this.longest); length > 1; length -= 1) {
      // A short beginning fits too many words: "нал" of "нале" is not known in "налчие".
      const fits = length >= LONG_BEGINNING || word.length - length <= SHORT_ENDING;
      if (fits && this.prefixes.has(word.slice(0, length))) return true;
    }
    return false;
  }
}

const named = RULES.map((rule) => allWords(compilePattern(rule.pattern)));
const exact = named.flatMap((words) => words.exact);
const prefixes = named.flatMap((words) => words.prefixes);

const russian = new Lexicon(CYRILLIC, [...exact, ...COMMON_WORDS, ...KEYWORDS], prefixes);
const telling = new Lexicon(CYRILLIC, [...exact.filter((word) => word.length > 2), ...KEYWORDS], prefixes);
const english = new Lexicon(LATIN, [...exact, ...ENGLISH_WORDS], prefixes);

/** A Russian word that the tables or the list of common words hold (small letters, ё as е). */
export const isRussianWord = (word: string): boolean => russian.has(word) || SLANG[word] !== undefined;

/** A Russian word that says something about the intent or is frequent in questions. */
export const isTellingWord = (word: string): boolean => telling.has(word);

const goodsBeginnings = new Set(Object.values(GOODS_BEGINNINGS).flatMap((words) => words.split(/\s+/)));
const longestBeginning = Math.max(...Array.from(goodsBeginnings, (beginning) => beginning.length));

/** What a name of goods may end with after its beginning: case, number, a diminutive, an adjective of it. */
const GOODS_ENDING =
  /^(?:[аеиоуыьюя]|о[йвмк]|[её]й|[аея]м|[ая]ми|[ая]х|ев|ек|ец|цы|ь[яюе]|ик(?:[аиу]|ов|ом)?|чик(?:[аиу]|ов)?|[оеи]?чк[аиуе]|[оеа]?к[аиуе]|(?:н|ов|ев|ян|ск)(?:[ыо]й|ая|ое|ые|ых|ого|ую))?$/;

/** A name of goods, in any case of letters: one listed, or one that begins as the names of its trade do. */
export const isGoodsWord = remembering((written: string): boolean => {
  const word = written.toLowerCase().replace(/ё/g, 'е');
  if (GOODS_WORDS.has(word)) return true;
  if (!CYRILLIC.test(word) || COMMON_WORDS.has(word) || telling.has(word)) return false;
  for (let length = Math.min(word.length, longestBeginning); length > 1; length -= 1) {
    if (goodsBeginnings.has(word.slice(0, length)) && GOODS_ENDING.test(word.slice(length))) return true;
  }
  return false;
});

/** A word that may be a part of a product's name: goods, and what no table knows. */
export const isNameWord = remembering((word: string): boolean => isGoodsWord(word) || !isRussianWord(word));

/** An English word that the tables or the list of common words hold. */
export const isEnglishWord = (word: string): boolean => english.has(word);
