import { setTimeout as pause } from 'node:timers/promises';

/** Waits until the check passes; the last failure is thrown after so many milliseconds. */
export async function eventuallyWithin(ms: number, check: () => void | Promise<void>): Promise<void> {
  const until = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(50);
    }
  }
}
