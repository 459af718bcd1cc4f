import { type Folded } from '../text/fold';
import { type Lexeme } from './lexeme';

/** Parts that an article written with spaces has at most. */
const PARTS = 6;

/**
 * Shapes of articles that are written with spaces, in signs of their parts: `L` one or two Latin capitals, `C` a short
 * code of letters and digits, `D` digits with a slash, `3` and `2` so many digits, `N` any other number.
 */
const SHAPES: readonly RegExp[] = [
  // A 651 180 01 09; C 27 154/1; HU 719/7 X
  /^L(?:[23]{2,}|[23]D|D(?=L))L?/,
  // 1J0 698 151 G, 06A 115 561 B
  /^C3(?:3+L?|L)/,
];

/** Standards of fasteners with the thread behind: "DIN 933 M8x40". */
const STANDARD = /^(?:din|iso|en|гост)$/;
const THREAD = /^[mм]\d{1,2}(?:[-xх*]\d{1,3})?$/;

const CAPITALS = /^\p{Lu}+$/u;

/** One part of a run, as far as the shapes tell parts apart. */
interface Part {
  sign: string;
  last: number;
}

/**
 * Index of the last lexeme of an article that is written with inner spaces and begins at `index`; `index` itself where
 * there is none. Only single spaces join: a tab or two spaces part the columns of a table.
 *
 * @param isCounted whether the number at an index is followed by its unit
 */
export function endOfSpacedCode(
  folded: Folded,
  lexemes: readonly Lexeme[],
  index: number,
  isCounted: (index: number) => boolean,
): number {
  const first = lexemes[index];
  if (first === undefined) return index;
  const [, number, thread] = lexemes.slice(index, index + 3);
  if (STANDARD.test(first.text) && number?.kind === 'number' && thread !== undefined && THREAD.test(thread.text)) {
    return index + 2;
  }
  if (isSlashed(folded, lexemes, index)) return index + 3;
  if (!/^[LC]/.test(signsOf(folded, first))) return index;
  const parts: Part[] = [];
  for (let at = index; at < lexemes.length && parts.length < PARTS; at += 1) {
    const lexeme = lexemes[at];
    if (lexeme === undefined || (at > index && !followsBySpace(folded, lexemes, at))) break;
    const signs = signsOf(folded, lexeme);
    if (signs === '') break;
    for (const sign of signs) parts.push({ sign, last: at });
  }
  const last = parts.at(-1);
  if (last !== undefined && /[23N]/.test(last.sign) && isCounted(last.last)) parts.pop();
  const signs = parts.map(({ sign }) => sign).join('');
  const longest = Math.max(0, ...SHAPES.map((shape) => shape.exec(signs)?.[0].length ?? 0));
  return longest > 1 ? (parts[longest - 1]?.last ?? index) : index;
}

/** A number and what bearings have behind it: "32008 X/Q". */
function isSlashed(folded: Folded, lexemes: readonly Lexeme[], index: number): boolean {
  const [first, letters, slash, end] = lexemes.slice(index, index + 4);
  const isCapital = (lexeme: Lexeme | undefined): boolean =>
    lexeme?.kind === 'word' && lexeme.text.length <= 3 && CAPITALS.test(folded.cased.slice(lexeme.start, lexeme.end));
  const isNumber = first?.kind === 'number' && first.text.length > 3;
  return (
    isNumber && isCapital(letters) && slash?.text === '/' && !slash.spaced && isCapital(end) && end?.spaced === false
  );
}

function followsBySpace(folded: Folded, lexemes: readonly Lexeme[], at: number): boolean {
  const [before, lexeme] = [lexemes[at - 1], lexemes[at]];
  return before !== undefined && lexeme !== undefined && folded.text.slice(before.end, lexeme.start) === ' ';
}

/** A group of digits is one part each: "651 180" are two. */
function signsOf(folded: Folded, { kind, text, start, end }: Lexeme): string {
  const cased = folded.cased.slice(start, end);
  switch (kind) {
    case 'word':
      return CAPITALS.test(cased) && /^[a-z]{1,2}$/.test(text) ? 'L' : '';
    case 'number':
      return digitsSign(text);
    case 'amount':
      return /^\d{1,3}(?: \d{3})+$/.test(text) ? text.split(' ').map(digitsSign).join('') : '';
    case 'code':
      if (/^\d{1,4}\/\d{1,3}$/.test(text)) return 'D';
      return text.length <= 4 && /\d/.test(text) && /^[\da-z]+$/.test(text) && cased === cased.toUpperCase() ? 'C' : '';
    default:
      return '';
  }
}

const digitsSign = (digits: string): string => (digits.length === 2 ? '2' : digits.length === 3 ? '3' : 'N');
