import { setTimeout as pause } from 'node:timers/promises';

/** Waits until the condition holds. @returns how long it took, in milliseconds; rejects after `withinMs` */
export async function eventually(condition: () => boolean | Promise<boolean>, withinMs = 5000): Promise<number> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > withinMs)
      throw new Error(`still not so after ${withinMs} ms: ${String(condition)}`);
    await pause(5);
  }
  return performance.now() - startedAt;
}

/** @returns how long the work took, in milliseconds, however it ended */
export async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work().catch(() => undefined);
  return performance.now() - startedAt;
}
