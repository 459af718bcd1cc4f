import { type PatternWord } from '../rules/pattern';
import { type Lexeme, type LexemeKind } from '../extraction/lexeme';
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
  const words: MessageWord[] = [];
  let sentence = 0;
  lexemes.forEach((lexeme, index) => {
    if (lexeme.kind === 'punctuation') {
      const last = words.at(-1);
      if (lexeme.text === '?' && last !== undefined) last.asked = true;
      if (/[.!?;\n]/.test(lexeme.text)) sentence += 1;
      return;
    }
    const text = PLACEHOLDERS[lexeme.kind] ?? (lexeme.kind === 'word' ? meantBy(lexeme.text, slipped) : lexeme.text);
    words.push({ text, sentence, asked: false, lexeme: index });
  });
  return words;
}
