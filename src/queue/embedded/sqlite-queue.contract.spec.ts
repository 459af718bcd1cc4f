import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeQueue, type TestBody } from '../testing/queue-contract';
import { QueueFile } from './queue-file';
import { SqliteQueue } from './sqlite-queue';

describeQueue(SqliteQueue.name, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'queues-'));
  const files = new Map<unknown, QueueFile>();
  return {
    takeOverMs: 0,
    create: () => {
      const file = new QueueFile(folder);
      const queue = new SqliteQueue<TestBody>(file, 'test');
      files.set(queue, file);
      return queue;
    },
    // The death of a real process is held to in kill.spec.ts; here its file alone is closed, with nothing given back.
    crash: async (queue) => files.get(queue)!.close(),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
});
