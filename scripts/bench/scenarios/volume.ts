import { performance } from 'node:perf_hooks';
import { article, type Arena, askStock, warmUp, within } from '../arena';
import { atLeast, atMost, exactly, type Figure, figure } from '../figure';
import { median } from '../statistics';
import { type Contender } from '../contender';

const STEADY_CHATS = 200;
const STEADY_ARTICLES = 50;

/** Each of 200 chats asks what is known again as soon as it is answered, with the limits of sending off. */
export async function steady(arena: Arena): Promise<Figure[]> {
  const [slices, sliceMs] = arena.quick ? [2, 1000] : [3, 2500];
  const slice = async (contender: Contender): Promise<{ perSecond: number; cpuMs: number | undefined }[]> => {
    const startedAt = performance.now();
    const cpuBefore = contender.usage()?.cpuMs;
    let answered = 0;
    const chat = async (chatId: number) => {
      while (performance.now() - startedAt < sliceMs) {
        await askStock(contender, chatId, article((answered % STEADY_ARTICLES) + 1));
        answered += 1;
      }
    };
    await within(contender, Promise.all(Array.from({ length: STEADY_CHATS }, (_, index) => chat(index + 1))));
    const seconds = (performance.now() - startedAt) / 1000;
    const cpuAfter = contender.usage()?.cpuMs;
    const cpuMs = cpuBefore === undefined || cpuAfter === undefined ? undefined : (cpuAfter - cpuBefore) / answered;
    return [{ perSecond: answered / seconds, cpuMs }];
  };
  const measured = await arena.match(async (bot, floor) => {
    for (const contender of [bot, floor]) {
      await warmUp(contender, STEADY_CHATS, STEADY_ARTICLES);
      await slice(contender);
    }
    return arena.inTurns({ bot, floor }, slices, slice);
  });
  const rate = (kind: 'bot' | 'floor') => median(measured[kind].map(({ perSecond }) => perSecond));
  const cpu = (kind: 'bot' | 'floor') => {
    const costs = measured[kind].flatMap(({ cpuMs }) => cpuMs ?? []);
    return costs.length > 0 ? median(costs) : undefined;
  };
  return [
    figure('questions', '1/s', { bot: rate('bot'), floor: rate('floor') }, atLeast(5000)),
    figure('CPU time a question', 'ms', { bot: cpu('bot'), floor: cpu('floor') }),
  ];
}

const BURST_CHATS = 500;
const BURST_QUESTIONS = 2000;
const BURST_ARTICLES = 50;

/** A fresh process, which knows neither the chats nor the articles, is asked everything at once. */
export async function burst(arena: Arena): Promise<Figure[]> {
  const ask = async (contender: Contender) => {
    const startedAt = performance.now();
    const asking = Array.from({ length: BURST_QUESTIONS }, (_, index) =>
      askStock(contender, (index % BURST_CHATS) + 1, article((index % BURST_ARTICLES) + 1)),
    );
    await within(contender, Promise.all(asking));
    return { ms: performance.now() - startedAt, peakMb: contender.usage()?.peakMb };
  };
  const { bot, floor } = await arena.match(async (bot, floor) => ({ bot: await ask(bot), floor: await ask(floor) }));
  return [
    figure('time to the last answer', 'ms', { bot: bot.ms, floor: floor.ms }),
    figure('memory, peak', 'MB', { bot: bot.peakMb, floor: floor.peakMb }, atMost(200)),
  ];
}

const ASKERS = 500;
const ONEC_MS = 50;

/** 500 chats ask for one article that is new to the bot; 1C lets its answer be kept for all (`public`). */
export async function together(arena: Arena): Promise<Figure[]> {
  const ask = async (contender: Contender) => {
    await warmUp(contender, ASKERS, 1);
    contender.accounting.latencyMs = ONEC_MS;
    const before = contender.accounting.count('stock');
    const startedAt = performance.now();
    const asking = Array.from({ length: ASKERS }, (_, index) => askStock(contender, index + 1, article(777)));
    await within(contender, Promise.all(asking));
    return { ms: performance.now() - startedAt, requests: contender.accounting.count('stock') - before };
  };
  const { bot, floor } = await arena.match(async (bot, floor) => ({ bot: await ask(bot), floor: await ask(floor) }));
  return [
    figure('requests to 1C', 'requests', { bot: bot.requests, floor: floor.requests }, exactly(1)),
    figure(`time to the last answer, 1C: ${ONEC_MS} ms`, 'ms', { bot: bot.ms, floor: floor.ms }),
  ];
}
