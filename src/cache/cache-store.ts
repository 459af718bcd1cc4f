import { KeyvCacheableMemory } from '@cacheable/memory';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CACHE_MANAGER, type Cache } from '@nestjs/cache-manager';
import { withinDeadline } from '../redis/within-deadline';

/** A store that has not answered by then is passed over. */
export const STORE_DEADLINE_MS = 150;
/** So many operations in a row without an answer, and the store is known to be slow. */
const SLOW_AFTER = 3;
/** A slow store is left alone so long; then one operation tries it. */
export const SKIP_MS = 5000;
const COMPLAINT_INTERVAL_MS = 60_000;

class StoreDeadlineError extends Error {}

/** What is stored: the value in a wrapping, so that an empty one can be told from a miss. */
interface Wrapped<T> {
  value: T;
}

/**
 * The cache as the rest of the process may use it: it answers within 150 ms and never throws. A store that fails or
 * hangs reads as a miss and forgets what is written, so that no question ever fails for the cache; one that is known to
 * be slow is skipped at once, so that no question waits for it. One line a minute tells the operator.
 */
@Injectable()
export class CacheStore {
  private readonly logger = new Logger(CacheStore.name);
  private complainedAt = -Infinity;
  private unreported = 0;
  private unanswered = 0;
  private skipUntil = -Infinity;
  /** The store itself, where it is the memory of this process. */
  private readonly memory: KeyvCacheableMemory | undefined;

  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {
    const store: unknown = cache.stores[0]?.opts.store;
    if (store instanceof KeyvCacheableMemory) this.memory = store;
    // cache-manager turns a failing read into a miss and tells of it by these events only.
    cache.on('get', ({ error }) => error !== undefined && this.complain('get', error));
    cache.on('del', ({ error }) => error !== undefined && this.complain('delete', error));
  }

  /**
   * The same as `get` for a store in memory, at once: a question whose answer is known waits for a dozen promises less.
   *
   * @returns nothing on a miss, and where the store is not in memory
   */
  peek<T>(key: string): T | undefined {
    const kept = this.memory?.store.get<{ value: Wrapped<T> }>(key);
    return kept?.value.value;
  }

  /** @returns the value, which may be any JSON value and cannot be changed; nothing on a miss */
  async get<T>(key: string): Promise<T | undefined> {
    const wrapped = await this.guarded('get', () => this.cache.get<Wrapped<T>>(key));
    return wrapped?.value;
  }

  /**
   * @param value is frozen: in memory all who read share it, which spares a copy for each
   * @param ttlMs lifetime; nothing is written where it is 0 or less, which the store would take for eternity
   */
  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    if (ttlMs <= 0) return;
    freeze(value);
    await this.guarded('set', () => this.cache.set<Wrapped<unknown>>(key, { value }, ttlMs));
  }

  async delete(key: string): Promise<void> {
    await this.guarded('delete', () => this.cache.del(key));
  }

  private async guarded<T>(action: string, work: () => Promise<T>): Promise<T | undefined> {
    const startedAt = performance.now();
    if (startedAt < this.skipUntil) {
      this.unreported += 1;
      return undefined;
    }
    // One operation tries a slow store; the others skip it until there is an answer.
    if (this.unanswered >= SLOW_AFTER) this.skipUntil = startedAt + SKIP_MS;
    const late = () => new StoreDeadlineError(`no answer within ${STORE_DEADLINE_MS} ms`);
    try {
      const result = await withinDeadline(work(), STORE_DEADLINE_MS, late);
      this.unanswered = 0;
      this.skipUntil = -Infinity;
      return result;
    } catch (error) {
      this.complain(action, error);
      // A failure that comes at once delays nobody.
      if (error instanceof StoreDeadlineError && (this.unanswered += 1) >= SLOW_AFTER) {
        this.skipUntil = performance.now() + SKIP_MS;
      }
      return undefined;
    }
  }

  private complain(action: string, error: unknown): void {
    this.unreported += 1;
    const now = performance.now();
    if (now - this.complainedAt < COMPLAINT_INTERVAL_MS) return;
    this.logger.warn({
      action,
      error: error instanceof Error ? error.message : String(error),
      failures: this.unreported,
      msg: 'the cache fails, questions go to 1C without it',
    });
    this.complainedAt = now;
    this.unreported = 0;
  }
}

/** Freezes a JSON value throughout. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
