import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { DatabaseSync } from '@photostructure/sqlite';
import { QueueUnavailableError } from '../durable-queue';
import { type TestBody } from '../testing/queue-contract';
import { SmallDisk } from '../testing/small-disk';
import { QueueFile } from './queue-file';
import { SqliteQueue } from './sqlite-queue';

/** Stands between the file and each statement without parameters: calls `run`, or not. */
let mockStatement = (_sql: string, run: () => void): void => run();

jest.mock('@photostructure/sqlite', () => {
  const sqlite = jest.requireActual<{ DatabaseSync: typeof DatabaseSync }>('@photostructure/sqlite');
  return {
    ...sqlite,
    DatabaseSync: class extends sqlite.DatabaseSync {
      override exec(sql: string): void {
        mockStatement(sql, () => super.exec(sql));
      }
    },
  };
});

const KILOBYTE = 'x'.repeat(1024);

describe(QueueFile.name, () => {
  let folder: string;
  let file: QueueFile;
  let queue: SqliteQueue<TestBody>;

  beforeEach(async () => {
    for (const level of ['log', 'error'] as const) jest.spyOn(Logger.prototype, level).mockReturnValue(undefined);
    folder = mkdtempSync(join(tmpdir(), 'queues-'));
    await openIn(folder);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    mockStatement = (_, run) => run();
    await queue.close();
    rmSync(folder, { recursive: true });
  });

  async function openIn(dataDir: string): Promise<void> {
    file = new QueueFile(dataDir);
    queue = new SqliteQueue(file, 'test');
    await queue.open();
  }

  const item = (id: string, value: unknown = id) => ({ id, lane: id, body: { value } });
  const filesIn = (path: string) => readdirSync(path).map((name) => ({ name, size: statSync(join(path, name)).size }));
  const sizeOf = (path: string) => filesIn(path).reduce((sum, { size }) => sum + size, 0);

  async function failureOf(action: Promise<unknown>): Promise<string> {
    const error: unknown = await action.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof QueueUnavailableError)) throw error;
    return error.message;
  }

  describe('commits', () => {
    it('everything of one turn of the event loop at once', async () => {
      const other = new SqliteQueue<TestBody>(file, 'other');
      await other.open();
      await queue.add([item('done')]);
      await queue.claim(1);
      jest.spyOn(performance, 'now').mockReturnValue(0);
      const commits = countCommits();
      const adding = Array.from({ length: 100 }, (_, at) => queue.add([item(String(at))]));
      await Promise.all([...adding, other.add([item('other')]), queue.done('done')]);
      expect(commits()).toBe(1);
      await other.close();
    });

    it('earlier what waits for a turn that takes long', async () => {
      await queue.add([item('done'), item('other')]);
      await queue.claim(2);
      const commits = countCommits();
      const now = jest.spyOn(performance, 'now').mockReturnValue(0);
      const ends = [queue.done('done')];
      now.mockReturnValue(50);
      expect(commits()).toBe(0);
      ends.push(queue.done('other'));
      expect(commits()).toBe(1);
      await Promise.all(ends);
      expect(commits()).toBe(1);
    });

    it('an end with the next commit, or by itself a moment later', async () => {
      await queue.add([item('1'), item('2')]);
      await queue.claim(2);
      const commits = countCommits();
      const first = queue.done('1');
      await new Promise(setImmediate);
      expect(commits()).toBe(0);
      await queue.add([item('3')]);
      await first;
      expect(commits()).toBe(1);
      await queue.done('2');
      expect(commits()).toBe(2);
      expect(await queue.counts()).toMatchObject({ waiting: 1, claimed: 0 });
    });

    it('nothing more when an item is claimed that came into an empty lane', async () => {
      await queue.add([item('1')]);
      let commits = 0;
      mockStatement = (sql, run) => {
        if (sql === 'COMMIT') commits += 1;
        run();
      };
      expect((await queue.claim(10)).map(({ id, tries }) => [id, tries])).toEqual([['1', 1]]);
      expect(commits).toBe(0);
    });

    it('nothing of a change that fails, and goes on', async () => {
      await queue.add([item('1')]);
      await queue.claim(1);
      await queue.again('1', 0, 'from the start', false);
      failOnce('COMMIT', 13);
      expect(await failureOf(Promise.all([queue.add([item('2')]), queue.claim(1)]))).toMatch(
        /is full: free some space/,
      );
      expect(await queue.counts()).toEqual({ waiting: 1, claimed: 0, dead: 0 });
      expect(await queue.add([item('2')])).toBe(1);
      expect((await queue.claim(10)).map(({ id }) => id)).toEqual(['1', '2']);
    });

    it('an item once whose commit seemed to fail, but was written', async () => {
      failOnce('COMMIT', 10, { afterwards: true });
      expect(await failureOf(queue.add([item('1', 'first')]))).toMatch(/disk of .* fails/);
      expect(await queue.add([item('2')])).toBe(1);
      expect(await queue.add([item('1', 'second')])).toBe(1);
      await queue.close();
      await openIn(folder);
      expect(await queue.claim(10)).toMatchObject([{ id: '2' }, { id: '1', body: { value: 'second' } }]);
    });

    it('nothing as stored that could not be flushed, until it is in the file itself', async () => {
      const flush = jest.spyOn(fs, 'fdatasync').mockImplementation((_, done) => {
        done(Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' }));
      });
      expect(await failureOf(queue.add([item('1')]))).toMatch(/disk of .* fails \(EIO\)/);
      expect(queue.writeFailure()?.reason).toMatch(/EIO/);
      flush.mockClear();
      expect(await queue.add([item('1'), item('2')])).toBe(1);
      expect(queue.writeFailure()).toBeUndefined();
      expect(flush).not.toHaveBeenCalled();
      const copy = new DatabaseSync(file.path, { readOnly: true });
      expect(copy.prepare('SELECT id FROM test_item').all()).toMatchObject([{ id: '1' }, { id: '2' }]);
      copy.close();
      expect(statSync(`${file.path}-wal`).size).toBe(0);
      flush.mockRestore();
      expect(await queue.add([item('3')])).toBe(1);
      expect((await queue.claim(10)).map(({ id }) => id)).toEqual(['1', '2', '3']);
    });

    it('several additions with few flushes, each answered when it is flushed', async () => {
      const answers: string[] = [];
      const flushes: (() => void)[] = [];
      jest.spyOn(fs, 'fdatasync').mockImplementation((_, done) => void flushes.push(() => done(null)));
      const first = queue.add([item('1')]).then(() => answers.push('1'));
      await pause(20);
      const others = ['2', '3', '4'].map(async (id) => {
        await queue.add([item(id)]);
        answers.push(id);
      });
      await pause(20);
      expect((await queue.claim(10)).map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
      await queue.done('1');
      expect(answers).toEqual([]);
      expect(flushes).toHaveLength(1);
      flushes[0]!();
      await first;
      expect(answers).toEqual(['1']);
      expect(flushes).toHaveLength(2);
      flushes[1]!();
      await Promise.all(others);
      expect(answers).toEqual(['1', '2', '3', '4']);
    });

    it('what is pending when it is closed', async () => {
      const added = queue.add([item('1')]);
      await queue.close();
      expect(await added).toBe(1);
      await openIn(folder);
      expect(await queue.counts()).toMatchObject({ waiting: 1 });
    });

    function countCommits(): () => number {
      let commits = 0;
      mockStatement = (sql, run) => {
        if (sql === 'COMMIT') commits += 1;
        run();
      };
      return () => commits;
    }

    function failOnce(statement: string, errcode: number, { afterwards = false } = {}): void {
      mockStatement = (sql, run) => {
        if (sql !== statement) return run();
        if (afterwards) run();
        mockStatement = (_, next) => next();
        throw Object.assign(new Error('simulated'), { code: 'ERR_SQLITE_ERROR', errcode });
      };
    }
  });

  describe('belongs to one process', () => {
    it('and tells another one so', async () => {
      const message = await failureOf(new SqliteQueue(new QueueFile(folder), 'test').open());
      expect(message).toContain('in use by another process');
      expect(message).toContain('REDIS_URL');
    });

    it('until it is closed', async () => {
      await queue.add([item('1')]);
      await queue.close();
      await openIn(folder);
      expect(await queue.counts()).toMatchObject({ waiting: 1 });
    });

    it('and can be read by others meanwhile', async () => {
      await queue.add([item('1')]);
      const reader = new DatabaseSync(join(folder, 'queues.db'), { readOnly: true });
      expect(reader.prepare('SELECT id FROM test_item').all()).toMatchObject([{ id: '1' }]);
      reader.close();
    });
  });

  describe('keeps its size', () => {
    it('however much goes through it', async () => {
      for (let round = 0; round < 60; round += 1) {
        await queue.add(Array.from({ length: 500 }, (_, at) => item(`${round}/${at}`, KILOBYTE)));
        const items = await queue.claim(500);
        await Promise.all(items.map(({ id }) => queue.done(id)));
      }
      expect(sizeOf(folder)).toBeLessThan(24 * 1024 * 1024);
    });

    it('and gives back what a burst took', async () => {
      await queue.add(Array.from({ length: 8000 }, (_, at) => item(String(at), KILOBYTE)));
      const items = await queue.claim(8000);
      await Promise.all(items.map(({ id }) => queue.done(id)));
      const before = statSync(file.path).size;
      for (let round = 0; round < 10; round += 1) file.compact();
      await queue.close();
      expect(statSync(file.path).size).toBeLessThan(before - 4 * 1024 * 1024);
      await openIn(folder);
    });
  });

  describe('tells what an operator can do', () => {
    beforeEach(() => queue.close());

    it('where it is no database', async () => {
      writeFileSync(file.path, 'something else entirely '.repeat(500));
      expect(await failureOf(openIn(folder))).toMatch(/is damaged .* move it away/);
    });

    it('where its pages are damaged', async () => {
      await openIn(folder);
      await queue.add(Array.from({ length: 200 }, (_, at) => item(String(at), KILOBYTE)));
      await queue.close();
      const bytes = readFileSync(file.path);
      writeFileSync(file.path, bytes.fill(0xa5, 4096 * 2));
      expect(await failureOf(openIn(folder))).toMatch(/is damaged/);
    });

    it('where a newer version wrote it', async () => {
      const database = new DatabaseSync(file.path);
      database.exec('PRAGMA user_version=99');
      database.close();
      expect(await failureOf(openIn(folder))).toMatch(/newer version of the bot/);
    });

    it('where the folder is a file', async () => {
      const path = join(folder, 'file');
      writeFileSync(path, '');
      expect(await failureOf(openIn(join(path, 'data')))).toMatch(/cannot be written to .*ENOTDIR.* DATA_DIR/);
    });

    it('and leaves the lock to whoever tries after it', async () => {
      writeFileSync(file.path, 'something else entirely '.repeat(500));
      await failureOf(openIn(folder));
      rmSync(file.path);
      await openIn(folder);
      expect(await queue.counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
    });
  });

  const onSmallDisk = SmallDisk.isPossible ? describe : describe.skip;

  onSmallDisk('on a disk of its own (needs the right to mount)', () => {
    let disk: SmallDisk;

    beforeEach(async () => {
      await queue.close();
      disk = new SmallDisk(1024);
    });

    afterEach(async () => {
      await queue.close();
      disk.remove();
    });

    it('stores nothing while it is full, loses nothing, and goes on when there is room again', async () => {
      await openIn(disk.path);
      await queue.add([item('first')]);
      let stored = 0;
      const fill = async () => {
        for (;;) {
          await queue.add([item(`fill ${stored}`, KILOBYTE.repeat(10))]);
          stored += 1;
        }
      };
      expect(await failureOf(fill())).toContain(`The disk of ${file.path} is full`);
      expect(stored).toBeGreaterThan(10);
      expect(await failureOf(queue.add([item('too much', KILOBYTE.repeat(100))]))).toMatch(/is full/);
      expect(await queue.counts()).toEqual({ waiting: stored + 1, claimed: 0, dead: 0 });
      expect(queue.writeFailure()?.reason).toMatch(/is full/);

      disk.resize(16 * 1024);
      await file.commit([], 'now');
      expect(queue.writeFailure()).toBeUndefined();
      expect(await queue.add([item('too much', KILOBYTE.repeat(100))])).toBe(1);
      const [first] = await queue.claim(1);
      await queue.done(first!.id);
      expect(await queue.counts()).toEqual({ waiting: stored + 1, claimed: 0, dead: 0 });
      await queue.close();

      await openIn(disk.path);
      const ids = (await queue.claim(1000)).map(({ id }) => id);
      expect(ids).toEqual([...Array.from({ length: stored }, (_, at) => `fill ${at}`), 'too much']);
    });

    it('does not start where the disk is full already', async () => {
      writeFileSync(join(disk.path, 'others'), Buffer.alloc(1024 * 1024 - 4096));
      expect(await failureOf(openIn(disk.path))).toMatch(/is full/);
    });

    it('does not start where it can only be read', async () => {
      disk.makeReadOnly();
      expect(await failureOf(openIn(disk.path))).toMatch(/cannot be written to .* the right to write .* DATA_DIR/);
    });
  });
});
