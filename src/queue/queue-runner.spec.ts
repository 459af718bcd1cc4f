import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { type ClaimedItem, QueueUnavailableError } from './durable-queue';
import { QueueFile } from './embedded/queue-file';
import { SqliteQueue } from './embedded/sqlite-queue';
import { MAX_TRIES, Postpone, QueueRunner, type Work } from './queue-runner';

interface Body {
  text: string;
}

const SECRET = 'what the supplier wrote';

describe(QueueRunner.name, () => {
  let folder: string;
  let queue: SqliteQueue<Body>;
  let runner: QueueRunner<Body> | undefined;
  let warn: jest.SpyInstance;
  let error: jest.SpyInstance;
  let log: jest.SpyInstance;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'queues-'));
    queue = new SqliteQueue(new QueueFile(folder), 'test');
    await queue.open();
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    error = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    log = jest.spyOn(Logger.prototype, 'log').mockReturnValue();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await runner?.stop({ finishMs: 0 });
    await queue.close();
    rmSync(folder, { recursive: true });
  });

  function run(work: Work<Body>, concurrency = 10): QueueRunner<Body> {
    runner = new QueueRunner(queue, work, { name: 'test', concurrency });
    runner.start();
    return runner;
  }

  const item = (id: string, lane = id) => ({ id, lane, body: { text: SECRET } });

  async function eventually(check: () => void | Promise<void>, withinMs = 3000): Promise<void> {
    const until = Date.now() + withinMs;
    for (;;) {
      try {
        return await check();
      } catch (failure) {
        if (Date.now() > until) throw failure;
        await pause(5);
      }
    }
  }

  const emptied = () => eventually(async () => expect(await queue.counts()).toMatchObject({ waiting: 0, claimed: 0 }));

  it('works on what is there and on what comes, each lane in order', async () => {
    await queue.add([item('1', 'a'), item('2', 'a')]);
    const seen: string[] = [];
    run(async ({ id }) => {
      await pause(id === '1' ? 20 : 1);
      seen.push(id);
    });
    await queue.add([item('3', 'a')]);
    await emptied();
    expect(seen).toEqual(['1', '2', '3']);
  });

  it('lets in what comes meanwhile before all that there is has begun', async () => {
    await queue.add(Array.from({ length: 40 }, (_, at) => item(String(at))));
    const events: string[] = [];
    run(async ({ id }) => {
      events.push(id);
      if (id === '0') setImmediate(() => events.push('what came'));
    }, 100);
    await emptied();
    expect(events.indexOf('what came')).toBeGreaterThan(0);
    expect(events.indexOf('what came')).toBeLessThan(events.length - 1);
  });

  it('works on lanes side by side, so many at once', async () => {
    let most = 0;
    let now = 0;
    run(async () => {
      now += 1;
      most = Math.max(most, now);
      await pause(10);
      now -= 1;
    }, 4);
    await queue.add(Array.from({ length: 20 }, (_, at) => item(String(at))));
    await emptied();
    expect(most).toBe(4);
  });

  it('lets one stuck item hold its own lane alone', async () => {
    const seen: string[] = [];
    run(async ({ id }, { signal }) => {
      if (id === 'stuck') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error())));
      seen.push(id);
    });
    await queue.add([item('stuck', 'a'), item('behind', 'a'), item('1'), item('2')]);
    await eventually(() => expect(seen).toEqual(['1', '2']));
    await eventually(async () => expect(await queue.counts()).toEqual({ waiting: 1, claimed: 1, dead: 0 }));
  });

  it('tries again with growing pauses, then sets aside and goes on with the lane', async () => {
    const tries: number[] = [];
    const again = jest.spyOn(queue, 'again');
    again.mockImplementation((id, at, reason, counts) => {
      pauses.push(at - Date.now());
      return SqliteQueue.prototype.again.call(queue, id, Date.now(), reason, counts);
    });
    const pauses: number[] = [];
    run(async ({ id, tries: number }) => {
      if (id === 'next') return;
      tries.push(number);
      throw new TypeError('cannot be read');
    });
    await queue.add([item('poison', 'a'), item('next', 'a')]);
    await emptied();
    expect(tries).toEqual([1, 2, 3, 4, 5]);
    expect(tries).toHaveLength(MAX_TRIES);
    expect(pauses.map((ms) => Math.round(ms / 100) / 10)).toEqual([1, 5, 30, 120]);
    expect(await queue.listDead(10)).toMatchObject([{ id: 'poison', tries: 5, reason: 'TypeError: cannot be read' }]);

    expect(warn).toHaveBeenCalledTimes(4);
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ queue: 'test', id: 'poison', lane: 'a', try: 1 }));
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ id: 'poison', lane: 'a', try: 5 }));
    expect(JSON.stringify([warn.mock.calls, error.mock.calls])).not.toContain(SECRET);
  });

  it('sets aside unseen what killed its process in each try', async () => {
    const work = jest.fn<Promise<void>, [ClaimedItem<Body>]>(() => Promise.resolve());
    await queue.add([item('poison')]);
    for (let death = 0; death < MAX_TRIES; death += 1) {
      const file = new QueueFile(folder);
      await queue.claim(1);
      queue['file'].close();
      queue = new SqliteQueue(file, 'test');
      await queue.open();
    }
    run(work);
    await emptied();
    expect(work).not.toHaveBeenCalled();
    expect(await queue.counts()).toMatchObject({ dead: 1 });
  });

  it('gives back until a time what was postponed, without a try counted unless told', async () => {
    const seen: { tries: number; at: number }[] = [];
    const start = Date.now();
    run(async ({ tries }) => {
      seen.push({ tries, at: Date.now() - start });
      if (seen.length === 1) throw new Postpone(start + 100, 'slow down');
      if (seen.length === 2) throw new Postpone(start + 200, 'broken', true);
    });
    await queue.add([item('1')]);
    await emptied();
    expect(seen.map(({ tries }) => tries)).toEqual([1, 1, 2]);
    expect(seen[1]!.at).toBeGreaterThanOrEqual(100);
    expect(seen[2]!.at).toBeGreaterThanOrEqual(200);
    expect(seen[2]!.at).toBeLessThan(900);
  });

  describe('when stopped', () => {
    it('waits for what is under way and claims no more', async () => {
      const seen: string[] = [];
      const running = run(async ({ id }) => {
        await pause(50);
        seen.push(id);
      });
      await queue.add([item('1', 'a'), item('2', 'a')]);
      await eventually(() => expect(running.running).toBe(1));
      await running.stop({ finishMs: 5000 });
      expect(seen).toEqual(['1']);
      expect(await queue.counts()).toEqual({ waiting: 1, claimed: 0, dead: 0 });
    });

    it('gives back what it was about to begin', async () => {
      const work = jest.fn<Promise<void>, [ClaimedItem<Body>]>(() => Promise.resolve());
      await queue.add([item('1')]);
      const running = run(work);
      await running.stop({ finishMs: 1000 });
      expect(work).not.toHaveBeenCalled();
      expect(await queue.counts()).toEqual({ waiting: 1, claimed: 0, dead: 0 });
    });

    it('is at once where nothing is under way', async () => {
      const running = run(() => Promise.resolve());
      const start = Date.now();
      await running.stop({ finishMs: 5000 });
      expect(Date.now() - start).toBeLessThan(100);
    });

    it('aborts what takes too long, and gives it back without a try counted', async () => {
      const running = run(
        (_, { signal }) =>
          new Promise((__, reject) => signal.addEventListener('abort', () => reject(new Error('gone')))),
      );
      await queue.add([item('1')]);
      await eventually(() => expect(running.running).toBe(1));
      await running.stop({ finishMs: 20 });
      expect(await queue.claim(1)).toMatchObject([{ id: '1', tries: 1 }]);
      expect(warn).not.toHaveBeenCalled();
    });

    it('gives back also what does not notice', async () => {
      let end = (): void => undefined;
      const running = run(() => new Promise((resolve) => (end = resolve)));
      await queue.add([item('1')]);
      await eventually(() => expect(running.running).toBe(1));
      await running.stop({ finishMs: 20 });
      expect(await queue.counts()).toEqual({ waiting: 1, claimed: 0, dead: 0 });
      expect(await queue.claim(1)).toMatchObject([{ id: '1', tries: 1 }]);
      end();
      await pause(20);
      expect(await queue.counts()).toMatchObject({ claimed: 1 });
    });
  });

  describe('when the store does not answer', () => {
    it('pauses, tells it once, and goes on by itself', async () => {
      const claim = jest.spyOn(queue, 'claim').mockRejectedValue(new QueueUnavailableError('the disk is full'));
      const work = jest.fn<Promise<void>, [ClaimedItem<Body>]>(() => Promise.resolve());
      run(work);
      await queue.add([item('1'), item('2')]);
      await pause(900);
      expect(claim.mock.calls.length).toBeGreaterThanOrEqual(3);
      expect(claim.mock.calls.length).toBeLessThan(6);
      expect(error).toHaveBeenCalledTimes(1);
      expect(error).toHaveBeenCalledWith(
        expect.objectContaining({ queue: 'test', reason: 'QueueUnavailableError: the disk is full' }),
      );
      claim.mockRestore();
      await emptied();
      expect(work).toHaveBeenCalledTimes(2);
      expect(log).toHaveBeenCalledTimes(1);
    });

    it('works on nothing twice whose end could not be stored at first', async () => {
      const done = jest.spyOn(queue, 'done').mockRejectedValueOnce(new QueueUnavailableError('the disk is full'));
      const work = jest.fn<Promise<void>, [ClaimedItem<Body>]>(() => Promise.resolve());
      run(work);
      await queue.add([item('1')]);
      await emptied();
      expect(work).toHaveBeenCalledTimes(1);
      expect(done).toHaveBeenCalledTimes(2);
    });

    it('counts no try where the work itself met it', async () => {
      const tries: number[] = [];
      const again = jest.spyOn(queue, 'again');
      again.mockImplementation((id, at, reason, counts) =>
        SqliteQueue.prototype.again.call(queue, id, Math.min(at, Date.now() + 50), reason, counts),
      );
      run(async ({ tries: number }) => {
        tries.push(number);
        if (tries.length < 3) throw new QueueUnavailableError('the disk is full');
      });
      await queue.add([item('1')]);
      await emptied();
      expect(tries).toEqual([1, 1, 1]);
      expect(warn).not.toHaveBeenCalled();
    });

    it('stops all the same', async () => {
      const running = run(() => Promise.resolve());
      jest.spyOn(queue, 'claim').mockRejectedValue(new QueueUnavailableError('the disk is full'));
      jest.spyOn(queue, 'done').mockRejectedValue(new QueueUnavailableError('the disk is full'));
      await queue.add([item('1')]);
      await pause(50);
      const start = Date.now();
      await running.stop({ finishMs: 100 });
      expect(Date.now() - start).toBeLessThan(2000);
    });
  });
});
