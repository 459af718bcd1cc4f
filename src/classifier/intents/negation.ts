import { type PatternWord } from '../rules/pattern';

/** What can be asked for by its name, and so can be named as what is not asked for. */
const ASKED =
  /^(?:остат|налич|количеств|склад|цен|прайс|стоимост|расцен|тариф|заказ|заявк|счет|оплат|плат[еи]ж|деньги|акт|сверк|описан|характеристик|карточк|фото|менеджер|бот|stock|price)/;

const UNWANTED = /^(?:надо|нужн\p{L}+|нужен|интересу\p{L}+|требу\p{L}+|спрашива\p{L}+|прошу|needed|about)$/u;

/** Stands for a word that the writer does not ask for. */
export const NEGATED = '~not';

/** Words from "не" to what is meant instead, and back to what is not wanted. */
const NEAR = 4;

/** Puts a placeholder for what is expressly not asked: "не остаток, а цена", "расценки не нужны". */
export function withoutNegated<Word extends PatternWord>(words: readonly Word[]): Word[] {
  const negated = new Set<number>();
  words.forEach(({ text }, at) => {
    if (text !== 'не' && text !== 'not') return;
    const next = words[at + 1];
    if (next !== undefined && ASKED.test(next.text)) {
      const instead = words.slice(at + 2, at + 2 + NEAR).some((word) => word.text === 'а' || word.text === 'but');
      if (instead) negated.add(at + 1);
    } else if (next !== undefined && UNWANTED.test(next.text)) {
      const before = words[at - 1];
      if (before !== undefined && before.clause === next.clause && ASKED.test(before.text)) negated.add(at - 1);
    }
  });
  return negated.size === 0
    ? [...words]
    : words.map((word, at) => (negated.has(at) ? { ...word, text: NEGATED } : word));
}
