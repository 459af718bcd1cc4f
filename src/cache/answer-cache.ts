import { type CallTrace } from '../onec/call-trace';
import { OneCForbiddenError, OneCUnavailableError } from '../onec/errors';
import { type Scope } from './cache-control';
import { cacheKey } from './cache-key';
import { type CacheStore } from './cache-store';
import { SingleFlight, type Errand, type Landing } from './single-flight';

/** How an asker wants its answer. */
export interface ReadOptions {
  signal?: AbortSignal;
  trace?: CallTrace;
  /** Passes over what is kept; what 1C answers is kept all the same. */
  fresh?: boolean;
}

/**
 * The answers of one operation, an entry for each parameter: read from the cache, private before public; what is missing
 * is fetched once for all who ask at the same time.
 */
export class AnswerCache<T> {
  private readonly flights: SingleFlight<T>;

  /**
   * @param shelf sets the keys apart from those of other operations
   * @param batchSize parameters in one request at most
   * @param lastScope scope to expect before the first answer; unknown where it is missing
   */
  constructor(
    private readonly store: CacheStore,
    private readonly shelf: string,
    batchSize: number,
    lastScope?: Scope,
  ) {
    this.flights = new SingleFlight<T>(batchSize, isSystemWide, lastScope);
  }

  /**
   * @param owner the supplier that asks (the chat, for `identify`)
   * @param parameters normalised, each once
   * @param fetch asks 1C for the parameters that are missing
   * @param cancelled the error for when the asker's signal comes
   */
  async read(
    owner: string,
    parameters: readonly string[],
    fetch: Errand<T>['fetch'],
    cancelled: () => Error,
    { signal, trace, fresh = false }: ReadOptions,
  ): Promise<Map<string, T>> {
    if (signal?.aborted) throw cancelled();
    const landings = this.flights.landings;
    const known = fresh ? new Map<string, T>() : await this.lookUp(owner, parameters);
    if (!fresh && known.size < parameters.length && this.flights.landings > landings) {
      // A flight landed while the store was read: it can no longer be joined, but its answer is there.
      const rest = parameters.filter((parameter) => !known.has(parameter));
      for (const [parameter, value] of await this.lookUp(owner, rest)) known.set(parameter, value);
    }
    const missing = parameters.filter((parameter) => !known.has(parameter));
    if (trace) trace.cache.hits += known.size;
    if (missing.length === 0) return known;

    const fetched = await this.flights.ask(owner, missing, {
      ...(fresh
        ? { fetch: this.replacing(owner, fetch), keep: () => Promise.resolve() }
        : { fetch, keep: (landing: Landing<T>) => this.keep(owner, landing) }),
      cancelled,
      ...(signal ? { signal } : {}),
      fresh,
      onAsk: (keys) => void (trace && (trace.cache.misses += keys)),
      onJoin: (keys) => void (trace && (trace.cache.joined += keys)),
    });
    return new Map([...known, ...fetched]);
  }

  private async lookUp(owner: string, parameters: readonly string[]): Promise<Map<string, T>> {
    const found = new Map<string, T>();
    await Promise.all(
      parameters.map(async (parameter) => {
        const [ofOwner, ofAll] = await Promise.all([
          this.store.get<T>(cacheKey(this.shelf, 'private', owner, parameter)),
          this.store.get<T>(cacheKey(this.shelf, 'public', owner, parameter)),
        ]);
        const value = ofOwner === undefined ? ofAll : ofOwner;
        if (value !== undefined) found.set(parameter, value);
      }),
    );
    return found;
  }

  private async keep(owner: string, { scope, ttlMs, values }: Landing<T>): Promise<void> {
    if (scope === 'none') return;
    await Promise.all(
      Array.from(values, ([parameter, value]) =>
        this.store.set(cacheKey(this.shelf, scope, owner, parameter), value, ttlMs),
      ),
    );
  }

  /** A refreshed answer is given out only when no older entry can be found before it, or instead of it. */
  private replacing(owner: string, fetch: Errand<T>['fetch']): Errand<T>['fetch'] {
    return async (parameters, signal) => {
      const landing = await fetch(parameters, signal);
      const isPrivate = landing.scope === 'private' && landing.ttlMs > 0;
      const isPublic = landing.scope === 'public' && landing.ttlMs > 0;
      await Promise.all([
        this.keep(owner, landing),
        ...parameters.flatMap((parameter) => [
          isPrivate ? undefined : this.store.delete(cacheKey(this.shelf, 'private', owner, parameter)),
          isPrivate || isPublic ? undefined : this.store.delete(cacheKey(this.shelf, 'public', owner, parameter)),
        ]),
      ]);
      return landing;
    };
  }
}

/** Unavailability and a refused key concern everybody, any other failure one supplier. */
function isSystemWide(error: unknown): boolean {
  return error instanceof OneCUnavailableError || error instanceof OneCForbiddenError;
}
