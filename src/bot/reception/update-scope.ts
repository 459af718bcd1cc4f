import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';

export interface UpdateContext {
  /** Aborted when the process stops and the update is left to the next one. */
  signal: AbortSignal;
}

/** What belongs to the update under way. Telegraf's handlers get its context and nothing of ours. */
@Injectable()
export class UpdateScope {
  private readonly storage = new AsyncLocalStorage<UpdateContext>();

  run<T>(context: UpdateContext, work: () => T): T {
    return this.storage.run(context, work);
  }

  /** @returns nothing outside of an update */
  get signal(): AbortSignal | undefined {
    return this.storage.getStore()?.signal;
  }
}
