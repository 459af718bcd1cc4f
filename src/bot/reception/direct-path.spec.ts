import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { Update } from 'telegraf/types';
import { QueueUnavailableError } from '../../queue/durable-queue';
import { QueueFile } from '../../queue/embedded/queue-file';
import { SqliteQueue } from '../../queue/embedded/sqlite-queue';
import { type InboxUpdate } from '../../queue/inbox';
import { DirectPath } from './direct-path';
import { InboxWorker } from './inbox-worker';
import { itemOf } from './intake';
import type { UpdateHandler } from './update-handler';
import { UpdateTurns } from './update-turns';

const NEVER = new AbortController().signal;
const away = new QueueUnavailableError('Redis: no answer within 300 ms');

describe(DirectPath.name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'direct-path-'));
  let inbox: SqliteQueue<InboxUpdate>;
  let worker: InboxWorker;
  let path: DirectPath;
  /** The updates that were handled, in order. */
  let handled: number[];
  /** Resolves where an update is not to be handled at once. */
  let held: Map<number, Promise<void>>;

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    inbox = new SqliteQueue<InboxUpdate>(new QueueFile(mkdtempSync(join(folder, 'data-'))), 'inbox');
    await inbox.open();
    handled = [];
    held = new Map();
    const handler = {
      handle: async ({ update_id }: Update) => {
        await held.get(update_id);
        handled.push(update_id);
      },
    };
    const turns = new UpdateTurns(handler as unknown as UpdateHandler);
    path = new DirectPath(inbox, turns);
    worker = new InboxWorker(inbox, turns, path);
    worker.start();
  });

  afterEach(async () => {
    await worker.stop(0);
    await inbox.close();
  });

  const update = (id: number, chatId = 77) => ({ update_id: id, message: { chat: { id: chatId } } }) as Update;

  /** Keeps an update from being handled until it is called. */
  function hold(id: number): () => void {
    let release = () => {};
    held.set(id, new Promise((resolve) => (release = resolve)));
    return release;
  }

  it('answers at once where nothing of the chat is under way', async () => {
    const release = hold(1);
    await inbox.add([itemOf(update(1, 78))]);
    await path.answer([update(2), update(3)], away, NEVER);
    expect(handled).toEqual([2, 3]);
    release();
  });

  it('stores behind what is under way in the chat, where the store answers again', async () => {
    const release = hold(1);
    await inbox.add([itemOf(update(1))]);
    await path.answer([update(2)], away, NEVER);
    await expect(inbox.counts()).resolves.toMatchObject({ waiting: 1, claimed: 1 });
    release();
    await handledAll([1, 2]);
  });

  it('waits for what is being handled, where the store stays away', async () => {
    const release = hold(1);
    await inbox.add([itemOf(update(1))]);
    const add = jest.spyOn(inbox, 'add').mockRejectedValue(away);
    const answered = path.answer([update(2)], away, NEVER);
    await new Promise((done) => setTimeout(done, 800));
    expect(handled).toEqual([]);
    release();
    await answered;
    expect(add).toHaveBeenCalled();
    expect(handled).toEqual([1, 2]);
  });

  it('handles once what the store took after all, and gives out', async () => {
    const release = hold(1);
    const answered = path.answer([update(1)], away, NEVER);
    await inbox.add([itemOf(update(1)), itemOf(update(2))]);
    release();
    await answered;
    await handledAll([1, 2]);
    await path.answer([update(2)], away, NEVER);
    expect(handled).toEqual([1, 2]);
  });

  async function handledAll(ids: number[]): Promise<void> {
    for (let n = 0; n < 200 && handled.length < ids.length; n += 1) await new Promise((done) => setTimeout(done, 10));
    await new Promise((done) => setTimeout(done, 20));
    expect(handled).toEqual(ids);
  }
});
