import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

interface Waiting {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Flushes what was written to the journal to the disk, beside the event loop: nobody stands still for a slow disk. Those
 * who ask while a flush is under way share the next one.
 */
export class JournalFlush {
  private readonly descriptor: number;
  private waiting: Waiting[] = [];
  private isUnderWay = false;
  private isClosed = false;

  /** @param path of the journal, which exists */
  constructor(path: string) {
    this.descriptor = openSync(path, 'r+');
  }

  /** Resolves when everything that was written before the call would survive a power failure. */
  flushed(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.next();
    });
  }

  /** Flushes what is still waited for. */
  close(): void {
    if (this.waiting.length > 0) this.settle(this.waiting, this.flushNow());
    this.waiting = [];
    this.isClosed = true;
    if (!this.isUnderWay) closeSync(this.descriptor);
  }

  private next(): void {
    if (this.isUnderWay || this.waiting.length === 0) return;
    const waiting = this.waiting;
    this.waiting = [];
    this.isUnderWay = true;
    fdatasync(this.descriptor, (error) => {
      this.isUnderWay = false;
      this.settle(waiting, error);
      if (this.isClosed) closeSync(this.descriptor);
      else this.next();
    });
  }

  private flushNow(): unknown {
    try {
      fdatasyncSync(this.descriptor);
      return null;
    } catch (error) {
      return error;
    }
  }

  private settle(waiting: readonly Waiting[], error: unknown): void {
    for (const { resolve, reject } of waiting) {
      if (error) reject(error);
      else resolve();
    }
  }
}
