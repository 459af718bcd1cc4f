import { setMaxListeners } from 'node:events';
import { setImmediate as immediately, setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { type ClaimedItem, type DurableQueue, type QueueBody, QueueUnavailableError } from './durable-queue';

/** Pauses before the second, third, … try. */
const RETRY_PAUSES_MS = [1000, 5000, 30_000, 120_000];
/** After so many tries an item is set aside. */
export const MAX_TRIES = RETRY_PAUSES_MS.length + 1;
/** Pauses between the tries to reach a store that does not answer; the last one is repeated. */
const STORE_PAUSES_MS = [200, 500, 1000, 2000, 5000];
/** What is under way when its signal is aborted gets so long to notice. */
const ABORT_GRACE_MS = 500;
const LONGEST_REASON = 300;
/** Items whose work begins in one turn of the event loop. */
const BEGUN_AT_ONCE = 16;

/** Thrown by a work to give its item back until a time. */
export class Postpone extends Error {
  /**
   * @param at milliseconds since the epoch
   * @param reason for the log; nothing of the body
   * @param counts true where it is the item's own failure, so that it counts as a try
   */
  constructor(
    readonly at: number,
    readonly reason: string,
    readonly counts = false,
  ) {
    super(reason);
    this.name = Postpone.name;
  }
}

export interface WorkContext {
  /** Aborted when the process stops and waits no longer: the item is given back then. */
  signal: AbortSignal;
}

/**
 * What is done with an item. It is done when the promise resolves; when it rejects the item is tried again later, after
 * too many tries it is set aside.
 */
export type Work<T extends QueueBody> = (item: ClaimedItem<T>, context: WorkContext) => Promise<void>;

export interface RunnerOptions {
  /** For the log. */
  name: string;
  /** Items under way at once at most. */
  concurrency: number;
}

/**
 * Works on the items of a queue, lanes side by side, each lane in order. Woken by the queue, it never polls. A store
 * that does not answer pauses it, with growing pauses; it goes on by itself.
 */
export class QueueRunner<T extends QueueBody> {
  private readonly logger = new Logger(QueueRunner.name);
  /** Aborted when nothing more is to be claimed. */
  private readonly halt = new AbortController();
  /** Aborted when what is under way is waited for no longer. */
  private readonly abort = new AbortController();
  private readonly underWay = new Map<string, Promise<void>>();
  private started = false;
  private givenUp = false;
  private claiming: Promise<void> | undefined;
  private isClaiming = false;
  private claimAgain = false;
  /** Calls that the store has not answered yet. */
  private unanswered = 0;

  constructor(
    private readonly queue: DurableQueue<T>,
    private readonly work: Work<T>,
    private readonly options: RunnerOptions,
  ) {
    // Every item under way listens: above ten Node would take them for a leak.
    setMaxListeners(0, this.halt.signal, this.abort.signal);
  }

  /** Items under way. */
  get running(): number {
    return this.underWay.size;
  }

  start(): void {
    if (this.started) return;
    this.started = true;
    this.queue.onReady(() => this.pump());
    this.pump();
  }

  /**
   * Claims no more, waits for what is under way, then aborts it and gives back what has not ended, without a try counted.
   *
   * @param finishMs how long what is under way is waited for
   */
  async stop({ finishMs }: { finishMs: number }): Promise<void> {
    this.halt.abort();
    if (await this.idleWithin(finishMs)) return;
    this.abort.abort();
    await this.idleWithin(ABORT_GRACE_MS);
    this.givenUp = true;
    const left = [...this.underWay.keys()];
    if (left.length === 0) return;
    this.logger.warn({ msg: 'left to the next process', queue: this.options.name, items: left.length });
    await this.giveBack(left);
  }

  private async idleWithin(ms: number): Promise<boolean> {
    const timer = new AbortController();
    const idle = async () => {
      await this.claiming;
      while (this.underWay.size > 0) await Promise.all(this.underWay.values());
      return true;
    };
    const late = pause(ms, false, { signal: timer.signal }).catch(() => false);
    return Promise.race([idle(), late]).finally(() => timer.abort());
  }

  private pump(): void {
    this.claimAgain = true;
    if (!this.isClaiming) this.claiming = this.claimAll();
  }

  private async claimAll(): Promise<void> {
    this.isClaiming = true;
    while (this.claimAgain && !this.halt.signal.aborted) {
      this.claimAgain = false;
      const free = this.options.concurrency - this.underWay.size;
      if (free <= 0) continue;
      const items = await this.stored(() => this.queue.claim(free), this.halt.signal);
      if (!items) continue;
      if (items.length === free) this.claimAgain = true;
      await this.beginAll(items);
    }
    this.isClaiming = false;
  }

  /**
   * A few in one turn of the event loop: what comes in for those that were begun before is not to wait for all of them.
   * Gives back what is left when nothing more is to begin.
   */
  private async beginAll(items: readonly ClaimedItem<T>[]): Promise<void> {
    for (let from = 0; from < items.length; from += BEGUN_AT_ONCE) {
      if (from > 0) await immediately();
      if (this.halt.signal.aborted) return this.giveBack(items.slice(from).map(({ id }) => id));
      for (const item of items.slice(from, from + BEGUN_AT_ONCE)) this.begin(item);
    }
  }

  private async giveBack(ids: readonly string[]): Promise<void> {
    await Promise.allSettled(ids.map((id) => this.queue.again(id, Date.now(), 'the process stops', false)));
  }

  private begin(item: ClaimedItem<T>): void {
    const running = this.run(item).finally(() => {
      this.underWay.delete(item.id);
      this.pump();
    });
    this.underWay.set(item.id, running);
  }

  private async run(item: ClaimedItem<T>): Promise<void> {
    const settle = await this.attempt(item);
    if (!this.givenUp) await this.stored(settle, this.abort.signal);
  }

  /** @returns how the item ends */
  private async attempt(item: ClaimedItem<T>): Promise<() => Promise<void>> {
    const { id, lane, tries } = item;
    const told = { queue: this.options.name, id, lane, try: tries };
    const setAside = (reason: string) => {
      this.logger.error({ msg: 'set aside after the last try', ...told, reason });
      return () => this.queue.dead(id, reason);
    };
    if (tries > MAX_TRIES) return setAside('the process died in the last tries');
    try {
      await this.work(item, { signal: this.abort.signal });
      return () => this.queue.done(id);
    } catch (error) {
      const reason = reasonOf(error);
      const again = (at: number, counts: boolean) => () => this.queue.again(id, at, reason, counts);
      if (this.abort.signal.aborted) return again(Date.now(), false);
      if (error instanceof Postpone && !error.counts) return again(error.at, false);
      if (error instanceof QueueUnavailableError) return again(Date.now() + STORE_PAUSES_MS.at(-1)!, false);

      const pauseMs = RETRY_PAUSES_MS[tries - 1];
      if (pauseMs === undefined) return setAside(reason);
      const at = error instanceof Postpone ? error.at : Date.now() + pauseMs;
      this.logger.warn({ msg: 'failed, tried again later', ...told, reason, again: new Date(at).toISOString() });
      return again(at, true);
    }
  }

  /** Asks the store until it answers; once the signal is aborted, one time only. */
  private async stored<R>(action: () => Promise<R>, signal: AbortSignal): Promise<R | undefined> {
    for (let failures = 0; ; failures += 1) {
      try {
        const result = await action();
        if (failures > 0) this.tellAnswered();
        return result;
      } catch (error) {
        if (failures === 0) this.tellUnanswered(error);
        if (signal.aborted) return undefined;
        const pauseMs = STORE_PAUSES_MS[Math.min(failures, STORE_PAUSES_MS.length - 1)];
        await pause(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  private tellUnanswered(error: unknown): void {
    this.unanswered += 1;
    if (this.unanswered > 1) return;
    const told = { queue: this.options.name, reason: reasonOf(error) };
    this.logger.error({ msg: 'the store of the queue does not answer, tried again until it does', ...told });
  }

  private tellAnswered(): void {
    this.unanswered -= 1;
    if (this.unanswered > 0) return;
    this.logger.log({ msg: 'the store of the queue answers again', queue: this.options.name });
  }
}

function reasonOf(error: unknown): string {
  const told = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return told.slice(0, LONGEST_REASON);
}
