import { setTimeout as pause } from 'node:timers/promises';
import { type ClaimedItem, type DurableQueue, type NewItem, QueueUnavailableError } from '../durable-queue';
import { MAX_TRIES } from '../queue-runner';

export interface TestBody {
  value: unknown;
}

export type TestQueue = DurableQueue<TestBody>;

/** Where the queue under test is kept. Each test has an empty one of its own. */
export interface TestStore {
  /** Another process's view of the queue, not open yet. Where only one may have it open, the last one was closed or has crashed. */
  create(): TestQueue;
  /** The process that had opened the queue is killed: it gives nothing back. */
  crash(queue: TestQueue): Promise<void>;
  /** After so long at most, what a killed process had claimed can be claimed by another. */
  takeOverMs: number;
  dispose(): Promise<void>;
}

/** The behaviour that every adapter of the port keeps to. */
export function describeQueue(name: string, createStore: () => Promise<TestStore>): void {
  describe(`${name} as a durable queue`, () => {
    let store: TestStore;
    let queue: TestQueue;
    let opened: TestQueue[];

    beforeEach(async () => {
      opened = [];
      store = await createStore();
      queue = await open();
    });

    afterEach(async () => {
      await Promise.all(opened.map((each) => each.close()));
      await store.dispose();
    });

    async function open(): Promise<TestQueue> {
      const created = store.create();
      await created.open();
      opened.push(created);
      return created;
    }

    async function close(closing: TestQueue): Promise<void> {
      opened = opened.filter((each) => each !== closing);
      await closing.close();
    }

    async function crash(dying: TestQueue): Promise<void> {
      opened = opened.filter((each) => each !== dying);
      await store.crash(dying);
    }

    /** The process is killed, and what it had claimed is there for the next one. */
    async function reopen(): Promise<void> {
      await crash(queue);
      queue = await open();
      await pause(store.takeOverMs * 1.2);
    }

    /** Claims until so many are there. */
    async function claimed(count: number, withinMs = 1000, from = queue): Promise<ClaimedItem<TestBody>[]> {
      const until = Date.now() + withinMs;
      const items: ClaimedItem<TestBody>[] = [];
      while (items.length < count) {
        items.push(...(await from.claim(count - items.length)));
        if (items.length < count && Date.now() > until) break;
        if (items.length < count) await pause(5);
      }
      return items;
    }

    const claimedIds = async (count: number, withinMs?: number) => (await claimed(count, withinMs)).map(({ id }) => id);

    describe('storing', () => {
      it('tells how many were new, and stores a known id once', async () => {
        expect(await queue.add([item('1'), item('2')])).toBe(2);
        expect(await queue.add([item('2'), item('3'), item('3')])).toBe(1);
        expect(await queue.counts()).toEqual({ waiting: 3, claimed: 0, dead: 0 });
      });

      it('stores an id once that several add at the same time', async () => {
        const added = await Promise.all(Array.from({ length: 20 }, () => queue.add([item('1')])));
        expect(added.filter((count) => count === 1)).toHaveLength(1);
        expect(await queue.counts()).toMatchObject({ waiting: 1 });
      });

      it('knows an id after its item was done, set aside or removed', async () => {
        await queue.add([item('1', 'a'), item('2', 'b'), item('3', 'c')]);
        await claimed(2);
        await queue.done('1');
        await queue.dead('2', 'Error: broken');
        await queue.remove('3');
        expect(await queue.add([item('1'), item('2'), item('3')])).toBe(0);
        expect(await queue.claim(10)).toEqual([]);
      });

      it('takes nothing at all where there is nothing', async () => {
        expect(await queue.add([])).toBe(0);
        expect(await queue.claim(10)).toEqual([]);
      });

      it.each([
        ['text of every script', 'ёлка «№5» 你好 👍🏽 \u0000 \u2028 "quotes" \\ <b>&amp;</b>'],
        ['half a character', '\ud83d'],
        ['numbers', [0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER, -0.1]],
        ['empty things', [{}, [], '', null, false]],
        ['nested things', { a: [{ b: { c: [null, { d: 'e' }] } }] }],
        [
          'keys that mean something elsewhere',
          JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "": 4}') as unknown,
        ],
        ['a large text', 'д'.repeat(700_000)],
      ])('gives back %s as it was', async (_, value) => {
        await queue.add([{ id: '1', lane: 'a', body: { value } }]);
        const [first] = await claimed(1);
        expect(JSON.stringify(first?.body)).toBe(JSON.stringify({ value }));
      });

      it('keeps what was stored, whatever becomes of the object it was stored from', async () => {
        const body = { value: 'before' };
        await queue.add([{ id: '1', lane: 'a', body }]);
        body.value = 'after';
        expect((await claimed(1))[0]?.body).toEqual({ value: 'before' });
      });

      it('keeps ids and lanes of any text', async () => {
        const id = 'update:1 "\'; -- %_ {x}';
        await queue.add([{ id, lane: '-100 чат:{1}', body: { value: 1 } }]);
        expect(await claimed(1)).toEqual([expect.objectContaining({ id, lane: '-100 чат:{1}' })]);
        await queue.done(id);
        expect(await queue.counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
      });
    });

    describe('claiming', () => {
      it('gives an item with all that is known of it', async () => {
        const before = Date.now();
        await queue.add([item('1', 'a', 'broadcast')]);
        const [first] = await claimed(1);
        expect(first).toEqual({
          id: '1',
          lane: 'a',
          priority: 'broadcast',
          body: { value: '1' },
          tries: 1,
          addedAt: expect.any(Number) as number,
        });
        expect(first!.addedAt).toBeGreaterThanOrEqual(before - 1);
        expect(first!.addedAt).toBeLessThanOrEqual(Date.now() + 1);
      });

      it('gives the items of a lane one after another in their order', async () => {
        await queue.add([item('1'), item('2')]);
        await queue.add([item('3')]);
        const seen: string[] = [];
        for (let round = 0; round < 3; round += 1) {
          const [first, ...others] = await queue.claim(10);
          expect(others).toEqual([]);
          expect(await queue.claim(10)).toEqual([]);
          seen.push(first!.id);
          await queue.done(first!.id);
        }
        expect(seen).toEqual(['1', '2', '3']);
      });

      it('gives different lanes side by side, the oldest first, no more than asked for', async () => {
        await queue.add([item('1', 'a'), item('2', 'a'), item('3', 'b'), item('4', 'c')]);
        expect(await claimedIds(2)).toEqual(['1', '3']);
        expect(await claimedIds(2, 50)).toEqual(['4']);
      });

      it('gives answers before broadcasts between lanes, and keeps the order within one', async () => {
        await queue.add([
          item('1', 'a', 'broadcast'),
          item('2', 'b', 'broadcast'),
          item('3', 'c'),
          item('4', 'a', 'answer'),
          item('5', 'd', 'answer'),
        ]);
        expect(await claimedIds(4)).toEqual(['3', '5', '1', '2']);
        await queue.done('1');
        expect(await claimedIds(1)).toEqual(['4']);
      });

      it('counts what waits and what is claimed', async () => {
        await queue.add([item('1', 'a'), item('2', 'a'), item('3', 'b')]);
        await claimed(2);
        expect(await queue.counts()).toEqual({ waiting: 1, claimed: 2, dead: 0 });
        expect(await queue.laneLength('a')).toBe(2);
        await queue.done('1');
        expect(await queue.counts()).toEqual({ waiting: 1, claimed: 1, dead: 0 });
        expect(await queue.laneLength('a')).toBe(1);
        expect(await queue.laneLength('nobody')).toBe(0);
      });
    });

    describe('ending', () => {
      it('takes no offence at an id that has ended or was never there', async () => {
        await queue.add([item('1')]);
        await claimed(1);
        await Promise.all([queue.done('1'), queue.done('1'), queue.done('nobody')]);
        await queue.done('1');
        await queue.again('1', Date.now(), 'late');
        await queue.dead('1', 'late');
        expect(await queue.counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
      });

      it('gives an item again at its time, and lets its lane wait for it', async () => {
        await queue.add([item('1'), item('2'), item('3', 'other')]);
        await claimed(1);
        const at = Date.now() + 200;
        await queue.again('1', at, 'Error: not now');
        expect(await claimedIds(2, 50)).toEqual(['3']);
        expect(await queue.counts()).toEqual({ waiting: 2, claimed: 1, dead: 0 });
        const [first] = await claimed(1);
        expect(Date.now()).toBeGreaterThanOrEqual(at);
        expect(first).toMatchObject({ id: '1', tries: 2 });
      });

      it('counts no try where the failure was not its own', async () => {
        await queue.add([item('1')]);
        await claimed(1);
        await queue.again('1', Date.now(), 'stopping', false);
        expect(await claimed(1)).toMatchObject([{ id: '1', tries: 1 }]);
        await queue.again('1', Date.now(), 'Error: broken');
        expect(await claimed(1)).toMatchObject([{ id: '1', tries: 2 }]);
      });

      it('sets an item aside, out of the way of its lane, and lists the latest first', async () => {
        const before = Date.now();
        await queue.add([item('1'), item('2'), item('3')]);
        await claimed(1);
        await queue.dead('1', 'Error: broken');
        await claimed(1);
        await queue.again('2', Date.now(), 'Error: once');
        await claimed(1);
        await pause(2);
        await queue.dead('2', 'Error: twice');
        expect(await claimedIds(1)).toEqual(['3']);
        expect(await queue.counts()).toEqual({ waiting: 0, claimed: 1, dead: 2 });
        const dead = await queue.listDead(10);
        expect(dead).toEqual([
          { id: '2', lane: 'a', tries: 2, reason: 'Error: twice', at: expect.any(Number) as number },
          { id: '1', lane: 'a', tries: 1, reason: 'Error: broken', at: expect.any(Number) as number },
        ]);
        expect(dead[0]!.at).toBeGreaterThanOrEqual(before - 1);
        expect(await queue.listDead(1)).toHaveLength(1);
      });

      it('removes an item that waits, also from the middle of its lane, and none that is being worked on', async () => {
        await queue.add([item('1'), item('2'), item('3')]);
        expect(await queue.remove('2')).toBe(true);
        expect(await queue.remove('2')).toBe(false);
        expect(await queue.laneLength('a')).toBe(2);
        await claimed(1);
        expect(await queue.remove('1')).toBe(false);
        await queue.done('1');
        expect(await claimedIds(1)).toEqual(['3']);
      });

      it('removes the first of a lane that waits for its time, and the lane goes on', async () => {
        await queue.add([item('1'), item('2')]);
        await claimed(1);
        await queue.again('1', Date.now() + 60_000, 'Error: later');
        expect(await queue.remove('1')).toBe(true);
        expect(await claimedIds(1)).toEqual(['2']);
      });
    });

    describe('waking', () => {
      let woken: number;

      beforeEach(() => {
        woken = 0;
        queue.onReady(() => (woken += 1));
      });

      async function expectWoken(action: () => Promise<unknown>, withinMs = 1000): Promise<void> {
        await pause(20);
        woken = 0;
        await action();
        const until = Date.now() + withinMs;
        while (woken === 0 && Date.now() < until) await pause(2);
        expect(woken).toBeGreaterThan(0);
      }

      it('calls when an item was added, a lane became free and a time has come', async () => {
        await expectWoken(() => queue.add([item('1'), item('2'), item('3')]));
        await claimed(1);
        await expectWoken(() => queue.done('1'));
        await claimed(1);
        await expectWoken(() => queue.dead('2', 'Error: broken'));
        await claimed(1);
        const at = Date.now() + 150;
        await expectWoken(() => queue.again('3', at, 'Error: later'));
        expect(await claimedIds(1)).toEqual(['3']);
        expect(Date.now()).toBeGreaterThanOrEqual(at);
      });
    });

    describe('after the process', () => {
      it('has what was added, in its order, after a stop', async () => {
        await queue.add([item('1'), item('2'), item('3', 'b', 'broadcast'), item('4', 'c')]);
        await claimed(1);
        await close(queue);
        queue = await open();
        expect(await queue.counts()).toEqual({ waiting: 4, claimed: 0, dead: 0 });
        const items = await claimed(3);
        expect(items.map(({ id }) => id)).toEqual(['1', '4', '3']);
        expect(items[0]).toMatchObject({ tries: 1, body: { value: '1' } });
      });

      it('has what was claimed when it was killed, counted as a try, and the rest of its lane behind it', async () => {
        await queue.add([item('1'), item('2'), item('3', 'b'), item('4', 'c')]);
        expect(await claimedIds(3)).toEqual(['1', '3', '4']);
        await queue.done('3');
        await crash(queue);
        queue = await open();
        const items = await claimed(2, store.takeOverMs + 2000);
        expect(items.map(({ id, tries }) => ({ id, tries }))).toEqual([
          { id: '1', tries: 2 },
          { id: '4', tries: 2 },
        ]);
        await queue.done('1');
        expect(await claimedIds(1)).toEqual(['2']);
      });

      it('knows tries, times, ids and the dead', async () => {
        await queue.add([item('1', 'a'), item('2', 'b'), item('3', 'c')]);
        await claimed(3);
        const at = Date.now() + 400;
        await queue.again('1', at, 'Error: later');
        await queue.dead('2', 'Error: broken');
        await queue.done('3');
        await crash(queue);
        queue = await open();
        expect(await queue.add([item('1'), item('2'), item('3')])).toBe(0);
        expect(await queue.listDead(10)).toMatchObject([{ id: '2', tries: 1, reason: 'Error: broken' }]);
        expect(await queue.counts()).toEqual({ waiting: 1, claimed: 0, dead: 1 });
        const [first] = await claimed(1, 2000 + store.takeOverMs);
        expect(Date.now()).toBeGreaterThanOrEqual(at);
        expect(first).toMatchObject({ id: '1', tries: 2 });
      });

      it('works on what was under way in two deaths first, one at a time', async () => {
        await queue.add([item('1', 'a'), item('2', 'b'), item('3', 'c')]);
        await claimed(3);
        await reopen();
        expect(await claimedIds(2)).toEqual(['1', '2']);
        await reopen();
        await queue.add([item('4', 'd')]);
        expect(await queue.claim(10)).toMatchObject([
          { id: '1', tries: 3 },
          { id: '3', tries: 2 },
          { id: '4', tries: 1 },
        ]);
        await queue.done('1');
        expect(await queue.claim(10)).toMatchObject([{ id: '2', tries: 3 }]);
        await queue.again('2', Date.now(), 'the process stops', false);
        expect(await queue.claim(10)).toMatchObject([{ id: '2', tries: 3 }]);
      });

      it('suspects nothing that failed in its own way since', async () => {
        await queue.add([item('1', 'a'), item('2', 'b')]);
        for (let death = 0; death < 2; death += 1) {
          await claimed(2);
          await reopen();
        }
        await claimed(1);
        await queue.again('1', Date.now(), 'Error: broken');
        expect(await queue.claim(2)).toMatchObject([
          { id: '2', tries: 3 },
          { id: '1', tries: 4 },
        ]);
      });

      it('tells an item that kills its process from those that were under way beside it', async () => {
        await queue.add(['1', 'poison', '3', '4', '5'].map((id) => item(id, id)));
        const tries = new Map<string, number>();
        while ((tries.get('poison') ?? 0) <= MAX_TRIES) {
          const items = await queue.claim(10);
          items.forEach(({ id, tries: now }) => tries.set(id, now));
          if (tries.size === 0) continue;
          if (items.some(({ id }) => id === 'poison')) await reopen();
          else await Promise.all(items.map(({ id }) => queue.done(id)));
        }
        tries.delete('poison');
        expect([...tries.keys()].sort()).toEqual(['1', '3', '4', '5']);
        expect(Math.max(...tries.values())).toBeLessThanOrEqual(3);
      });

      it('can be closed twice, and tells so where it is used afterwards', async () => {
        await close(queue);
        await queue.close();
        await expect(queue.add([item('1')])).rejects.toBeInstanceOf(QueueUnavailableError);
      });
    });

    describe('knows what is under way in a lane', () => {
      it('from the moment it is stored until it is done or set aside', async () => {
        expect(queue.hasUnderWay('a')).toBe(false);
        await queue.add([item('1'), item('2'), item('3', 'b')]);
        expect(queue.hasUnderWay('a')).toBe(true);
        await claimed(2);
        await queue.done('1');
        expect(queue.hasUnderWay('a')).toBe(true);
        await claimed(1);
        await queue.dead('2', 'no use');
        await queue.done('3');
        expect([queue.hasUnderWay('a'), queue.hasUnderWay('b')]).toEqual([false, false]);
      });

      it('also where it was given back', async () => {
        await queue.add([item('1')]);
        await claimed(1);
        await queue.again('1', Date.now() + 60_000, 'later');
        expect(queue.hasUnderWay('a')).toBe(true);
      });
    });

    describe('with many at once', () => {
      it('gives each item once and each lane in its order', async () => {
        const lanes = 40;
        const perLane = 25;
        const adding = Array.from({ length: lanes }, async (_, lane) => {
          for (let at = 0; at < perLane; at += 5) {
            await queue.add(Array.from({ length: 5 }, (__, next) => item(`${lane}/${at + next}`, `lane ${lane}`)));
          }
        });
        const seen = new Map<string, string[]>();
        const active = new Set<string>();
        let left = lanes * perLane;
        const workers = Array.from({ length: 10 }, async () => {
          while (left > 0) {
            const items = await queue.claim(4);
            if (items.length === 0) await pause(1);
            for (const { id, lane } of items) {
              expect(active.has(lane)).toBe(false);
              active.add(lane);
              seen.set(lane, [...(seen.get(lane) ?? []), id]);
            }
            await Promise.all(
              items.map(async ({ id, lane }) => {
                active.delete(lane);
                left -= 1;
                await queue.done(id);
              }),
            );
          }
        });
        await Promise.all([...adding, ...workers]);
        expect(seen.size).toBe(lanes);
        for (const [lane, ids] of seen) {
          expect(ids).toEqual(Array.from({ length: perLane }, (_, at) => `${lane.slice('lane '.length)}/${at}`));
        }
        expect(await queue.counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
      });

      it('claims from a thousand lanes at once', async () => {
        await queue.add(Array.from({ length: 1000 }, (_, at) => item(String(at), `lane ${at}`)));
        const ids = await claimedIds(1000, 5000);
        expect(new Set(ids).size).toBe(1000);
      });
    });
  });
}

function item(id: string, lane = 'a', priority?: NewItem<TestBody>['priority']): NewItem<TestBody> {
  return { id, lane, body: { value: id }, ...(priority ? { priority } : {}) };
}
