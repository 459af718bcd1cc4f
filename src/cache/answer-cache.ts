import { type CacheMetrics } from '../metrics/cache.metrics';
import { type CallTrace } from '../onec/call-trace';
import { type Operation } from '../onec/contract';
import { OneCForbiddenError, OneCUnavailableError } from '../onec/errors';
import { type Scope } from './cache-control';
import { cacheKey } from './cache-key';
import { type CacheStore } from './cache-store';
import { SingleFlight, type Errand, type Landing } from './single-flight';

/** How long an answer is remembered past its time, to be shown with its age while 1C is away. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/** What is stored of an answer. */
interface Kept<T> {
  value: T;
  /** Milliseconds since the epoch. */
  freshUntil: number;
}

/** What is known of the parameters that were asked for. */
export interface Answers<T> {
  values: Map<string, T>;
  /** 1C is away: some of the values are past their time. */
  stale: boolean;
  /** 1C is away, and nothing older is known of these. */
  unanswered: string[];
}

export interface AnswerCacheOptions {
  /** Sets the keys apart from those of other caches; the operation unless told. */
  shelf?: string;
  /** Parameters in one request at most; 1 unless told. */
  batchSize?: number;
  /** Scope to expect before the first answer; unknown where it is missing. */
  lastScope?: Scope;
}

/** How an asker wants its answer. */
export interface ReadOptions {
  signal?: AbortSignal;
  trace?: CallTrace;
  /** Passes over what is kept; what 1C answers is kept all the same. */
  fresh?: boolean;
}

/**
 * The answers of one operation, an entry for each parameter: read from the cache, private before public; what is missing
 * is fetched once for all who ask at the same time. Where 1C is away, an answer past its time is better than none.
 */
export class AnswerCache<T> {
  private readonly shelf: string;
  private readonly flights: SingleFlight<T>;

  constructor(
    private readonly store: CacheStore,
    private readonly metrics: CacheMetrics,
    private readonly operation: Operation,
    { shelf = operation, batchSize = 1, lastScope }: AnswerCacheOptions = {},
  ) {
    this.shelf = shelf;
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
    options: ReadOptions,
  ): Promise<Answers<T>> {
    const { signal, trace, fresh = false } = options;
    if (signal?.aborted) throw cancelled();
    const values = fresh
      ? new Map<string, T>()
      : (this.atHand(owner, parameters) ?? (await this.freshOnes(owner, parameters)));
    const missing = parameters.filter((parameter) => !values.has(parameter));
    if (trace) trace.cache.hits += values.size;
    this.metrics.lookedUp(this.operation, 'hit', values.size);
    if (missing.length === 0) return { values, stale: false, unanswered: [] };
    try {
      const fetched = await this.fetch(owner, missing, fetch, cancelled, options);
      return { values: new Map([...values, ...fetched]), stale: false, unanswered: [] };
    } catch (error) {
      if (!(error instanceof OneCUnavailableError)) throw error;
      const remembered = await this.lookUp(owner, missing);
      if (remembered.size === 0 && values.size === 0) throw error;
      this.metrics.servedStale(this.operation, remembered.size);
      for (const [parameter, { value }] of remembered) values.set(parameter, value);
      return { values, stale: true, unanswered: missing.filter((parameter) => !remembered.has(parameter)) };
    }
  }

  /** All of them, where each is fresh and in the memory of this process. */
  private atHand(owner: string, parameters: readonly string[]): Map<string, T> | undefined {
    const now = Date.now();
    const known = new Map<string, T>();
    for (const parameter of parameters) {
      const peek = (scope: 'private' | 'public') =>
        this.store.peek<Kept<T>>(cacheKey(this.shelf, scope, owner, parameter));
      let kept = peek('private');
      if (!kept || kept.freshUntil <= now) kept = peek('public');
      if (!kept || kept.freshUntil <= now) return undefined;
      known.set(parameter, kept.value);
    }
    return known;
  }

  private async freshOnes(owner: string, parameters: readonly string[]): Promise<Map<string, T>> {
    const landings = this.flights.landings;
    const known = new Map<string, T>();
    const add = async (wanted: readonly string[]) => {
      const now = Date.now();
      for (const [parameter, { value, freshUntil }] of await this.lookUp(owner, wanted)) {
        if (freshUntil > now) known.set(parameter, value);
      }
    };
    await add(parameters);
    if (known.size < parameters.length && this.flights.landings > landings) {
      // A flight landed while the store was read: it can no longer be joined, but its answer is there.
      await add(parameters.filter((parameter) => !known.has(parameter)));
    }
    return known;
  }

  private fetch(
    owner: string,
    parameters: readonly string[],
    fetch: Errand<T>['fetch'],
    cancelled: () => Error,
    { signal, trace, fresh = false }: ReadOptions,
  ): Promise<Map<string, T>> {
    return this.flights.ask(owner, parameters, {
      ...(fresh
        ? { fetch: this.replacing(owner, fetch), keep: () => Promise.resolve() }
        : { fetch, keep: (landing: Landing<T>) => this.keep(owner, landing) }),
      cancelled,
      ...(signal ? { signal } : {}),
      fresh,
      onAsk: (keys) => {
        if (trace) trace.cache.misses += keys;
        this.metrics.lookedUp(this.operation, 'miss', keys);
      },
      onJoin: (keys) => {
        if (trace) trace.cache.joined += keys;
        this.metrics.lookedUp(this.operation, 'joined', keys);
      },
    });
  }

  /** What is stored, past its time or not; what is the owner's own goes before what is for all, unless it is past. */
  private async lookUp(owner: string, parameters: readonly string[]): Promise<Map<string, Kept<T>>> {
    const found = new Map<string, Kept<T>>();
    await Promise.all(
      parameters.map(async (parameter) => {
        const kept = await this.lookUpOne(owner, parameter);
        if (kept !== undefined) found.set(parameter, kept);
      }),
    );
    return found;
  }

  private async lookUpOne(owner: string, parameter: string): Promise<Kept<T> | undefined> {
    const get = (scope: 'private' | 'public') => this.store.get<Kept<T>>(cacheKey(this.shelf, scope, owner, parameter));
    const ofOwner = get('private');
    // One after the other only where the second is probably not needed: each is a way to the store.
    const ofAll = this.flights.isPrivate && isFresh(await ofOwner) ? undefined : get('public');
    const [own, common] = await Promise.all([ofOwner, ofAll]);
    return own && (isFresh(own) || !isFresh(common)) ? own : common;
  }

  private async keep(owner: string, { scope, ttlMs, values }: Landing<T>): Promise<void> {
    if (scope === 'none' || ttlMs <= 0) return;
    const freshUntil = Date.now() + ttlMs;
    await Promise.all(
      Array.from(values, ([parameter, value]) => {
        const kept: Kept<T> = { value, freshUntil };
        return this.store.set(cacheKey(this.shelf, scope, owner, parameter), kept, ttlMs + REMEMBERED_MS);
      }),
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

function isFresh(kept: Kept<unknown> | undefined): boolean {
  return kept !== undefined && kept.freshUntil > Date.now();
}

/** Unavailability and a refused key concern everybody, any other failure one supplier. */
function isSystemWide(error: unknown): boolean {
  return error instanceof OneCUnavailableError || error instanceof OneCForbiddenError;
}
