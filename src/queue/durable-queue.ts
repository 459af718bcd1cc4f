/** What a queue holds: plain JSON. */
export type QueueBody = object;

/** Answers go before broadcasts. */
export type Priority = 'answer' | 'broadcast';

export interface NewItem<T extends QueueBody> {
  /** Known for a day: the same id again is not stored again, also after its item was done. */
  id: string;
  /** Items of one lane are worked on one after another, in the order in which they were added. */
  lane: string;
  body: T;
  /** `answer` unless told. Between lanes, not within one. */
  priority?: Priority;
}

export interface ClaimedItem<T extends QueueBody> extends NewItem<T> {
  priority: Priority;
  /** 1 for the first try. A claim whose process died counts as a try. */
  tries: number;
  /** Milliseconds since the epoch. */
  addedAt: number;
}

export interface DeadItem {
  id: string;
  lane: string;
  tries: number;
  /** Why the last try failed; nothing of the body. */
  reason: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface WriteFailure {
  /** For the log. */
  reason: string;
  /** When the store began to refuse, milliseconds since the epoch. */
  since: number;
}

export interface QueueCounts {
  /** Waiting to be claimed, also those whose time has not come. */
  waiting: number;
  claimed: number;
  /** Set aside after too many tries; kept for a week to be looked at. */
  dead: number;
}

/** The store cannot be written to or read from: a full disk, a folder without rights, Redis away. */
export class QueueUnavailableError extends Error {
  readonly code = 'queue_unavailable';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = QueueUnavailableError.name;
  }
}

/**
 * A durable queue of lanes: what `add` has resolved for outlives the process, and is worked on until it is done or dead.
 * Two adapters keep to it, one embedded in the process, one in Redis for any number of replicas.
 *
 * Every method rejects with QueueUnavailableError where the store does not answer; nothing is lost by that.
 */
export abstract class DurableQueue<T extends QueueBody> {
  /**
   * Stores those whose id is not known, all or none, durably. Items of one call keep their order.
   *
   * @returns how many were new
   */
  abstract add(items: readonly NewItem<T>[]): Promise<number>;

  /**
   * Claims the first items of lanes that have none claimed, answers before broadcasts, else the oldest first. A claim
   * ends with `done`, `again` or `dead`; where its process dies, the lease runs out and the item is claimed by another.
   * Priority and age of a lane are those of its first item.
   *
   * @param limit most items to claim
   * @returns at once; none where nothing is to be done now
   */
  abstract claim(limit: number): Promise<ClaimedItem<T>[]>;

  /** The item is finished with, also one that was not claimed here: it was dealt with past the queue. */
  abstract done(id: string): Promise<void>;

  /**
   * Gives a claim back, to be tried again no earlier than `at`; its lane waits for it, so that the order is kept.
   *
   * @param at milliseconds since the epoch
   * @param counts false where the failure was not the item's own (the process stops, Telegram asked to wait)
   */
  abstract again(id: string, at: number, reason: string, counts?: boolean): Promise<void>;

  /** Sets the item aside, so that it is never in the way of its lane. */
  abstract dead(id: string, reason: string): Promise<void>;

  /**
   * Takes an item out before it is worked on (a supplier cancels a promised answer). Its id stays known.
   *
   * @returns false where it is not there any more, or is being worked on
   */
  abstract remove(id: string): Promise<boolean>;

  /** Items of a lane that are not done and not dead. */
  abstract laneLength(lane: string): Promise<number>;

  abstract counts(): Promise<QueueCounts>;

  /**
   * Why the store did not take what was written to it last; nothing where it took it. Counts may be known all the same.
   * Where nothing is written the store is tried again every few seconds after a failure.
   */
  abstract writeFailure(): WriteFailure | undefined;

  /**
   * Whether the lane has items that this process has stored lately or works on, as far as it knows without asking the
   * store: what goes past the store is not to overtake them.
   */
  abstract hasUnderWay(lane: string): boolean;

  /** The latest dead first. */
  abstract listDead(limit: number): Promise<DeadItem[]>;

  /** Called whenever there may be something to claim: an item was added, a lane became free, a time has come. */
  abstract onReady(listener: () => void): void;

  /** Opens the store; rejects with what an operator can do where that fails. */
  abstract open(): Promise<void>;

  /** Gives back what is claimed by this process without counting a try, and closes the store. */
  abstract close(): Promise<void>;
}
