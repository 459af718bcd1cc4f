import { type PatternWord } from '../rules/pattern';
import { type Lexeme, type LexemeKind } from '../extraction/lexeme';
import { withoutNegated } from './negation';
import { isEnglishWord } from '../text/lexicon';
import { meantBy, retyped } from '../text/word';

/** A word of a message as the rules see it, with the lexeme it comes from. */
export interface MessageWord extends PatternWord {
  lexeme: number;
}

const PLACEHOLDERS: Partial<Record<LexemeKind, string>> = {
  code: '#',
  number: '#',
  phone: '~phone',
  date: '~date',
  time: '~time',
  money: '~money',
  quantity: '~quantity',
  amount: '~quantity',
  percent: '~percent',
  size: '~size',
  ordinal: '~ordinal',
  link: '~link',
  inn: '~inn',
};

const CONJUNCTION = /^(?:и|а|также|плюс|еще|and|also|plus)$/;

const LATIN_WORD = /^[a-z[\];',.`]+$/;

/** The message was typed with the wrong layout on: one word tells it, the others are then read the same way. */
export function isLayoutSlipped(lexemes: readonly Lexeme[]): boolean {
  const latin = lexemes.filter((lexeme) => lexeme.kind === 'word' && LATIN_WORD.test(lexeme.text));
  if (latin.some((lexeme) => lexeme.text.length > 2 && isEnglishWord(lexeme.text))) return false;
  return latin.some((lexeme) => retyped(lexeme.text) !== null);
}

/** The words of a message as they are meant, articles and the like as placeholders. */
export function toWords(lexemes: readonly Lexeme[]): MessageWord[] {
  const slipped = isLayoutSlipped(lexemes);
  const english = isEnglish(lexemes);
  const words: MessageWord[] = [];
  let sentence = 0;
  let clause = 0;
  lexemes.forEach((lexeme, index) => {
    if (lexeme.kind === 'punctuation') {
      const last = words.at(-1);
      if (lexeme.text === '?' && last !== undefined) last.asked = true;
      if (/[.!?;\n]/.test(lexeme.text)) sentence += 1;
      if (/[.!?;\n,+/:]/.test(lexeme.text)) clause += 1;
      return;
    }
    const text =
      PLACEHOLDERS[lexeme.kind] ?? (lexeme.kind === 'word' ? meant(lexeme.text, slipped, english) : lexeme.text);
    if (CONJUNCTION.test(text)) clause += 1;
    words.push({ text, sentence, clause, asked: false, lexeme: index });
  });
  return withoutNegated(words);
}

/** `po` is an order in an English message and the Russian "по" in any other. */
function meant(text: string, slipped: boolean, english: boolean): string {
  return text === 'po' && !english ? 'по' : meantBy(text, slipped);
}

/** Russian words in Latin letters, or borrowed ones, that are English as well. */
const ALSO_RUSSIAN = /^(?:na|no|do|i|a|pls|plz|ok|info|sms)$/;

/** Most other words of the message are English, or there is nothing but `PO` and a number. */
function isEnglish(lexemes: readonly Lexeme[]): boolean {
  const words = lexemes.filter((lexeme) => lexeme.kind === 'word');
  if (words.length === 1) return true;
  const others = words.filter(({ text }) => text !== 'po' && /^[a-z]{2,}$/.test(text));
  const english = others.filter(({ text }) => isEnglishWord(text) && !ALSO_RUSSIAN.test(text));
  return english.length * 2 > others.length;
}
