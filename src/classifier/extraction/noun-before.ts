import { type Surroundings } from './surroundings';
import {
  ARTICLE_NOUN,
  DOCUMENT_NOUN,
  isHowMany,
  MEASURE_NOUN,
  MONEY_NOUN,
  NUMBER_WORD,
  OTHER_NOUN,
  PLACE_NOUN,
} from './word-signs';

/** Stands for the noun of what has a number and is neither goods nor a document: a place, a size, a sum. */
export const PLACE = 'place';

/**
 * The noun that a number belongs to ("заказ № 123", "арт. 55"), over its "№", "номер", "наш" and a colon.
 *
 * @returns the noun, `PLACE`, "№" where that is all there is, or nothing
 */
export function nounBefore(around: Surroundings, index: number): string {
  const code = around.at(index).text;
  const isLettered = /\p{L}/u.test(code);
  let numbered = false;
  for (let at = index - 1; at >= Math.max(0, index - 5); at -= 1) {
    const { kind, text: written } = around.at(at);
    const text = around.word(at);
    if (kind === 'punctuation') {
      if (text === '№') numbered = true;
      else if (!/^["'.:(#-]$/.test(text) || (text === ':' && isLettered)) break;
      continue;
    }
    if (kind !== 'word') break;
    if (/^(?:номер|номера|номером|номеру|ном|n|no|nr|number)$/.test(text)) numbered = true;
    if (OTHER_NOUN.test(written)) return written;
    if (NUMBER_WORD.test(text) || NUMBER_WORD.test(written)) continue;
    if (text === 'на' && around.word(at + 1) === 'оплату') continue;
    if (MEASURE_NOUN.test(text) && /^\d{1,3}(?:[-/]\d{1,3})?$/.test(code)) return PLACE;
    if (MONEY_NOUN.test(text) && at === index - 1 && /^\d+$/.test(code)) return PLACE;
    if (PLACE_NOUN.test(text) && /^\d{1,2}$/.test(code)) return PLACE;
    if (DOCUMENT_NOUN.test(text) || ARTICLE_NOUN.test(text) || OTHER_NOUN.test(text)) return text;
    break;
  }
  return numbered ? '№' : '';
}

/** "77 заказ приняли?", "по 45 счёту", but no "2 заказа". */
export function isNumberOfNext(around: Surroundings, index: number): boolean {
  const { text } = around.at(index);
  // Over the ending of an ordinal: "45-й счёт".
  const next = around.written(index + 1) === '-' ? index + 3 : index + 1;
  const noun = around.word(next);
  const isFree = around.lexemes[next]?.kind === 'word' && text.length <= 6;
  return isFree && /^(?:заказ(?!ал|ан|ыв)|заявк|счет|накладн|спецификац|упд)/.test(noun) && !isHowMany(text, noun);
}
