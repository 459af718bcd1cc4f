import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SmallDisk } from '../../src/queue/testing/small-disk';
import { compileMain } from '../support/main-process';
import { ChatLoad } from './support/chat-load';
import { addressOf, Stage } from './support/stage';
import { eventuallyWithin } from './support/eventually-within';
import { tell } from './support/tell';

const isPossible = SmallDisk.isPossible;
const describeWithDisk = isPossible ? describe : describe.skip;
const reason = isPossible ? '' : ' (skipped: mounting a tmpfs needs root)';

describeWithDisk(`The disk of DATA_DIR${reason}`, () => {
  let disk: SmallDisk;
  let stage: Stage;

  beforeAll(() => {
    compileMain();
  }, 120_000);

  beforeEach(async () => {
    disk = new SmallDisk(8192);
    stage = await Stage.open({ people: 20, env: { DATA_DIR: disk.path } });
  });

  afterEach(async () => {
    await stage.close();
    disk.remove();
  });

  /** Leaves no room at all, however much the process writes meanwhile. */
  function fill(): void {
    const page = Buffer.alloc(4096);
    expect(() => {
      for (;;) appendFileSync(join(disk.path, 'filler'), page);
    }).toThrow('ENOSPC');
  }

  const metricsOf = async (url: string) => (await fetch(`${url}/metrics`)).text();

  /** What readiness says of the queues, and its status. */
  async function queuesOf(url: string): Promise<{ ready: number; queues: unknown }> {
    const response = await fetch(`${url}/health/ready`);
    const { details } = (await response.json()) as { details: { queues: unknown } };
    return { ready: response.status, queues: details.queues };
  }

  it('is full: people are answered, nothing counts as stored, the log tells what to do, and all goes on', async () => {
    const bot = stage.start();
    const url = await addressOf(bot);
    await bot.event('polling');
    const load = new ChatLoad(stage, { pauseMs: 300 }).start();
    await pause(1500);
    fill();
    const filledAt = Date.now();
    const full = () => stage.complaints().includes('is full: free some space');
    await eventuallyWithin(5000, () => expect(full()).toBe(true));
    await pause(4000);
    const meanwhile = load.answeredBetween(filledAt, Date.now());
    const metrics = await metricsOf(url);
    const refused = Number(/updates_total\{result="refused"\} (\d+)/.exec(metrics)?.[1]);
    expect(metrics).toContain('queue_up{queue="inbox"} 0');
    await expect(queuesOf(url)).resolves.toMatchObject({
      ready: 200,
      queues: { status: 'down', reason: expect.stringContaining('nothing can be stored') as string },
    });
    rmSync(join(disk.path, 'filler'));
    await pause(2000);
    expect(await metricsOf(url)).toContain('queue_up{queue="inbox"} 1');
    await expect(queuesOf(url)).resolves.toMatchObject({ ready: 200, queues: { status: 'up' } });
    const freedAt = Date.now();
    await load.stop();
    await load.settle(40_000);
    await pause(1000);

    const { asked, answered, repeats, others } = load.report();
    tell('The disk is full', {
      questions: asked,
      answered,
      'answered while it was full': meanwhile,
      'refused by the store': refused,
      repeated: repeats.length,
      'ms until all was answered': Date.now() - freedAt,
    });
    expect(refused).toBeGreaterThan(0);
    expect(answered).toBe(asked);
    expect({ repeats: repeats.length, others }).toEqual({ repeats: 0, others: [] });
    expect(bot.stderr).toBe('');
  }, 120_000);

  it('was full for a while in which nobody asked: readiness tells when there is room again', async () => {
    const bot = stage.start();
    const url = await addressOf(bot);
    await bot.event('polling');
    fill();
    const load = new ChatLoad(stage);
    load.ask(stage.chats[0]!);
    await load.settle(10_000);
    await expect(queuesOf(url)).resolves.toMatchObject({ ready: 200, queues: { status: 'down' } });
    rmSync(join(disk.path, 'filler'));
    await eventuallyWithin(15_000, async () => {
      await expect(queuesOf(url)).resolves.toMatchObject({ ready: 200, queues: { status: 'up' } });
    });
  }, 60_000);

  it('is full when the process dies: what was not stored comes again from Telegram', async () => {
    const bot = stage.start();
    await bot.event('polling');
    const load = new ChatLoad(stage, { pauseMs: 300 }).start();
    await pause(1000);
    fill();
    const filledAt = Date.now();
    await pause(3000);
    await bot.kill();
    rmSync(join(disk.path, 'filler'));
    await stage.start().event('polling');
    await pause(1000);
    await load.stop();
    await load.settle(20_000);
    const { asked, answered, repeats } = load.report();
    // Where nothing can be noted, what was said last is said again; Telegram had no confirmation of it either.
    expect(repeats.filter(({ first }) => first.at < filledAt - 1000)).toEqual([]);
    expect(repeats.length).toBeLessThan(asked / 2);
    tell('The disk is full and the process killed', { questions: asked, answered, repeated: repeats.length });
    expect(answered).toBe(asked);
  }, 90_000);

  it('cannot be written to: the start fails and tells what to do, and succeeds when that is done', async () => {
    disk.makeReadOnly();
    const refused = stage.start();
    expect(await refused.exit()).toBe(1);
    expect(refused.output.join('\n')).toContain('set DATA_DIR to another one');
    const load = new ChatLoad(stage);
    for (const chatId of stage.chats) load.ask(chatId);
    disk.makeWritable();
    stage.start();
    await load.settle(20_000);
  }, 60_000);
});
