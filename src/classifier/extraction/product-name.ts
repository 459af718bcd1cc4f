import { type Analysis } from '../analysis';
import { cut } from '../text/fold';
import { isEnglishWord, isNameWord } from '../text/lexicon';
import { type Lexeme } from './lexeme';

/** Most words of a product's name that are looked for. */
const LONGEST = 8;

/** The longest run of words that the tables do not know, with the sizes and grades among them: a product's name. */
export function findProduct({ folded, lexemes, words, codes }: Analysis): string | null {
  const meant = new Map(words.map((word) => [word.lexeme, word.text]));
  const grades = new Set(codes.filter((code) => code.role === 'none').map((code) => code.lexeme));
  let best: { start: number; end: number; names: number } | null = null;
  let run: { start: number; end: number; names: number; length: number } | null = null;
  lexemes.forEach((lexeme, index) => {
    const isName = isNamePart(lexeme, meant.get(index));
    const isPart =
      lexeme.kind === 'size' ||
      lexeme.kind === 'quantity' ||
      grades.has(lexeme) ||
      isSizeLetter(lexeme) ||
      isJoint(lexeme, lexemes, index);
    if (isName || (isPart && run !== null && run.names > 0)) {
      run = run ?? { start: lexeme.start, end: lexeme.end, names: 0, length: 0 };
      run.names += isName ? 1 : 0;
      run.length += 1;
      if (!isJoint(lexeme, lexemes, index)) run.end = lexeme.end;
      if (run.length <= LONGEST && (best === null || run.names > best.names || run.start === best.start)) {
        best = { start: run.start, end: run.end, names: run.names };
      }
    } else {
      run = null;
    }
  });
  const found = best as { start: number; end: number } | null;
  return found === null ? null : cut(folded, found.start, found.end);
}

function isNamePart(lexeme: Lexeme, meant: string | undefined): boolean {
  if (lexeme.kind !== 'word' || lexeme.text.length < 3) return false;
  const word = meant ?? lexeme.text;
  return (
    isNameWord(word) &&
    !isEnglishWord(word) &&
    !/^(?:подскаж|скаж|пришл|скинь|покаж|пожалуйст|уточн|здравств)/.test(word)
  );
}

const isSizeLetter = (lexeme: Lexeme): boolean =>
  lexeme.kind === 'word' && /^(?:s|m|l|xl|xxl|xs|м|с|л|хл|размер)$/.test(lexeme.text);

/** A hyphen or slash inside a name: "дюбель-гвоздь". */
const isJoint = (lexeme: Lexeme, lexemes: readonly Lexeme[], index: number): boolean =>
  lexeme.kind === 'punctuation' && /^[-/]$/.test(lexeme.text) && !lexeme.spaced && lexemes[index + 1]?.spaced === false;
