import { INTENTS, type Intent } from '../understanding';
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
