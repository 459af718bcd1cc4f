import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { article, type Arena, askInTurn, askStock, warmUp, within } from '../arena';
import { atMost, type Figure, figure, timesFloor } from '../figure';
import { median, percentile } from '../statistics';
import { type Contender } from '../contender';

const CHATS = 20;
const ARTICLES = 10;
const ONEC_MS = 20;
/** A bot runs for weeks: what the first questions wait for the compiler says nothing about the others. */
const WARM_UP = 2000;

const cachedQuestion = (index: number) => ({
  chatId: (index % CHATS) + 1,
  article: article((index % ARTICLES) + 1),
});

/** One question at a time whose answer is known. */
export async function cached(arena: Arena): Promise<Figure[]> {
  const [rounds, perRound] = arena.quick ? [4, 50] : [10, 150];
  const times = await arena.match(async (bot, floor) => {
    for (const contender of [bot, floor]) {
      await warmUp(contender, CHATS, ARTICLES);
      await askInTurn(contender, arena.quick ? 100 : WARM_UP, cachedQuestion);
    }
    return arena.inTurns({ bot, floor }, rounds, (contender) => askInTurn(contender, perRound, cachedQuestion));
  });
  return [
    figure('p50', 'ms', { bot: median(times.bot), floor: median(times.floor) }, timesFloor(2.5)),
    figure('p99', 'ms', { bot: percentile(times.bot, 0.99), floor: percentile(times.floor, 0.99) }, atMost(10)),
  ];
}

/** One question at a time about an article nobody has asked for; what 1C itself took is not counted. */
export async function uncached(arena: Arena): Promise<Figure[]> {
  const [rounds, perRound] = arena.quick ? [3, 10] : [6, 25];
  let next = 1000;
  const overhead = async (contender: Contender): Promise<number[]> => {
    const times: number[] = [];
    for (let count = 0; count < perRound; count += 1) {
      const { ms } = await within(contender, askStock(contender, (count % CHATS) + 1, article(next++)));
      times.push(ms - contender.accounting.lastOwnMs);
    }
    return times;
  };
  const times = await arena.match(async (bot, floor) => {
    for (const contender of [bot, floor]) {
      await warmUp(contender, CHATS, ARTICLES);
      contender.accounting.latencyMs = ONEC_MS;
      await overhead(contender);
    }
    return arena.inTurns({ bot, floor }, rounds, overhead);
  });
  return [
    figure('p50 over 1C', 'ms', { bot: median(times.bot), floor: median(times.floor) }, atMost(3)),
    figure('p95 over 1C', 'ms', { bot: percentile(times.bot, 0.95), floor: percentile(times.floor, 0.95) }),
  ];
}

const OTHERS = 50;
const BETWEEN_QUESTIONS_MS = 4;
const STUCK = 'BP-666/2';

/** Fifty chats ask what is known, one every 4 ms, while 1C holds the question of another. */
export async function stuck(arena: Arena): Promise<Figure[]> {
  const questions = arena.quick ? 100 : 250;
  const ask = async (contender: Contender): Promise<number[]> => {
    const asking: Promise<number>[] = [];
    const startedAt = performance.now();
    for (let index = 0; index < questions; index += 1) {
      await pause(Math.max(0, startedAt + index * BETWEEN_QUESTIONS_MS - performance.now()));
      const answer = askStock(contender, (index % OTHERS) + 1, article((index % ARTICLES) + 1));
      asking.push(answer.then(({ ms }) => ms));
    }
    return within(contender, Promise.all(asking));
  };
  const times = await arena.match(async (bot, floor) => {
    for (const contender of [bot, floor]) {
      await warmUp(contender, OTHERS, ARTICLES);
      await ask(contender);
      contender.accounting.stuckArticle = STUCK;
    }
    return arena.inTurns({ bot, floor }, 2, (contender) => {
      // Answered with the trouble message after the deadline, if the process is still there by then.
      contender.telegram.ask(OTHERS + 1, `есть ${STUCK}?`).catch(() => undefined);
      return ask(contender);
    });
  });
  return [
    figure("the others' p50", 'ms', { bot: median(times.bot), floor: median(times.floor) }),
    figure(
      "the others' p95",
      'ms',
      { bot: percentile(times.bot, 0.95), floor: percentile(times.floor, 0.95) },
      atMost(5),
    ),
  ];
}
