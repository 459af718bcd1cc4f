/**
 * The right to do something that only one process may do at a time, over all replicas.
 *
 * @example
 * for (;;) {
 *   const lost = await lease.acquire(stopping);
 *   await pollUntil(AbortSignal.any([lost, stopping]));
 * }
 */
export abstract class Lease {
  /** Whether this process holds it now. */
  abstract get isHeld(): boolean;

  /**
   * Waits until this process holds the lease, and keeps it renewed.
   *
   * @param signal ends the wait: the promise rejects with its reason then
   * @returns aborted when the lease can no longer be relied on; what depends on it must end at once
   */
  abstract acquire(signal?: AbortSignal): Promise<AbortSignal>;

  /** Gives it back, so that another process need not wait for it to run out. Never rejects. */
  abstract release(): Promise<void>;
}

/** For a single process: always held. */
export class AlwaysLease extends Lease {
  private held: AbortController | undefined;

  get isHeld(): boolean {
    return this.held !== undefined;
  }

  acquire(signal?: AbortSignal): Promise<AbortSignal> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    this.held ??= new AbortController();
    return Promise.resolve(this.held.signal);
  }

  release(): Promise<void> {
    this.held?.abort();
    this.held = undefined;
    return Promise.resolve();
  }
}
