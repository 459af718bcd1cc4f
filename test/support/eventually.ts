import { setTimeout as pause } from 'node:timers/promises';

/** Waits for what another process or socket is about to do; the last failure is thrown after two seconds. */
export async function eventually(check: () => void): Promise<void> {
  const until = Date.now() + 2000;
  for (;;) {
    try {
      return check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(10);
    }
  }
}
