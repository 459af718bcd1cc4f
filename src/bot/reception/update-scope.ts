import { Injectable } from '@nestjs/common';

export interface UpdateContext {
  /** Aborted when the process stops and the update is left to the next one. */
  signal: AbortSignal;
}

interface UnderWay extends UpdateContext {
  /** What is waited for when the work itself has ended. */
  left: Promise<void>[];
}

/**
 * What belongs to the updates under way, by `update_id`. Telegraf's handlers get its context and nothing of ours; an
 * AsyncLocalStorage would carry it too, and on Node 20 and 22 make every promise of the process dearer.
 */
@Injectable()
export class UpdateScope {
  private readonly underWay = new Map<number, UnderWay>();

  /** Resolves when the work has ended, and whatever it left to be waited for. */
  async run(updateId: number, context: UpdateContext, work: () => Promise<void>): Promise<void> {
    const left: Promise<void>[] = [];
    this.underWay.set(updateId, { ...context, left });
    try {
      await work();
      await Promise.all(left);
    } finally {
      this.underWay.delete(updateId);
    }
  }

  /**
   * Lets the work end before something that belongs to it does: what the work holds in memory is free then, while many
   * answers are on their way to Telegram.
   *
   * @param rest where it rejects, so does `run`
   */
  async leave(updateId: number, rest: Promise<void>): Promise<void> {
    const left = this.underWay.get(updateId)?.left;
    if (!left) return rest;
    left.push(rest);
    // The work may fail first: nobody waits for the rest then.
    rest.catch(() => undefined);
  }

  /** @returns nothing for an update that is not under way */
  signalOf(updateId: number): AbortSignal | undefined {
    return this.underWay.get(updateId)?.signal;
  }
}
