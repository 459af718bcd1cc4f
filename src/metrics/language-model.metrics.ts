import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import { METRIC_PREFIX } from './metric-name';

export const REFUSALS = [
  /** As many questions are under way as it is asked at once; it was not asked. */
  'busy',
  /** It failed several times in a row and is left alone for a while; it was not asked. */
  'paused',
  'timeout',
  'connection',
  /** An HTTP status that is no success. */
  'status',
  /** The answer has not the form that was asked for. */
  'unfitting',
  /** No label that is known, or one that is no better than the question back. */
  'no_label',
  /** So many labels that they are a guess. */
  'too_many_labels',
  /** Nobody waited for the answer any more. */
  'abandoned',
] as const;
export type LanguageModelRefusal = (typeof REFUSALS)[number];

/** Counts what the language model contributes; all of it stays at 0 where none is set. */
@Injectable()
export class LanguageModelMetrics {
  private readonly questions: Counter;
  private readonly taken: Counter<'as'>;
  private readonly refused: Counter<'reason'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.questions = new Counter({
      name: `${METRIC_PREFIX}language_model_questions_total`,
      help: 'Messages that the language model was asked about because the classifier was not sure',
      registers,
    });
    this.taken = new Counter({
      name: `${METRIC_PREFIX}language_model_taken_total`,
      help: 'Answers of the language model that were used: as the answer, or as a choice offered to the person',
      labelNames: ['as'],
      registers,
    });
    this.refused = new Counter({
      name: `${METRIC_PREFIX}language_model_refused_total`,
      help: 'Messages that the language model did not help with, by reason; busy and paused: it was not asked',
      labelNames: ['reason'],
      registers,
    });
    for (const as of ['answer', 'choice']) this.taken.inc({ as }, 0);
    for (const reason of REFUSALS) this.refused.inc({ reason }, 0);
  }

  asked(): void {
    this.questions.inc();
  }

  used(as: 'answer' | 'choice'): void {
    this.taken.inc({ as });
  }

  refuse(reason: LanguageModelRefusal): void {
    this.refused.inc({ reason });
  }
}
