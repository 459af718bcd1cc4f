import { Inject, Injectable, Logger } from '@nestjs/common';
import { CACHE_MANAGER, type Cache } from '@nestjs/cache-manager';

/** A store that has not answered by then is passed over. */
export const STORE_DEADLINE_MS = 150;
const COMPLAINT_INTERVAL_MS = 60_000;

/** What is stored: the value in a wrapping, so that an empty one can be told from a miss. */
interface Wrapped<T> {
  value: T;
}

/**
 * The cache as the rest of the process may use it: it answers within 150 ms and never throws. A store that fails or
 * hangs reads as a miss and forgets what is written, so that no question ever fails for the cache; one line a minute
 * tells the operator.
 */
@Injectable()
export class CacheStore {
  private readonly logger = new Logger(CacheStore.name);
  private complainedAt = -Infinity;
  private unreported = 0;

  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {
    // cache-manager turns a failing read into a miss and tells of it by these events only.
    cache.on('get', ({ error }) => error !== undefined && this.complain('get', error));
    cache.on('del', ({ error }) => error !== undefined && this.complain('delete', error));
  }

  /** @returns the value, which may be any JSON value; nothing on a miss */
  async get<T>(key: string): Promise<T | undefined> {
    const wrapped = await this.guarded('get', () => this.cache.get<Wrapped<T>>(key));
    return wrapped?.value;
  }

  /** @param ttlMs lifetime; nothing is written where it is 0 or less, which the store would take for eternity */
  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    if (ttlMs <= 0) return;
    await this.guarded('set', () => this.cache.set<Wrapped<unknown>>(key, { value }, ttlMs));
  }

  async delete(key: string): Promise<void> {
    await this.guarded('delete', () => this.cache.del(key));
  }

  private async guarded<T>(action: string, work: () => Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${STORE_DEADLINE_MS} ms`)), STORE_DEADLINE_MS);
    });
    try {
      return await Promise.race([work(), deadline]);
    } catch (error) {
      this.complain(action, error);
      return undefined;
    } finally {
      clearTimeout(timer);
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
