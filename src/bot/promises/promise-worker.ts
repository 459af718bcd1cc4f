import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { ClaimedItem } from '../../queue/durable-queue';
import { Promised, type PromisedQuestion } from '../../queue/promised';
import { Postpone, QueueRunner, type WorkContext } from '../../queue/queue-runner';
import { OneCCircuit } from '../../onec/circuit';
import { DialogueService } from '../dialogue/dialogue.service';
import { type KeptQuestion, PromisesService } from './promises.service';

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
    private readonly promises: PromisesService,
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
    const attempts = this.attempts.get(id) ?? 0;
    // 1C has just failed for it. Those behind it are younger, so that the wait holds nobody up.
    await pause(Math.max(0, addedAt + PAUSES_MS[0]! - Date.now()), undefined, { signal });
    await this.circuit.whenClosed(signal);
    if (await this.promises.isCancelled(id)) return;
    if (!(await this.dialogue.keepPromise(body as KeptQuestion, signal))) {
      this.attempts.set(id, attempts + 1);
      throw new Postpone(Date.now() + PAUSES_MS[Math.min(attempts, PAUSES_MS.length - 1)]!, '1C is away');
    }
    this.attempts.delete(id);
    await this.promises.kept(id);
    await pause(PACE_MS);
  }
}
