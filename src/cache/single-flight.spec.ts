import { setImmediate as turn } from 'node:timers/promises';
import { type Scope } from './cache-control';
import { SingleFlight, type Errand, type Landing } from './single-flight';

class Common extends Error {}

/** A request that waits for the test to answer it. */
interface Request {
  by: string;
  keys: readonly string[];
  signal: AbortSignal;
  answer: (scope?: Scope) => Promise<void>;
  fail: (error: Error) => Promise<void>;
}

describe(SingleFlight.name, () => {
  let requests: Request[];
  let kept: string[][];
  let flights: SingleFlight<string>;

  beforeEach(() => {
    requests = [];
    kept = [];
    flights = new SingleFlight<string>(3, (error) => error instanceof Common);
  });

  const errand = (by: string, more: Partial<Errand<string>> = {}): Errand<string> => ({
    fetch: (keys, signal) =>
      new Promise<Landing<string>>((resolve, reject) => {
        requests.push({
          by,
          keys,
          signal,
          answer: async (scope = 'private') => {
            resolve({ scope, ttlMs: 1, values: new Map(keys.map((key) => [key, `${key} of ${by}`])) });
            await turn();
          },
          fail: async (error) => {
            reject(error);
            await turn();
          },
        });
      }),
    keep: ({ values }) => Promise.resolve(void kept.push([...values.keys()])),
    cancelled: () => new Error('cancelled'),
    ...more,
  });
  const ask = (owner: string, keys: string[], more?: Partial<Errand<string>>) =>
    flights.ask(owner, keys, errand(owner, more)).then((values) => [...values.values()].sort());
  const asked = () => requests.map(({ by, keys }) => `${by}: ${keys.join(' ')}`);

  it('joins askers of the same owner into one request', async () => {
    const all = Promise.all(Array.from({ length: 50 }, () => ask('S1', ['A'])));
    await requests[0]?.answer();
    await expect(all).resolves.toEqual(Array(50).fill(['A of S1']));
    expect(asked()).toEqual(['S1: A']);
    expect(kept).toEqual([['A']]);
  });

  it('asks only for what nobody asks for yet', async () => {
    const counts = { asked: 0, joined: 0 };
    const first = ask('S1', ['A', 'B']);
    const second = ask('S1', ['B', 'C'], {
      onAsk: (keys) => void (counts.asked += keys),
      onJoin: (keys) => void (counts.joined += keys),
    });
    expect(asked()).toEqual(['S1: A B', 'S1: C']);
    expect(counts).toEqual({ asked: 1, joined: 1 });
    await requests[1]?.answer();
    await requests[0]?.answer();
    await expect(first).resolves.toEqual(['A of S1', 'B of S1']);
    await expect(second).resolves.toEqual(['B of S1', 'C of S1']);
  });

  it('asks in batches', async () => {
    const answer = ask('S1', ['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    expect(asked()).toEqual(['S1: A B C', 'S1: D E F', 'S1: G']);
    for (const request of requests) await request.answer();
    await expect(answer).resolves.toHaveLength(7);
  });

  it('asks again once it has landed and is kept', async () => {
    let release: () => void = () => undefined;
    const keep = () => new Promise<void>((resolve) => (release = resolve));
    const first = ask('S1', ['A'], { keep });
    await requests[0]?.answer();
    await expect(first).resolves.toEqual(['A of S1']);
    await expect(ask('S1', ['A'])).resolves.toEqual(['A of S1']);
    expect(requests).toHaveLength(1);
    release();
    await turn();
    void ask('S1', ['A']);
    expect(requests).toHaveLength(2);
  });

  it('does not give a fresh asker what had landed before', async () => {
    let release: () => void = () => undefined;
    const keep = () => new Promise<void>((resolve) => (release = resolve));
    const first = ask('S1', ['A'], { keep });
    const joined = ask('S1', ['A'], { fresh: true });
    await requests[0]?.answer();
    await Promise.all([first, joined]);
    void ask('S1', ['A'], { fresh: true });
    expect(requests).toHaveLength(2);
    release();
    await turn();
    void ask('S1', ['A']);
    expect(requests).toHaveLength(2);
  });

  it('shares an error with those who joined and does not keep it', async () => {
    const all = Promise.allSettled([ask('S1', ['A']), ask('S1', ['A'])]);
    await requests[0]?.fail(new Error('no such supplier'));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = ask('S1', ['A']);
    await requests[1]?.answer();
    await expect(again).resolves.toEqual(['A of S1']);
  });

  it('lets a retry in the same turn ask anew', async () => {
    const again = ask('S1', ['A']).catch(() => ask('S1', ['A']));
    await requests[0]?.fail(new Error('lost'));
    expect(requests).toHaveLength(2);
    await requests[1]?.answer();
    await expect(again).resolves.toEqual(['A of S1']);
  });

  describe('across owners', () => {
    it('shares what is public', async () => {
      const both = Promise.all([ask('S1', ['A']), ask('S2', ['A', 'B'])]);
      expect(asked()).toEqual(['S1: A', 'S2: B']);
      for (const request of requests) await request.answer('public');
      await expect(both).resolves.toEqual([['A of S1'], ['A of S1', 'B of S2']]);
    });

    it.each<Scope>(['private', 'none'])('never shares what is %s', async (scope) => {
      const other = [ask('S2', ['A']), ask('S2', ['A'])];
      const [, ...third] = [ask('S1', ['A']), ask('S3', ['A'])];
      expect(asked()).toEqual(['S2: A']);
      await requests[0]?.answer(scope);
      expect(asked()).toEqual(['S2: A', 'S1: A', 'S3: A']);
      await Promise.all(requests.slice(1).map(({ answer }) => answer(scope)));
      await expect(Promise.all([...other, ...third])).resolves.toEqual([['A of S2'], ['A of S2'], ['A of S3']]);
    });

    it.each<Scope>(['private', 'none'])('does not wait for another once answers are known to be %s', async (scope) => {
      const first = ask('S1', ['A']);
      await requests[0]?.answer(scope);
      await first;
      void ask('S1', ['B']);
      void ask('S2', ['B']);
      expect(asked()).toEqual(['S1: A', 'S1: B', 'S2: B']);
    });

    it('waits again once an answer was public', async () => {
      for (const scope of ['private', 'public'] as const) {
        const answer = ask('S1', ['A']);
        await requests.at(-1)?.answer(scope);
        await answer;
      }
      void ask('S1', ['B']);
      void ask('S2', ['B']);
      expect(requests).toHaveLength(3);
    });

    it('does not share a failure that is one owner’s', async () => {
      const first = ask('S1', ['A']);
      const second = ask('S2', ['A']);
      const settled = Promise.allSettled([first]);
      await requests[0]?.fail(new Error('no such supplier'));
      expect((await settled)[0].status).toBe('rejected');
      expect(asked()).toEqual(['S1: A', 'S2: A']);
      await requests[1]?.answer();
      await expect(second).resolves.toEqual(['A of S2']);
    });

    it('shares a failure that is everybody’s', async () => {
      const all = Promise.allSettled([ask('S1', ['A']), ask('S2', ['A'])]);
      await requests[0]?.fail(new Common('away'));
      expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(requests).toHaveLength(1);
    });
  });

  describe('cancellation', () => {
    it('of one asker leaves the request to the others', async () => {
      const leaving = new AbortController();
      const first = ask('S1', ['A'], { signal: leaving.signal });
      const second = ask('S1', ['A']);
      leaving.abort();
      await expect(first).rejects.toThrow('cancelled');
      expect(requests[0]?.signal.aborted).toBe(false);
      await requests[0]?.answer();
      await expect(second).resolves.toEqual(['A of S1']);
      expect(kept).toEqual([['A']]);
    });

    it('of all askers ends the request, and nobody joins it any more', async () => {
      const leaving = new AbortController();
      const all = Promise.allSettled(['S1', 'S2'].map((owner) => ask(owner, ['A', 'B'], { signal: leaving.signal })));
      leaving.abort();
      await all;
      expect(requests[0]?.signal.aborted).toBe(true);
      const late = ask('S1', ['A']);
      expect(requests).toHaveLength(2);
      await requests[1]?.answer();
      await expect(late).resolves.toEqual(['A of S1']);
      await requests[0]?.fail(new Error('ended'));
    });

    it('of an asker of part of a batch leaves the other part waiting', async () => {
      const leaving = new AbortController();
      const first = ask('S1', ['A', 'B'], { signal: leaving.signal });
      const second = ask('S1', ['B']);
      leaving.abort();
      await expect(first).rejects.toThrow('cancelled');
      expect(requests[0]?.signal.aborted).toBe(false);
      await requests[0]?.answer();
      await expect(second).resolves.toEqual(['B of S1']);
    });
  });
});
