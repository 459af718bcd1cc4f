import { Injectable } from '@nestjs/common';

export interface UpdateContext {
  /** Aborted when the process stops and the update is left to the next one. */
  signal: AbortSignal;
}

/**
 * What belongs to the updates under way, by `update_id`. Telegraf's handlers get its context and nothing of ours; an
 * AsyncLocalStorage would carry it too, and on Node 20 and 22 make every promise of the process dearer.
 */
@Injectable()
export class UpdateScope {
  private readonly underWay = new Map<number, UpdateContext>();

  async run(updateId: number, context: UpdateContext, work: () => Promise<void>): Promise<void> {
    this.underWay.set(updateId, context);
    try {
      await work();
    } finally {
      this.underWay.delete(updateId);
    }
  }

  /** @returns nothing for an update that is not under way */
  signalOf(updateId: number): AbortSignal | undefined {
    return this.underWay.get(updateId)?.signal;
  }
}
