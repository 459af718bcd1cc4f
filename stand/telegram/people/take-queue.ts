export interface TakeOptions<T> {
  /** What is waited for, for the message of the error. */
  what: string;
  timeoutMs: number;
  match?: (item: T) => boolean;
}

interface Taker<T> extends TakeOptions<T> {
  resolve(item: T): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * Things that come one by one, and tests that take them in order. Whoever takes an item passes over those before it:
 * they cannot be taken afterwards.
 */
export class TakeQueue<T> {
  private readonly items: T[] = [];
  private readonly takers: Taker<T>[] = [];

  constructor(
    private readonly limit: number,
    private readonly describe: (item: T) => string,
  ) {}

  push(item: T): void {
    this.items.push(item);
    if (this.items.length > this.limit) {
      this.items.shift();
    }
    for (const taker of [...this.takers]) {
      this.serve(taker);
    }
  }

  /**
   * @returns the first item not taken yet, or the first that matches
   * @throws (rejects) after the timeout, with what came instead
   */
  take(options: TakeOptions<T>): Promise<T> {
    const taken = new Promise<T>((resolve, reject) => {
      const taker: Taker<T> = {
        ...options,
        resolve,
        reject,
        timer: setTimeout(() => this.giveUp(taker, `within ${options.timeoutMs} ms`), options.timeoutMs),
      };
      this.takers.push(taker);
      this.serve(taker);
    });
    // A test that has stopped waiting must not fail another one by an unhandled rejection.
    taken.catch(() => undefined);
    return taken;
  }

  clear(): void {
    this.items.length = 0;
  }

  /** Fails those who still wait. */
  close(): void {
    for (const taker of [...this.takers]) {
      this.giveUp(taker, 'before the local Telegram was closed');
    }
  }

  private serve(taker: Taker<T>): void {
    const index = taker.match === undefined ? Math.min(0, this.items.length - 1) : this.items.findIndex(taker.match);
    const item = this.items[index];
    if (index < 0 || item === undefined) {
      return;
    }
    this.items.splice(0, index + 1);
    this.leave(taker);
    taker.resolve(item);
  }

  private giveUp(taker: Taker<T>, when: string): void {
    this.leave(taker);
    const seen = this.items.map(this.describe).join('\n  ');
    const instead = seen === '' ? 'nothing came' : `what came and was not taken:\n  ${seen}`;
    taker.reject(new Error(`No ${taker.what} ${when}; ${instead}`));
  }

  private leave(taker: Taker<T>): void {
    clearTimeout(taker.timer);
    this.takers.splice(this.takers.indexOf(taker), 1);
  }
}
