import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { ClaimedItem } from '../../queue/durable-queue';
import { Promised, type PromisedQuestion } from '../../queue/promised';
import { Postpone, QueueRunner, type WorkContext } from '../../queue/queue-runner';
import { OneCCircuit } from '../../onec/circuit';
import { DialogueService } from '../dialogue/dialogue.service';
import type { KeptQuestion } from './promises.service';

/** A question that was not answered for so long is not answered any more. */
const LONGEST_LIFE_MS = 24 * 60 * 60 * 1000;
/** 1C has just failed for this question: it is left alone for so long, then for longer and longer. */
const PAUSES_MS = [3000, 5000, 10_000, 20_000, 60_000];
/** Between two answers, so that 1C is not stormed when it comes back. */
const PACE_MS = 100;

/** Answers by itself what was promised, when 1C is back: once each, the oldest first, one at a time. */
@Injectable()
export class PromiseWorker {
  private readonly logger = new Logger(PromiseWorker.name);
  private readonly runner: QueueRunner<PromisedQuestion>;
  /** Attempts so far by id; forgotten with the process, like the pauses that follow from them. */
  private readonly attempts = new Map<string, number>();

  constructor(
    promised: Promised,
    private readonly circuit: OneCCircuit,
    private readonly dialogue: DialogueService,
  ) {
    this.runner = new QueueRunner(promised, (item, context) => this.keep(item, context), {
      name: 'promised',
      concurrency: 1,
    });
  }

  start(): void {
    this.runner.start();
  }

  stop(finishMs: number): Promise<void> {
    return this.runner.stop({ finishMs });
  }

  private async keep({ id, body, addedAt }: ClaimedItem<PromisedQuestion>, { signal }: WorkContext): Promise<void> {
    if (Date.now() - body.askedAt > LONGEST_LIFE_MS) {
      this.logger.warn({ event: 'promise_expired', updateId: id, msg: '1C was away for too long' });
      return;
    }
    const attempt = this.attempts.get(id) ?? 0;
    if (attempt === 0 && !this.circuit.isOpen) this.postpone(id, addedAt + PAUSES_MS[0]!);
    await this.circuit.whenClosed(signal);
    if (!(await this.dialogue.keepPromise(body as KeptQuestion, signal))) {
      this.postpone(id, Date.now() + PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]!);
    }
    this.attempts.delete(id);
    await pause(PACE_MS);
  }

  private postpone(id: string, at: number): void {
    this.attempts.set(id, (this.attempts.get(id) ?? 0) + 1);
    if (at > Date.now()) throw new Postpone(at, '1C is away');
  }
}
