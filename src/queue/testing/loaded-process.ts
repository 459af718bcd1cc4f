import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { QueueFile } from '../embedded/queue-file';
import { SqliteQueue } from '../embedded/sqlite-queue';
import { QueueRunner } from '../queue-runner';

/**
 * A process that adds to a queue and works on it as fast as it can, until it is killed. It tells on its output, line by
 * line, what it was answered: `added` and `done`, and what it was about to do, `begun` and `ending`, each with an id.
 */
async function main(folder: string, round: string): Promise<void> {
  // Synchronous, so that whatever was told before the kill is with the reader.
  const tell = (event: string, id: string) => writeSync(1, `${event} ${id}\n`);
  const queue = new SqliteQueue<object>(new QueueFile(folder), 'test');
  await queue.open();
  const runner = new QueueRunner(
    queue,
    async ({ id }) => {
      tell('begun', id);
      await pause(Math.random() * 5);
      tell('ending', id);
      await queue.done(id);
      tell('done', id);
    },
    { name: 'test', concurrency: 20 },
  );
  runner.start();
  for (let batch = 0; ; batch += 1) {
    const items = Array.from({ length: 10 }, (_, at) => ({
      id: `${round}:${batch}:${at}`,
      lane: String(at),
      body: { text: 'x'.repeat(500) },
    }));
    await queue.add(items);
    items.forEach(({ id }) => tell('added', id));
    await pause(2);
  }
}

const [folder, round] = process.argv.slice(2);
void main(folder!, round!);
