import type { Understanding } from '../../classifier/understanding';
import type { CallTrace } from '../../onec/call-trace';
import type { Answer, Outcome } from './question';

/** What a supplier suffers most from comes highest. */
const GRAVITY: Record<Outcome, number> = {
  answered: 0,
  not_found: 1,
  asked_back: 2,
  not_understood: 3,
  not_supported: 4,
  not_linked: 5,
  limited: 6,
  stale: 7,
  trouble: 8,
  failed: 9,
};

/** A question in few words of few values, for the metrics: neither who asked nor what about. */
export interface QuestionSummary {
  /** `none` where nobody got as far as understanding it, `several` for more than one intent. */
  intent: string;
  /** The gravest of its topics. */
  outcome: Outcome;
  /** `onec` where somebody had to wait for 1C. */
  source: 'bot' | 'onec';
}

export function summaryOf(
  understanding: Understanding | null,
  answers: readonly Pick<Answer, 'outcome'>[],
  { cache, onec }: CallTrace,
): QuestionSummary {
  const [intent = 'none', ...more] = understanding?.intents ?? [];
  return {
    intent: more.length > 0 ? 'several' : intent,
    outcome: answers.map(({ outcome }) => outcome).reduce(graver, 'answered'),
    source: onec.length > 0 || cache.joined > 0 ? 'onec' : 'bot',
  };
}

function graver(one: Outcome, other: Outcome): Outcome {
  return GRAVITY[one] >= GRAVITY[other] ? one : other;
}
