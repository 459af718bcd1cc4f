import { randomInt } from 'node:crypto';
import { type UpdatePayloads, type UpdateType } from '../bot-api.types';
import { LIMITS } from '../limits';

export interface PendingUpdate {
  id: number;
  /** The whole Update object as it was when the update came. */
  json: string;
  /** Updates of one lane are delivered to a webhook one after another, those of different lanes side by side. */
  lane: string;
}

/** How far ahead of the newest update an offset may be; Telegram takes one further ahead for somebody else's. */
const OFFSET_AHEAD = 10;

/**
 * The updates that wait for the bot. An update stays until a higher offset of getUpdates, or a webhook's answer,
 * confirms it.
 */
export class UpdateQueue {
  private readonly pending = new Map<number, PendingUpdate>();
  private nextId: number;
  private allowed: readonly string[] = [];
  private readonly listeners = new Set<(update: PendingUpdate) => void>();

  /** @param firstId without it the ids begin at a random number, as Telegram's do */
  constructor(firstId?: number) {
    this.nextId = firstId ?? randomInt(10_000_000, 1_000_000_000);
  }

  get size(): number {
    return this.pending.size;
  }

  /** The types that the bot asked for; empty for all that Telegram sends by default. */
  get allowedUpdates(): readonly string[] {
    return this.allowed;
  }

  /** As `allowed_updates` of getUpdates and setWebhook: concerns the updates that are yet to come. */
  allow(types: readonly string[]): void {
    this.allowed = types;
  }

  /**
   * Calls the listener with every update that is added.
   * @returns what ends that
   */
  onPush(listener: (update: PendingUpdate) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @returns the id of the update; nothing where the bot did not ask for its type or too many wait already */
  push<T extends UpdateType>(type: T, payload: UpdatePayloads[T], lane: string): number | undefined {
    const unwanted = this.allowed.length > 0 && !this.allowed.includes(type);
    if (unwanted || this.pending.size >= LIMITS.pendingUpdates) {
      return undefined;
    }
    const id = this.nextId;
    this.nextId += 1;
    const update = { id, json: `{"update_id":${id},"${type}":${JSON.stringify(payload)}}`, lane };
    this.pending.set(id, update);
    for (const listener of this.listeners) {
      listener(update);
    }
    return id;
  }

  /**
   * Confirms and reads, as getUpdates does.
   *
   * @param offset the first update to read: those before it are confirmed and forgotten; 0 reads from the oldest; a
   * negative one keeps that many of the newest and forgets the others
   */
  read(offset: number, limit: number): PendingUpdate[] {
    if (offset < 0) {
      this.forgetBefore(this.nextId, this.pending.size + offset);
    } else if (offset <= this.nextId + OFFSET_AHEAD) {
      this.forgetBefore(offset, Infinity);
    }
    const batch: PendingUpdate[] = [];
    for (const update of this.pending.values()) {
      if (batch.length === limit) {
        break;
      }
      batch.push(update);
    }
    return batch;
  }

  /** Confirms one update, as a webhook's answer does. */
  confirm(id: number): void {
    this.pending.delete(id);
  }

  all(): PendingUpdate[] {
    return [...this.pending.values()];
  }

  clear(): void {
    this.pending.clear();
  }

  private forgetBefore(offset: number, atMost: number): void {
    let left = atMost;
    for (const id of this.pending.keys()) {
      if (id >= offset || left <= 0) {
        return;
      }
      this.pending.delete(id);
      left -= 1;
    }
  }
}
