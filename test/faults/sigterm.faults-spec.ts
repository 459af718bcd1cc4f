import { setTimeout as pause } from 'node:timers/promises';
import { compileMain } from '../support/main-process';
import { ChatLoad } from './support/chat-load';
import { Stage } from './support/stage';
import { tell } from './support/tell';

const STOP_DEADLINE_MS = 12_000;

describe('SIGTERM while 30 chats ask', () => {
  let stage: Stage;

  beforeAll(() => {
    compileMain();
  }, 120_000);

  beforeEach(async () => {
    stage = await Stage.open({ people: 30, cacheControl: { stock: 'no-store' } });
  });

  afterEach(() => stage.close());

  it('ends each process with 0 in time, loses nothing, repeats nothing, and the next process goes on', async () => {
    const load = new ChatLoad(stage, { pauseMs: 300 }).start();
    const stops: number[] = [];
    for (const latencyMs of [0, 300, 0, 800]) {
      const bot = stage.start();
      await bot.event('polling');
      await stage.accounting.faults.set({ mode: 'none', latencyMs, operation: 'stock' });
      await pause(1000 + Math.random() * 500);
      const toldAt = Date.now();
      bot.signal('SIGTERM');
      expect(await bot.exit()).toBe(0);
      stops.push(Date.now() - toldAt);
      expect(bot.stderr).toBe('');
    }
    await stage.accounting.faults.clear();
    const bot = stage.start();
    await bot.event('polling');
    await load.stop();
    await load.settle(20_000);

    const { asked, answered, repeats, disordered, others } = load.report();
    tell('SIGTERM', { stops: stops.length, questions: asked, answered, 'ms for the slowest stop': Math.max(...stops) });
    expect(Math.max(...stops)).toBeLessThan(STOP_DEADLINE_MS);
    expect(answered).toBe(asked);
    expect({ repeats, disordered, others }).toEqual({ repeats: [], disordered: [], others: [] });
  }, 90_000);

  it('leaves to the next process what hangs in 1C', async () => {
    const load = new ChatLoad(stage, { depth: 1 });
    const bot = stage.start({ ONEC_TIMEOUT_MS: '60000', ONEC_DEADLINE_MS: '60000' });
    await bot.event('polling');
    await stage.accounting.faults.set({ mode: 'hang', operation: 'stock' });
    for (const chatId of stage.chats) load.ask(chatId);
    await pause(1500);
    const toldAt = Date.now();
    bot.signal('SIGTERM');
    expect(await bot.exit()).toBe(0);
    const stopMs = Date.now() - toldAt;
    expect(load.report().answered).toBe(0);

    await stage.accounting.faults.clear();
    stage.start();
    await load.settle(20_000);
    const { asked, answered, repeats, others } = load.report();
    tell('SIGTERM while 1C hangs', {
      questions: asked,
      'answered by the next process': answered,
      'ms for the stop': stopMs,
    });
    expect(stopMs).toBeLessThan(STOP_DEADLINE_MS);
    expect({ repeats, others }).toEqual({ repeats: [], others: [] });
  }, 60_000);
});
