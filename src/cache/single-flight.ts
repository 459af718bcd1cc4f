import { untilAborted } from '../onec/until-aborted';
import { type CachePolicy, type Scope } from './cache-control';

/** What a request brought: a value for each key it was asked for, and for whom it is. */
export interface Landing<T> extends CachePolicy {
  values: ReadonlyMap<string, T>;
}

/** What one asker wants done for the keys that nobody is asking for yet. */
export interface Errand<T> {
  /** The request; the signal comes when nobody waits for it any more. */
  fetch: (keys: readonly string[], signal: AbortSignal) => Promise<Landing<T>>;
  /** Keeps what landed; newcomers join the flight until it is done. Must not throw. */
  keep: (landing: Landing<T>) => Promise<void>;
  /** The error for an asker whose own signal came. */
  cancelled: () => Error;
  signal?: AbortSignal;
  onAsk?: (keys: number) => void;
  onJoin?: (keys: number) => void;
}

interface Batch {
  abort: AbortController;
  /** Askers times keys that still wait for it. */
  waiting: number;
  landed: boolean;
}

interface Flight<T> {
  owner: string;
  batch: Batch;
  landing: Promise<Landing<T>>;
}

/** What a wait for a flight came to, where it was another owner's. */
type Shared<T> = { value: T } | 'not for this owner';

/**
 * Joins concurrent askers into one request, key by key: an asker of [A, B] while A is under way asks for B alone.
 *
 * Errors go to everybody who joined and are not kept. An asker of another owner waits for a flight only while the last
 * answer was `public` or none is known, and takes what landed only if it is `public`; else it asks for itself, and
 * waits for no other owner again. One asker's cancellation leaves the others' request alone; when nobody waits for it
 * any more, the request is ended.
 */
export class SingleFlight<T> {
  private readonly flights = new Map<string, Map<string, Flight<T>>>();

  /**
   * @param batchSize keys in one request at most
   * @param isCommon whether an error is the same for every owner; others ask for themselves
   * @param lastScope scope of the last answer, where it is known beforehand
   */
  constructor(
    private readonly batchSize: number,
    private readonly isCommon: (error: unknown) => boolean,
    private lastScope?: Scope,
  ) {}

  /** @returns the values of all keys; throws the first error that a request of theirs ended with */
  async ask(owner: string, keys: readonly string[], errand: Errand<T>): Promise<Map<string, T>> {
    const joinsOthers = this.lastScope === undefined || this.lastScope === 'public';
    const results = new Map<string, T>();
    const refused = await this.round(owner, keys, errand, joinsOthers, results);
    if (refused.length > 0) await this.round(owner, refused, errand, false, results);
    return results;
  }

  private async round(
    owner: string,
    keys: readonly string[],
    errand: Errand<T>,
    joinsOthers: boolean,
    results: Map<string, T>,
  ): Promise<string[]> {
    const flights = new Map<string, Flight<T>>();
    for (const key of keys) {
      const flight = this.find(key, owner, joinsOthers);
      if (flight) flights.set(key, flight);
    }
    if (flights.size > 0) errand.onJoin?.(flights.size);

    const unasked = keys.filter((key) => !flights.has(key));
    if (unasked.length > 0) errand.onAsk?.(unasked.length);
    for (let start = 0; start < unasked.length; start += this.batchSize) {
      const batch = unasked.slice(start, start + this.batchSize);
      const flight = this.launch(owner, batch, errand);
      for (const key of batch) flights.set(key, flight);
    }

    const refused: string[] = [];
    await Promise.all(
      Array.from(flights, async ([key, flight]) => {
        const shared = await this.wait(key, flight, owner, errand);
        if (shared === 'not for this owner') refused.push(key);
        else results.set(key, shared.value);
      }),
    );
    return refused;
  }

  private find(key: string, owner: string, joinsOthers: boolean): Flight<T> | undefined {
    const byOwner = this.flights.get(key);
    const own = byOwner?.get(owner);
    if (own || !joinsOthers) return own;
    const [any] = byOwner?.values() ?? [];
    return any;
  }

  private launch(owner: string, keys: readonly string[], errand: Errand<T>): Flight<T> {
    const batch: Batch = { abort: new AbortController(), waiting: 0, landed: false };
    const flight: Flight<T> = { owner, batch, landing: errand.fetch(keys, batch.abort.signal) };
    for (const key of keys) {
      const byOwner = this.flights.get(key) ?? new Map<string, Flight<T>>();
      this.flights.set(key, byOwner.set(owner, flight));
    }
    const remove = () => this.remove(keys, flight);
    batch.abort.signal.addEventListener('abort', remove);
    void flight.landing.then(
      async (landing) => {
        batch.landed = true;
        this.lastScope = landing.scope;
        await errand.keep(landing);
        remove();
      },
      () => {
        batch.landed = true;
        remove();
      },
    );
    return flight;
  }

  private remove(keys: readonly string[], flight: Flight<T>): void {
    for (const key of keys) {
      const byOwner = this.flights.get(key);
      if (byOwner?.get(flight.owner) !== flight) continue;
      byOwner.delete(flight.owner);
      if (byOwner.size === 0) this.flights.delete(key);
    }
  }

  private async wait(key: string, flight: Flight<T>, owner: string, errand: Errand<T>): Promise<Shared<T>> {
    const { batch } = flight;
    const foreign = flight.owner !== owner;
    batch.waiting += 1;
    try {
      const landing = await untilAborted(flight.landing, errand.signal ?? NEVER, errand.cancelled);
      if (foreign && landing.scope !== 'public') return 'not for this owner';
      if (!landing.values.has(key)) throw new Error('a request landed without a key it was sent for');
      return { value: landing.values.get(key) as T };
    } catch (error) {
      if (!foreign || errand.signal?.aborted || this.isCommon(error)) throw error;
      return 'not for this owner';
    } finally {
      batch.waiting -= 1;
      if (batch.waiting === 0 && !batch.landed) batch.abort.abort();
    }
  }
}

const NEVER = new AbortController().signal;
