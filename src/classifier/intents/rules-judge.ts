import { type Analysis } from '../analysis';
import { decide, type Decision } from './decide';
import { type Scores } from './score';

/** What a message talks about, as far as a decision on its intents needs it. */
export interface TalkedAbout {
  articles: readonly string[];
  order: string | null;
  product: string | null;
}

/** Decides on the intents of a message, given what the rules decided. */
export interface Judge {
  (analysis: Analysis, byRules: Decision): Decision;
  /** Its word stands also for goods alone, which would be asked back about. */
  isFinal?: true;
}

/** The rules alone. */
export const judgeByRules: Judge = (_analysis, byRules) => byRules;

/** What the rules make of a message: their words and what the objects themselves say. */
export function decideByRules(analysis: Analysis, objects: TalkedAbout): Decision {
  return decide(withObjects(analysis, objects), analysis.clauses);
}

/** An article alone asks for stock, a document's number for its state. */
function withObjects({ scores, words }: Analysis, { articles, order, product }: TalkedAbout): Scores {
  const result = { ...scores };
  const goods = Math.max(scores.stock, scores.price, scores.product);
  const papers = Math.max(scores.order, scores.payment, scores.reconciliation);
  if (order !== null && papers < 1.8 && goods < 1.8) result.order += 2;
  if (articles.length > 0 && Math.max(goods, papers, scores.manager) < 1.8) result.stock += words.length <= 4 ? 2 : 1.2;
  if (product !== null && scores.stock >= 0.8) result.stock += 0.8;
  return result;
}
