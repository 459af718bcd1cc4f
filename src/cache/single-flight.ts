import { untilAborted } from '../onec/until-aborted';
import { type CachePolicy, type Scope } from './cache-control';

/** What a request brought: a value for each key it was asked for, and for whom it is. */
export interface Landing<T> extends CachePolicy {
  values: ReadonlyMap<string, T>;
}

/** What one asker wants done for the keys that nobody is asking for yet. */
export interface Errand<T> {
  /** The request, which must bring a value for every key; the signal comes when nobody waits for it any more. */
  fetch: (keys: readonly string[], signal: AbortSignal) => Promise<Landing<T>>;
  /** Keeps what landed and may be kept; newcomers join the flight until it is done. Must not throw. */
  keep: (landing: Landing<T>) => Promise<void>;
  /** The error for an asker whose own signal came. */
  cancelled: () => Error;
  signal?: AbortSignal;
  /** Joins no flight that has landed already. */
  fresh?: boolean;
  onAsk?: (keys: number) => void;
  onJoin?: (keys: number) => void;
}

interface Flight<T> {
  owner: string;
  landing: Promise<Landing<T>>;
  hasLanded: boolean;
  /** Askers that still wait for it. */
  waiting: number;
  abort: AbortController;
}

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
  private landed = 0;

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

  /** Grows with every flight that landed: what was not kept before may be kept by now. */
  get landings(): number {
    return this.landed;
  }

  /** Whether the last answer was for its owner alone, so that the next one will probably be, too. */
  get isPrivate(): boolean {
    return this.lastScope === 'private';
  }

  /** @returns the values of all keys; throws the first error that a request of theirs ended with */
  async ask(owner: string, keys: readonly string[], errand: Errand<T>): Promise<Map<string, T>> {
    const joinsOthers = this.lastScope === undefined || this.lastScope === 'public';
    const results = new Map<string, T>();
    const refused = await this.round(owner, keys, errand, joinsOthers, results);
    if (refused.length > 0) await this.round(owner, refused, errand, false, results);
    return results;
  }

  /** @returns the keys that another owner's request brought no answer for */
  private async round(
    owner: string,
    keys: readonly string[],
    errand: Errand<T>,
    joinsOthers: boolean,
    results: Map<string, T>,
  ): Promise<string[]> {
    const flights = this.board(owner, keys, errand, joinsOthers);
    const refused: string[] = [];
    const all = Promise.all(
      Array.from(flights, async ([flight, flightKeys]) => {
        const landing = await this.landingFor(owner, flight);
        if (!landing) refused.push(...flightKeys);
        else for (const key of flightKeys) results.set(key, landing.values.get(key)!);
      }),
    );
    for (const flight of flights.keys()) flight.waiting += 1;
    try {
      await (errand.signal ? untilAborted(all, errand.signal, errand.cancelled) : all);
      return refused;
    } finally {
      for (const flight of flights.keys()) {
        flight.waiting -= 1;
        if (flight.waiting === 0 && !flight.hasLanded) flight.abort.abort();
      }
    }
  }

  /** Finds or launches a flight for each key. */
  private board(
    owner: string,
    keys: readonly string[],
    errand: Errand<T>,
    joinsOthers: boolean,
  ): Map<Flight<T>, readonly string[]> {
    const joined = new Map<Flight<T>, string[]>();
    const unasked: string[] = [];
    for (const key of keys) {
      const flight = this.find(key, owner, joinsOthers, errand.fresh ?? false);
      if (!flight) unasked.push(key);
      else joined.set(flight, [...(joined.get(flight) ?? []), key]);
    }
    const asks = unasked.length;
    if (asks > 0) errand.onAsk?.(asks);
    if (asks < keys.length) errand.onJoin?.(keys.length - asks);

    const flights = new Map<Flight<T>, readonly string[]>(joined);
    for (let start = 0; start < asks; start += this.batchSize) {
      const batch = unasked.slice(start, start + this.batchSize);
      flights.set(this.launch(owner, batch, errand), batch);
    }
    return flights;
  }

  private find(key: string, owner: string, joinsOthers: boolean, fresh: boolean): Flight<T> | undefined {
    const byOwner = this.flights.get(key);
    const own = byOwner?.get(owner);
    const [any] = joinsOthers ? (byOwner?.values() ?? []) : [];
    return [own, any].find((flight) => flight && !(fresh && flight.hasLanded));
  }

  private launch(owner: string, keys: readonly string[], errand: Errand<T>): Flight<T> {
    const abort = new AbortController();
    const landing = errand.fetch(keys, abort.signal);
    const flight: Flight<T> = { owner, landing, hasLanded: false, waiting: 0, abort };
    for (const key of keys) {
      const byOwner = this.flights.get(key) ?? new Map<string, Flight<T>>();
      this.flights.set(key, byOwner.set(owner, flight));
    }
    const remove = () => this.remove(keys, flight);
    abort.signal.addEventListener('abort', remove);
    void landing.then(
      async (landed) => {
        flight.hasLanded = true;
        this.lastScope = landed.scope;
        // What nobody may keep is not for newcomers either.
        if (landed.scope !== 'none' && landed.ttlMs > 0) await errand.keep(landed);
        this.landed += 1;
        remove();
      },
      () => {
        flight.hasLanded = true;
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

  /** @returns nothing where what came of the flight is not for this owner */
  private async landingFor(owner: string, flight: Flight<T>): Promise<Landing<T> | undefined> {
    const own = flight.owner === owner;
    try {
      const landing = await flight.landing;
      return own || landing.scope === 'public' ? landing : undefined;
    } catch (error) {
      if (own || this.isCommon(error)) throw error;
      return undefined;
    }
  }
}
