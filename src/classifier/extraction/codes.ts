import { type Folded } from '../text/fold';
import { isDashedPrefix, isLetteredCode, isNamedCode, isNamedParts, isPrefix } from './code-beginnings';
import { endOfLetteredCode, quotedEnd, withFurtherPart, withNumber, withSpokenSigns, withSuffix } from './code-endings';
import { isDash, isNumeric, isShouted, isUnit, isUpperCase } from './lettering';
import { type Lexeme } from './lexeme';
import { endOfSpacedCode } from './spaced-codes';

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
