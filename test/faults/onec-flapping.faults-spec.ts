import { setTimeout as pause } from 'node:timers/promises';
import { type Fault } from '../../stand/accounting/faults';
import { compileMain } from '../support/main-process';
import { ChatLoad } from './support/chat-load';
import { eventuallyWithin } from './support/eventually-within';
import { addressOf, Stage } from './support/stage';
import { tell } from './support/tell';

const FAULTS: readonly Fault[] = [
  { mode: 'refused' },
  { mode: 'status', status: 503 },
  { mode: 'hang' },
  { mode: 'reset' },
];
const AWAY_MS = 4000;
const BACK_MS = 4000;

describe('1C that comes and goes while 20 chats ask', () => {
  let stage: Stage;

  beforeAll(() => {
    compileMain();
  }, 120_000);

  afterEach(() => stage.close());

  it('costs no question its answer: each gets it at once or as promised, and once', async () => {
    stage = await Stage.open({
      people: 20,
      env: { ONEC_TIMEOUT_MS: '500', ONEC_DEADLINE_MS: '1500' },
      cacheControl: { stock: 'no-store' },
    });
    const bot = stage.start();
    const url = await addressOf(bot);
    await bot.event('polling');
    const load = new ChatLoad(stage, { pauseMs: 400 }).start();
    for (const fault of FAULTS) {
      await pause(BACK_MS);
      await stage.accounting.faults.set(fault);
      await pause(AWAY_MS);
      await stage.accounting.faults.clear();
    }
    await load.stop();
    await load.settle(60_000);
    // Nothing that was promised is left to be said once more.
    await pause(1000);

    const { asked, answered, repeats, others } = load.report();
    const openings = stage.logged('breaker').filter(({ state }) => state === 'open').length;
    const closings = stage.logged('breaker').filter(({ state }) => state === 'closed').length;
    const kept = stage.logged('question').filter(({ promised }) => promised === true).length;
    tell('1C comes and goes', { questions: asked, answered, promised: others.length, kept, openings, closings });
    expect(answered).toBe(asked);
    expect(repeats).toEqual([]);
    // Whoever was not answered at once was told so once, with the promise that was kept.
    expect(others.filter(({ text }) => !text.includes('Как только она заработает'))).toEqual([]);
    expect(kept).toBe(others.length);
    expect(openings).toBeGreaterThanOrEqual(1);
    expect(closings).toBe(openings);
    await eventuallyWithin(10_000, async () => {
      const { details } = (await (await fetch(`${url}/health/ready`)).json()) as {
        details: { onec: Record<string, unknown> };
      };
      expect(details.onec).toMatchObject({ status: 'up', breaker: 'closed' });
    });
    expect(bot.stderr).toBe('');
  }, 150_000);
});
