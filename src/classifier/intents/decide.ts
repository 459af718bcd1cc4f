import { type Intent } from '../understanding';
import { type Scores } from './score';

/** From so much on an intent is answered. */
const ENOUGH = 1.8;
/** From so much on an intent is answered beside a stronger one. */
const ENOUGH_BESIDE = 2.4;
/** The same for an intent that is the strongest of its clause. */
const ENOUGH_IN_CLAUSE = 1.4;
/** Part of the strongest score that an intent beside it must have. */
const MARGIN = 0.45;
/** From so much on a greeting is all that a message is. */
const HINT = 0.6;

const QUESTIONS: readonly Intent[] = ['stock', 'price', 'order', 'product', 'payment', 'reconciliation', 'manager'];

export interface Decision {
  intents: Intent[];
  sure: boolean;
  candidates: Intent[];
  /** Probability of the likeliest intent, where a model has judged. */
  confidence?: number;
}

/** The intents that a message is answered with, or that it is not understood and which ones come nearest. */
export function decide(scores: Scores, clauses: ReadonlyMap<Intent, number>): Decision {
  const ranked = QUESTIONS.filter((intent) => scores[intent] >= HINT).sort((a, b) => scores[b] - scores[a]);
  const [first] = ranked;
  const best = first === undefined ? 0 : scores[first];
  if (scores.help >= 2 && scores.help >= best && scores.help > scores.other) return sure(['help']);
  if (scores.other >= 2 && scores.other >= best * 0.8) return sure(['other']);
  if (first !== undefined && best >= ENOUGH) {
    const intents = ranked.filter(
      (intent) =>
        intent === first ||
        (clauses.get(intent) ?? 0) >= ENOUGH_IN_CLAUSE ||
        (scores[intent] >= ENOUGH_BESIDE && scores[intent] >= best * MARGIN),
    );
    return { intents, sure: true, candidates: ranked };
  }
  if (scores.help >= HINT && best < 1.4 && scores.other < 2) return sure(['help']);
  return { intents: ['other'], sure: scores.other >= 1.5 || ranked.length === 0, candidates: ranked.slice(0, 3) };
}

const sure = (intents: Intent[]): Decision => ({ intents, sure: true, candidates: intents });
