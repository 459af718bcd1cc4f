import { Injectable } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';
import { DURATION_BUCKETS, METRIC_PREFIX } from './metric-name';

export interface AnsweredQuestion {
  /** The intent; `several` or `none`. */
  intent: string;
  /** How it ended; of several topics the gravest. */
  outcome: string;
  /** `onec` where 1C was asked for it, `bot` where everything was known. */
  source: 'bot' | 'onec';
  /** From the hand-over by the inbox until the answer is on its way: stored in the outbox, or being sent. */
  seconds: number;
}

/** Counts what suppliers ask and how it ends. */
@Injectable()
export class QuestionMetrics {
  private readonly questions: Counter<'intent' | 'outcome'>;
  private readonly seconds: Histogram<'source'>;
  private readonly promises: Counter<'outcome'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.questions = new Counter({
      name: `${METRIC_PREFIX}questions_total`,
      help: 'Questions by what was asked (several: more than one thing; none: nobody could tell) and how it ended; the share of trouble and failed is what suppliers suffer',
      labelNames: ['intent', 'outcome'],
      registers,
    });
    this.seconds = new Histogram({
      name: `${METRIC_PREFIX}question_duration_seconds`,
      help: 'Time from taking a question out of the inbox until its answer is on its way to Telegram; source bot: everything was known, onec: 1C was asked',
      labelNames: ['source'],
      buckets: DURATION_BUCKETS,
      registers,
    });
    for (const source of ['bot', 'onec']) this.seconds.zero({ source });
    this.promises = new Counter({
      name: `${METRIC_PREFIX}promises_kept_total`,
      help: 'Questions from the time when 1C was away that were answered after its return, by how they ended',
      labelNames: ['outcome'],
      registers,
    });
  }

  answered({ intent, outcome, source, seconds }: AnsweredQuestion): void {
    this.questions.inc({ intent, outcome });
    this.seconds.observe({ source }, seconds);
  }

  /** A question that was counted before, when its answer was promised, has got it. */
  promiseKept(outcome: string): void {
    this.promises.inc({ outcome });
  }
}
