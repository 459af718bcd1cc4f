import { setTimeout as pause } from 'node:timers/promises';
import { compileMain } from '../support/main-process';
import { ChatLoad, describeRepeat, isLastBeforeDeath } from './support/chat-load';
import { Stage, webhookSettings } from './support/stage';
import { tell } from './support/tell';

const ROUNDS = 20;
const CHATS = 40;
/** Every so many rounds the process dies while it starts. */
const DEATH_AT_START = 5;

const MODES: [mode: string, started: string, settings: () => Promise<Record<string, string>>][] = [
  ['polling', 'polling', async () => ({})],
  ['webhook', 'webhook', webhookSettings],
];

describe(`kill -9, ${ROUNDS} times at random moments while ${CHATS} chats ask`, () => {
  let stage: Stage;

  beforeAll(() => {
    compileMain();
  }, 120_000);

  afterEach(() => stage.close());

  it.each(MODES)(
    'loses nothing in %s mode, keeps the order of each chat, and repeats at most what it could not note',
    async (mode, started, settings) => {
      stage = await Stage.open({
        people: CHATS,
        env: await settings(),
        // Telegram's own patience would make a test of hours.
        telegram: { webhookPace: { retryPauseMs: 100, maxRetryPauseMs: 500 } },
      });
      const load = new ChatLoad(stage, { pauseMs: 300 }).start();
      const deaths: number[] = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        const bot = stage.start();
        if (round % DEATH_AT_START !== 0) {
          await bot.event(started);
          // It has begun to answer: each life is of some use, so that nothing is taken for what kills the process.
          await load.goOn(10_000);
        }
        await pause(Math.random() * 800);
        deaths.push(Date.now());
        await bot.kill();
      }
      const underFire = load.answeredSoFar;
      const bot = stage.start();
      await bot.event(started);
      await load.stop();
      await load.settle(20_000);
      // Nothing is left that would be said once more.
      await pause(1000);

      const { asked, answered, repeats, disordered, others, waits } = load.report();
      tell(`kill -9 in ${mode} mode`, {
        kills: deaths.length,
        questions: asked,
        answered,
        'of them while it was being killed': underFire,
        repeated: repeats.length,
        'ms for the slowest answer': waits.at(-1) ?? 0,
      });
      expect(underFire).toBeGreaterThan(CHATS);
      expect(answered).toBe(asked);
      expect(disordered).toEqual([]);
      expect(others).toEqual([]);
      const wrong = repeats.filter((repeat) => !isLastBeforeDeath(load, deaths, repeat));
      expect(wrong.map((repeat) => describeRepeat(load, deaths, repeat))).toEqual([]);
      expect(bot.stderr).toBe('');
    },
    150_000,
  );
});
