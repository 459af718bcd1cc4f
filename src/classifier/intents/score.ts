import { INTENTS, type Intent } from '../understanding';
import { isPlaceholder, type PatternWord } from '../rules/pattern';
import { type Hit } from './match';

export type Scores = Record<Intent, number>;

const NONE = Object.fromEntries(INTENTS.map((intent) => [intent, 0])) as Scores;
/** A clause is not told what it asks by a greeting. */
const ASKED_IN_CLAUSE = INTENTS.filter((intent) => intent !== 'help');

/** What each further rule of the same intent adds: the strongest speaks in full, the others half. */
const FURTHER = 0.5;

/** How much the rules found speak for each intent. */
export function scoreHits(hits: readonly Hit[]): Scores {
  const strongest: Scores = { ...NONE };
  const scores: Scores = { ...NONE };
  for (const { intent, weight } of hits) {
    if (weight < 0) {
      scores[intent] += weight;
      continue;
    }
    const further = Math.min(weight, strongest[intent]);
    scores[intent] += FURTHER * further;
    strongest[intent] += weight - further;
  }
  for (const intent of INTENTS) scores[intent] += strongest[intent];
  return scores;
}

/** From so much on a clause asks something of its own. */
const CLAUSE = 1.2;

/** The strongest intent of every clause, with its score there: "есть 12345, и почём?" asks two things. */
export function clauseIntents(hits: readonly Hit[], words: readonly PatternWord[]): Map<Intent, number> {
  const clauses = new Map<number, Hit[]>();
  for (const hit of hits) {
    const own = hit.at.find((at) => !isPlaceholder(words[at]?.text ?? ''));
    const clause = words[own ?? hit.at[0] ?? 0]?.clause ?? 0;
    const known = clauses.get(clause);
    if (known === undefined) clauses.set(clause, [hit]);
    else known.push(hit);
  }
  const tops = new Map<Intent, number>();
  for (const inClause of clauses.values()) {
    const scores = scoreHits(inClause);
    const top = ASKED_IN_CLAUSE.reduce((best, intent) => (scores[intent] > scores[best] ? intent : best));
    if (scores[top] >= CLAUSE) tops.set(top, Math.max(tops.get(top) ?? 0, scores[top]));
  }
  return tops;
}
