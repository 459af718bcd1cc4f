import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InboxUpdate } from '../inbox';
import { type OutboxMessage } from '../outbox';
import { EmbeddedHandover } from './embedded-handover';
import { QueueFile } from './queue-file';
import { SqliteQueue } from './sqlite-queue';

const HOUR_MS = 3_600_000;
const MEGABYTE = 'x'.repeat(1024 * 1024);

describe(SqliteQueue.name, () => {
  let folder: string;
  let file: QueueFile;
  let inbox: SqliteQueue<InboxUpdate>;
  let outbox: SqliteQueue<OutboxMessage>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'queues-'));
    await open();
  });

  afterEach(async () => {
    jest.useRealTimers();
    await close();
    rmSync(folder, { recursive: true });
  });

  async function open(): Promise<void> {
    file = new QueueFile(folder);
    inbox = new SqliteQueue(file, 'inbox');
    outbox = new SqliteQueue(file, 'outbox');
    await inbox.open();
    await outbox.open();
  }

  async function close(): Promise<void> {
    await inbox.close();
    await outbox.close();
  }

  /** The file is closed with nothing given back, as by the death of the process. */
  async function die(): Promise<void> {
    file.close();
    file.close();
    await open();
  }

  const update = (id: number, lane = String(id)) => ({ id: String(id), lane, body: { update_id: id } });
  const message = (id: string, text = id): { id: string; lane: string; body: OutboxMessage } => ({
    id,
    lane: '77',
    body: { method: 'sendMessage', payload: { text } },
  });

  it('is named by letters, for they become the names of its tables', () => {
    expect(() => new SqliteQueue(file, 'inbox; DROP TABLE')).toThrow(TypeError);
  });

  it('keeps the bodies of a large backlog on disk, and reads them when they are claimed', async () => {
    const texts = Array.from({ length: 20 }, (_, at) => `${at} ${MEGABYTE}`);
    const before = process.memoryUsage().heapUsed;
    for (const [at, text] of texts.entries()) await outbox.add([{ ...message(String(at), text), lane: String(at) }]);
    expect(outbox['bodyChars']).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * 1024 * 1024);
    const claimed = await outbox.claim(100);
    expect(claimed.map(({ body }) => body.payload['text'] === texts.shift())).toEqual(Array(20).fill(true));
    await Promise.all(claimed.map(({ id }) => outbox.done(id)));
    expect(outbox['bodyChars']).toBe(0);
  });

  it('refuses a body that is no JSON, and stores what others add', async () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const [refused, stored] = await Promise.allSettled([
      outbox.add([{ ...message('1'), body: { method: 'sendMessage', payload: cycle } }]),
      outbox.add([message('2')]),
    ]);
    expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(TypeError) as TypeError });
    expect(stored).toEqual({ status: 'fulfilled', value: 1 });
  });

  describe('an item that came into an empty lane', () => {
    const tries = async () => (await inbox.claim(10)).map(({ id, tries }) => [id, tries]);

    beforeEach(() => inbox.add([update(1, 'a'), update(2, 'a')]));

    it('counts a try when the process dies, for it is worked on at once', async () => {
      await die();
      expect(await tries()).toEqual([['1', 2]]);
      await inbox.done('1');
      expect(await tries()).toEqual([['2', 1]]);
    });

    it('counts none when the queue is closed before it was claimed', async () => {
      await close();
      await open();
      expect(await tries()).toEqual([['1', 1]]);
    });
  });

  describe('after a time', () => {
    beforeEach(async () => {
      await close();
      jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout', 'performance'] });
      await open();
    });

    /** The sweep comes by the clock; what it began is awaited. */
    async function later(ms: number): Promise<void> {
      jest.setSystemTime(Date.now() + ms);
      jest.advanceTimersByTime(60_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }

    it('forgets an id a day after its item was done, also on disk', async () => {
      await inbox.add([update(1), update(2), update(3)]);
      await inbox.claim(2);
      await Promise.all([inbox.done('1'), inbox.done('2')]);
      await later(23 * HOUR_MS);
      expect(await inbox.add([update(1)])).toBe(0);
      await later(HOUR_MS);
      expect(await inbox.add([update(3)])).toBe(0);
      expect(await inbox.add([update(1)])).toBe(1);
      await die();
      expect(await inbox.add([update(2)])).toBe(1);
    });

    it('buries the dead after a week', async () => {
      await inbox.add([update(1), update(2)]);
      await inbox.claim(2);
      await inbox.dead('1', 'Error: broken');
      await later(6 * 24 * HOUR_MS);
      await inbox.dead('2', 'Error: broken');
      expect(await inbox.counts()).toMatchObject({ dead: 2 });
      await later(24 * HOUR_MS);
      expect(await inbox.counts()).toMatchObject({ dead: 1 });
      expect(await inbox.listDead(10)).toMatchObject([{ id: '2' }]);
    });
  });

  describe('after deaths of the process', () => {
    it('counts none where the process stopped in good order', async () => {
      await inbox.add([update(1)]);
      for (let stop = 0; stop < 3; stop += 1) {
        await inbox.claim(1);
        await close();
        await open();
      }
      expect(await inbox.claim(1)).toMatchObject([{ tries: 1 }]);
    });
  });

  describe(`with ${EmbeddedHandover.name}`, () => {
    let handover: EmbeddedHandover;

    beforeEach(() => {
      handover = new EmbeddedHandover(file, inbox, outbox);
    });

    it('ends the update and stores its messages, in order', async () => {
      await inbox.add([update(1)]);
      await inbox.claim(1);
      await handover.finish('1', [message('1:0'), message('1:1')]);
      await die();
      expect(await inbox.counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
      expect(await outbox.claim(10)).toMatchObject([{ id: '1:0' }]);
      await outbox.done('1:0');
      expect(await outbox.claim(10)).toMatchObject([{ id: '1:1' }]);
    });

    it('stores messages whose update has ended, none twice, and ends an update that has none', async () => {
      await inbox.add([update(1), update(2)]);
      await inbox.claim(2);
      await handover.finish('1', []);
      await handover.finish('1', [message('1:0')]);
      await handover.finish('1', [message('1:0')]);
      await handover.finish('1', []);
      expect(await inbox.counts()).toMatchObject({ claimed: 1 });
      expect(await outbox.counts()).toMatchObject({ waiting: 1 });
    });

    it('does neither where one of them cannot be done', async () => {
      await inbox.add([update(1)]);
      await inbox.claim(1);
      const tables = outbox['tables']!;
      const insert = jest.spyOn(tables, 'insert').mockImplementation(() => {
        throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
      });
      await expect(handover.finish('1', [message('1:0')])).rejects.toMatchObject({ code: 'queue_unavailable' });
      insert.mockRestore();
      expect(await inbox.counts()).toMatchObject({ claimed: 1 });
      expect(await outbox.counts()).toMatchObject({ waiting: 0 });
      await handover.finish('1', [message('1:0')]);
      expect(await inbox.counts()).toMatchObject({ claimed: 0 });
      expect(await outbox.counts()).toMatchObject({ waiting: 1 });
    });
  });
});
