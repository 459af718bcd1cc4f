import { isGoodsWord, isNameWord } from '../text/lexicon';
import { GRADE, MARK, SHORT_GRADE } from './code-signs';
import { type LexemeKind } from './lexeme';
import { type Surroundings } from './surroundings';
import { UNIT_WORD } from './units';

/** What stands between goods and their mark. */
const DESCRIPTIONS: ReadonlySet<LexemeKind> = new Set(['size', 'quantity', 'amount', 'percent']);

/** A standard size or grade within a product's name: "электроды МР-3", "рулонов рубероида РКП-350". */
export function isGrade(around: Surroundings, index: number): boolean {
  const { text } = around.at(index);
  const isMark = (text.includes(' ') && !MARK.test(text) ? text.split(' ') : [text]).every(
    (part) => MARK.test(part) || (text.includes(' ') && GRADE.test(part)),
  );
  if (isMark && isBehindGoods(around, index)) return true;
  if (/^\d{1,3}\/\d{1,3}$/.test(text) && isAfterName(around, index)) return true;
  if (!GRADE.test(text) || text.length > 8) {
    const isCounted = [index - 2, index - 3].some(
      (at) => UNIT_WORD.test(around.written(at)) && around.written(at) !== 'раз',
    );
    return SHORT_GRADE.test(text) && isCounted && isAfterName(around, index);
  }
  return isBehindName(around, index, 2);
}

/** At most so many words behind one that may name a product. */
function isBehindName(around: Surroundings, index: number, words: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - words); at -= 1) {
    if (around.at(at).kind !== 'word') return false;
    if (/^[а-я]{4,}$/.test(around.word(at)) && isNameWord(around.word(at))) return true;
  }
  return false;
}

/** Behind a name of goods, over what else describes them: "эмаль ПФ-115", "электроды УОНИ 13/55", "лампа тёплая H7". */
function isBehindGoods(around: Surroundings, index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 4); at -= 1) {
    const { kind, text } = around.at(at);
    if (kind === 'word' && isGoodsWord(around.word(at))) return true;
    const isDescription = kind === 'word' ? isNameWord(around.word(at)) : DESCRIPTIONS.has(kind);
    if (!isDescription && !(kind === 'code' && (MARK.test(text) || GRADE.test(text)))) return false;
  }
  return false;
}

/** Right after a word that no table knows. */
export function isAfterName(around: Surroundings, index: number): boolean {
  const before = around.lexemes[index - 1];
  return before?.kind === 'word' && before.text.length > 3 && isNameWord(around.word(index - 1));
}

/** A code of letters or a long number: what a number right before it counts. */
export function isCodeOfGoods(around: Surroundings, index: number): boolean {
  const { kind, text = '', spaced } = around.lexemes[index] ?? {};
  return spaced === true && ((kind === 'code' && /^\p{L}/u.test(text)) || (kind === 'number' && text.length >= 8));
}
