import { type Folded } from '../text/fold';
import { isDash, isKnown, isNumeric, isUnit, isUpperCase, LATIN } from './lettering';
import { type Lexeme } from './lexeme';

/** Parts of model names that follow a code: "DT-77 PRO". */
const MODEL_SUFFIX = /^(?:pro|mini|max|plus|lite|eco|ultra|про|мини|макс)$/;

/** Index of the last of the groups of letters that dashes join. */
export function endOfLetteredCode(lexemes: readonly Lexeme[], index: number): number {
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
export function withNumber(lexemes: readonly Lexeme[], last: number): number {
  const number = lexemes[last + 1];
  const isPart = number?.kind === 'number' && number.spaced && number.text.length <= 4 && !isUnit(lexemes[last + 2]);
  return isPart && lexemes[last]?.kind === 'word' ? last + 1 : last;
}

/** What catalogues put behind a code: a make before digits ("3М 8812-LE"), a thread ("DIN912 M8x30"), a climate ("ЩМП-3 74 У2"). */
export function withFurtherPart(folded: Folded, lexemes: readonly Lexeme[], last: number): number {
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
export function withSpokenSigns(lexemes: readonly Lexeme[], last: number): number {
  let end = last;
  while (
    /^(?:дробь|тире|дефис|слеш|слэш|точка|черточка)$/.test(lexemes[end + 1]?.text ?? '') &&
    isNumeric(lexemes[end + 2])
  ) {
    end += 2;
  }
  return end;
}

/** A part of a model name or capitals right behind a code: "DT-77 PRO". */
export function withSuffix(folded: Folded, lexemes: readonly Lexeme[], last: number, shouted: boolean): number {
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
export function quotedEnd(folded: Folded, lexemes: readonly Lexeme[], index: number): number {
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
