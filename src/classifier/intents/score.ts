import { INTENTS, type Intent } from '../understanding';
import { type PatternWord } from '../rules/pattern';
import { type Hit } from './match';

export type Scores = Record<Intent, number>;

/** What each further rule of the same intent adds: the strongest speaks in full, the others half. */
const FURTHER = 0.5;

/** How much the rules found speak for each intent. */
export function scoreHits(hits: readonly Hit[]): Scores {
  const scores = Object.fromEntries(INTENTS.map((intent) => [intent, 0])) as Scores;
  for (const intent of INTENTS) {
    const weights = hits.filter((hit) => hit.intent === intent).map((hit) => hit.weight);
    const positive = weights.filter((weight) => weight > 0).sort((a, b) => b - a);
    const negative = weights.filter((weight) => weight < 0).reduce((sum, weight) => sum + weight, 0);
    const [strongest = 0, ...others] = positive;
    scores[intent] = strongest + FURTHER * others.reduce((sum, weight) => sum + weight, 0) + negative;
  }
  return scores;
}

/** From so much on a clause asks something of its own. */
const CLAUSE = 1.2;

/** The strongest intent of every clause, with its score there: "есть 12345, и почём?" asks two things. */
export function clauseIntents(hits: readonly Hit[], words: readonly PatternWord[]): Map<Intent, number> {
  const clauses = new Map<number, Hit[]>();
  for (const hit of hits) {
    const own = hit.at.find((at) => !/^[#~]/.test(words[at]?.text ?? ''));
    const clause = words[own ?? hit.at[0] ?? 0]?.clause ?? 0;
    const known = clauses.get(clause);
    if (known === undefined) clauses.set(clause, [hit]);
    else known.push(hit);
  }
  const tops = new Map<Intent, number>();
  for (const inClause of clauses.values()) {
    const scores = scoreHits(inClause);
    const [top] = INTENTS.filter((intent) => intent !== 'help').sort((a, b) => scores[b] - scores[a]);
    if (top !== undefined && scores[top] >= CLAUSE) tops.set(top, Math.max(tops.get(top) ?? 0, scores[top]));
  }
  return tops;
}
