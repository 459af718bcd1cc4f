import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { QueueFile } from './queue-file';
import { SqliteQueue } from './sqlite-queue';

const KILLS = 5;
const LOADED_PROCESS = join(__dirname, '../testing/loaded-process.ts');

interface Told {
  added: string[];
  begun: string[];
  ending: string[];
  done: string[];
}

describe(`${SqliteQueue.name} in a process that is killed`, () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'queues-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Lets it work for a moment, and kills it. */
  async function killed(round: number): Promise<Told> {
    const child = spawn(process.execPath, ['--import', 'tsx', LOADED_PROCESS, folder, String(round)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let trouble = '';
    child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
    const told: Told = { added: [], begun: [], ending: [], done: [] };
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [event, id] = line.split(' ') as [keyof Told, string];
      told[event].push(id);
    });
    const closed = once(child, 'close');
    await Promise.race([once(lines, 'line'), closed]);
    await pause(100 + Math.random() * 300);
    child.kill('SIGKILL');
    expect(await closed).toEqual([null, 'SIGKILL']);
    expect(trouble).toBe('');
    return told;
  }

  it('loses nothing that was stored, and repeats nothing whose end was noted', async () => {
    const rounds: Told[] = [];
    for (let round = 0; round < KILLS; round += 1) rounds.push(await killed(round));
    const added = rounds.flatMap((told) => told.added);
    const done = new Set(rounds.flatMap((told) => told.done));
    expect(added.length).toBeGreaterThan(KILLS * 10);
    expect(done.size).toBeGreaterThan(KILLS * 10);

    const ended = new Set<string>();
    for (const { begun, done: endedNow } of rounds) {
      expect(begun.filter((id) => ended.has(id))).toEqual([]);
      expect(new Set(begun).size).toBe(begun.length);
      endedNow.forEach((id) => ended.add(id));
    }

    const queue = new SqliteQueue(new QueueFile(folder), 'test');
    await queue.open();
    const { waiting } = await queue.counts();
    const left: string[] = [];
    while (left.length < waiting) {
      const items = await queue.claim(100);
      expect(items.length).toBeGreaterThan(0);
      for (const { id } of items) {
        left.push(id);
        await queue.done(id);
      }
    }
    expect(left.filter((id) => done.has(id))).toEqual([]);
    const kept = new Set(left);
    // What was being ended in the moment of the kill may have ended, with nobody told.
    const ending = new Set(rounds.flatMap((told) => told.ending));
    expect(added.filter((id) => !kept.has(id) && !done.has(id) && !ending.has(id))).toEqual([]);

    const firsts = [...new Set([...rounds.flatMap((told) => told.begun), ...left])];
    for (let lane = 0; lane < 10; lane += 1) {
      const seen = firsts.filter((id) => id.endsWith(`:${lane}`));
      expect(seen).toEqual([...seen].sort(byRoundAndBatch));
    }
    await queue.close();
  }, 60_000);
});

function byRoundAndBatch(one: string, other: string): number {
  const [a, b] = [one, other].map((id) => id.split(':').map(Number)) as [number[], number[]];
  return a[0]! - b[0]! || a[1]! - b[1]!;
}
