import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { Settings } from '../config/settings';
import { SettingsModule } from '../config/settings.module';
import { QueueUnavailableError } from './durable-queue';
import { EmbeddedHandover } from './embedded/embedded-handover';
import { Handover } from './handover';
import { Inbox } from './inbox';
import { Outbox } from './outbox';
import { QueueModule } from './queue.module';
import { RedisQueue } from './redis/redis-queue';

describe(QueueModule.name, () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'queues-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function start(settings: Partial<Settings>): Promise<TestingModule> {
    const all = Object.assign(new Settings(), settings);
    return Test.createTestingModule({ imports: [SettingsModule.forRoot(all), QueueModule] }).compile();
  }

  it('keeps both queues in one file under DATA_DIR, from the start to the end of the process', async () => {
    const dataDir = join(folder, 'not/there/yet');
    const module = await (await start({ dataDir })).init();
    await module.get(Inbox).add([{ id: '1', lane: '77', body: { update_id: 1 } }]);
    await module.get(Handover).finish('1', [{ id: '1:0', lane: '77', body: { method: 'sendMessage', payload: {} } }]);
    expect(existsSync(join(dataDir, 'queues.db'))).toBe(true);
    await module.close();

    const next = await (await start({ dataDir })).init();
    expect(next.get(Handover)).toBeInstanceOf(EmbeddedHandover);
    expect(await next.get(Inbox).counts()).toEqual({ waiting: 0, claimed: 0, dead: 0 });
    expect(await next.get(Outbox).claim(10)).toMatchObject([
      { id: '1:0', lane: '77', body: { method: 'sendMessage' } },
    ]);
    await next.close();
  });

  it('fails the start where the folder cannot be had, and tells why', async () => {
    const dataDir = join(folder, 'file');
    writeFileSync(dataDir, '');
    const module = await start({ dataDir });
    await expect(module.init()).rejects.toThrow(QueueUnavailableError);
    await expect(module.init()).rejects.toThrow(/set DATA_DIR to another one/);
  });

  it('keeps them in Redis where REDIS_URL is set', async () => {
    const module = await start({ dataDir: folder, redisUrl: 'redis://127.0.0.1:1' });
    expect(module.get(Inbox)).toBeInstanceOf(RedisQueue);
    expect(existsSync(join(folder, 'queues.db'))).toBe(false);
  });
});
