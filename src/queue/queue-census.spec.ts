import { type QueueCounts, QueueUnavailableError, type WriteFailure } from './durable-queue';
import { type Inbox } from './inbox';
import { type Outbox } from './outbox';
import { type Promised } from './promised';
import { QueueCensus } from './queue-census';

const NONE: QueueCounts = { waiting: 0, claimed: 0, dead: 0 };

function censusOf(
  counts: Record<'inbox' | 'outbox' | 'promised', () => Promise<QueueCounts>>,
  failure?: WriteFailure,
): QueueCensus {
  const writeFailure = () => failure;
  const queue = (name: keyof typeof counts) => ({ counts: counts[name], writeFailure }) as unknown;
  return new QueueCensus(queue('inbox') as Inbox, queue('outbox') as Outbox, queue('promised') as Promised);
}

describe(QueueCensus.name, () => {
  it('tells what lies in each queue', async () => {
    const inbox = { waiting: 3, claimed: 2, dead: 1 };
    const census = censusOf({ inbox: async () => inbox, outbox: async () => NONE, promised: async () => NONE });
    await expect(census.take()).resolves.toEqual([
      { name: 'inbox', isUp: true, counts: inbox },
      { name: 'outbox', isUp: true, counts: NONE },
      { name: 'promised', isUp: true, counts: NONE },
    ]);
  });

  it('tells of a store that cannot be written to, and what lies there all the same', async () => {
    const none = async () => NONE;
    const census = censusOf({ inbox: none, outbox: none, promised: none }, { reason: 'the disk is full', since: 0 });
    expect((await census.take())[0]).toEqual({ name: 'inbox', isUp: false, counts: NONE });
  });

  it('goes on without a store that fails', async () => {
    const failing = () => Promise.reject(new QueueUnavailableError('Redis is away'));
    const census = censusOf({ inbox: failing, outbox: async () => NONE, promised: failing });
    await expect(census.take()).resolves.toEqual([
      { name: 'inbox', isUp: false },
      { name: 'outbox', isUp: true, counts: NONE },
      { name: 'promised', isUp: false },
    ]);
  });

  it('waits for a store that hangs no longer than half a second, and asks it once until it answers', async () => {
    let answer = (_: QueueCounts) => {};
    const inbox = jest.fn(() => new Promise<QueueCounts>((resolve) => (answer = resolve)));
    const census = censusOf({ inbox, outbox: async () => NONE, promised: async () => NONE });
    const startedAt = performance.now();
    const censuses = await Promise.all([census.take(), census.take()]);
    expect(performance.now() - startedAt).toBeLessThan(800);
    for (const [entry] of censuses) expect(entry).toEqual({ name: 'inbox', isUp: false });
    const third = census.take();
    answer(NONE);
    expect((await third)[0]).toEqual({ name: 'inbox', isUp: true, counts: NONE });
    expect(inbox).toHaveBeenCalledTimes(1);
    void census.take();
    expect(inbox).toHaveBeenCalledTimes(2);
  });
});
