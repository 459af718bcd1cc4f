import { setTimeout as pause } from 'node:timers/promises';
import { type DurableQueue, type QueueBody, QueueUnavailableError } from './durable-queue';

/** A store that has not answered for so long is gone past: people need not wait for it. */
const PATIENCE_MS = 500;
const PAUSE_MS = 50;

/**
 * What could not be stored may go past the store, but not past what lies in it of the same lane. While this process knows
 * of something there, and the store has failed for a moment only, it is tried again.
 *
 * @param store what failed; may be done twice
 * @returns whether it was stored; where not, nothing is to be waited for any longer
 */
export async function storedAfterAll(
  queue: DurableQueue<QueueBody>,
  lane: string,
  store: () => Promise<unknown>,
): Promise<boolean> {
  const until = (queue.writeFailure()?.since ?? Date.now()) + PATIENCE_MS;
  while (queue.hasUnderWay(lane) && Date.now() < until) {
    await pause(PAUSE_MS);
    try {
      await store();
      return true;
    } catch (error) {
      if (!(error instanceof QueueUnavailableError)) throw error;
    }
  }
  return false;
}
