import { shapeScore } from './code-signs';
import { GOODS, PAPERS, type Subject } from './subject';
import { type Surroundings } from './surroundings';
import { DOCUMENT_NOUN, ON_GOODS, ORDERED } from './word-signs';

/** Words away from a code that still say something about it. */
const NEAR = 40;
/** How much less a word of another clause says. */
const ELSEWHERE = 0.5;

/** How much the words around speak for a document: near ones count more. */
export function wordsScore(around: Surroundings, index: number): number {
  const place = around.placeOf(index);
  const clause = around.clauseAt(place);
  let score = 0;
  for (let at = Math.max(0, place - NEAR); at <= place + NEAR; at += 1) {
    for (const hit of around.hitsAt(at)) {
      const distance = Math.min(...hit.at.map((each) => Math.abs(each - place)));
      const elsewhere = hit.at.every((each) => around.clauseAt(each) !== clause) ? ELSEWHERE : 1;
      const says = (elsewhere * Math.max(hit.weight, 0)) / (1 + distance / 4);
      if (PAPERS.includes(hit.intent)) score += says;
      else if (GOODS.includes(hit.intent)) score -= says;
    }
  }
  return score;
}

/** How much the words right beside say that goods are ordered: "заявка на РШ-306", "сколько Ш.698 заказано". */
export function orderedGoods(around: Surroundings, subject: Subject, index: number): number {
  const { text, kind } = around.at(index);
  if (shapeScore(text) >= 1) return 0;
  const before = around.word(index - 1);
  if (before === 'на' && DOCUMENT_NOUN.test(around.word(index - 2))) return 6;
  if (subject.asksWhichDocument) return 6;
  if (/^[нв]а?$/.test(before) && ON_GOODS.test(around.word(index - 2))) return 4;
  const isNamed = kind === 'code' || text.length > 4;
  const near = [-2, -1, 1, 2, 3].map((step) => around.word(index + step));
  return isNamed && (subject.asksInDocument || near.some((word) => ORDERED.test(word))) ? 6 : 0;
}

/** "где оплата по 552 и сколько РК-7 осталось": this part of the sentence is about papers. */
export function isClauseOfPapers(around: Surroundings, index: number): boolean {
  const clause = around.clauseAt(around.placeOf(index));
  const inClause = around.hits.filter(
    ({ at, weight }) => weight >= 1 && at.some((place) => around.clauseAt(place) === clause),
  );
  return (
    inClause.some(({ intent }) => PAPERS.includes(intent)) && !inClause.some(({ intent }) => GOODS.includes(intent))
  );
}
