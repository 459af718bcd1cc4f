import { setTimeout as pause } from 'node:timers/promises';
import { type Fault } from '../../stand/telegram/server';
import { compileMain, type MainProcess } from '../support/main-process';
import { ChatLoad } from './support/chat-load';
import { eventuallyWithin } from './support/eventually-within';
import { addressOf, Stage } from './support/stage';
import { tell } from './support/tell';

const CHATS = 20;

describe(`Telegram that fails while ${CHATS} chats ask`, () => {
  let stage: Stage;
  let bot: MainProcess;
  let load: ChatLoad;

  beforeAll(() => {
    compileMain();
  }, 120_000);

  beforeEach(async () => {
    stage = await Stage.open({ people: CHATS });
    bot = stage.start();
    await bot.event('polling');
    load = new ChatLoad(stage, { pauseMs: 300 });
  });

  afterEach(() => stage.close());

  const sends = () => stage.telegram.calls.filter(({ method }) => method === 'sendMessage');
  const metric = async (name: string) => {
    const text = await (await fetch(`${await addressOf(bot)}/metrics`)).text();
    return Number(new RegExp(`^supplier_bot_${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };

  it('says everything, once, whatever befell the calls before Telegram took them', async () => {
    const faults: Fault[] = [
      { method: 'sendMessage', mode: 'status', status: 429, retryAfter: 1, times: 30 },
      { method: 'sendMessage', mode: 'status', status: 502, times: 30 },
      { method: 'sendMessage', mode: 'reset', times: 30 },
      { method: 'sendMessage', mode: 'hang', times: 3 },
      { mode: 'status', status: 503, times: 30 },
      { mode: 'reset', times: 30 },
      { method: 'getUpdates', mode: 'status', status: 409, times: 1 },
    ];
    load.start();
    for (const fault of faults) {
      stage.telegram.faults.set(fault);
      await pause(2500);
      stage.telegram.faults.clear();
    }
    await load.stop();
    await load.settle(40_000);

    const { asked, answered, repeats, disordered, others, waits } = load.report();
    const met = sends().filter(({ fault }) => fault !== undefined).length;
    tell('Telegram fails', {
      questions: asked,
      answered,
      'messages failed at first': met,
      repeated: repeats.length,
      'ms for the slowest answer': waits.at(-1) ?? 0,
    });
    expect(met).toBeGreaterThan(90);
    expect(answered).toBe(asked);
    expect({ repeats, disordered, others }).toEqual({ repeats: [], disordered: [], others: [] });
    expect(bot.stderr).toBe('');
  }, 90_000);

  it('repeats a message only where the answer of Telegram, who had taken it, was lost', async () => {
    load.start();
    for (const fault of [{ mode: 'status', status: 502 }, { mode: 'reset' }] as const) {
      stage.telegram.faults.set({ method: 'sendMessage', ...fault, when: 'after', times: 20 });
      await pause(3000);
      stage.telegram.faults.clear();
    }
    await load.stop();
    await load.settle(30_000);

    const { asked, answered, repeats, disordered } = load.report();
    const lost = sends().filter(({ fault }) => fault !== undefined).length;
    tell('Telegram takes messages and does not say so', {
      questions: asked,
      answered,
      'answers lost': lost,
      repeated: repeats.length,
    });
    expect(lost).toBeGreaterThan(20);
    expect(answered).toBe(asked);
    // The Bot API has no key by which a message sent again could be known: each lost answer costs a repetition, no more.
    expect(repeats).toHaveLength(lost);
    expect(disordered).toEqual([]);
  }, 60_000);

  it('tells a refused message once, with its method, and goes on; never sends it again', async () => {
    stage.telegram.faults.set({ method: 'sendMessage', mode: 'status', status: 400, times: 1 });
    const [anna, boris] = stage.chats as [number, number];
    const refused = load.ask(anna);
    await eventuallyWithin(10_000, () => expect(stage.logged('Telegram refuses a message')).toHaveLength(1));
    load.ask(anna);
    load.ask(boris);
    await eventuallyWithin(10_000, () => expect(load.answeredSoFar).toBe(2));
    await pause(2000);
    expect(load.report().unanswered).toMatchObject([{ chatId: anna, article: refused }]);
    expect(stage.logged('Telegram refuses a message')).toMatchObject([
      { level: 'error', method: 'sendMessage', chatId: anna, code: 400 },
    ]);
    expect(sends().filter(({ errorCode }) => errorCode === 400)).toHaveLength(1);
  }, 40_000);

  it('marks a chat whose person has stopped the bot, and answers the others', async () => {
    const [anna, ...others] = stage.chats as [number, ...number[]];
    load.start(others);
    await stage.accounting.faults.set({ mode: 'none', latencyMs: 300, operation: 'stock', times: 1 });
    load.ask(anna);
    stage.telegram.user(anna).block();
    await eventuallyWithin(10_000, () => expect(stage.logged('chat_unreachable')).toMatchObject([{ chatId: anna }]));
    expect(await metric('unreachable_chats')).toBe(1);
    stage.telegram.user(anna).unblock();
    load.ask(anna);
    await load.stop();
    await eventuallyWithin(20_000, () => expect(load.report().unanswered).toHaveLength(1));
    expect(await metric('unreachable_chats')).toBe(0);
    expect(sends().filter(({ errorCode }) => errorCode === 403)).toHaveLength(1);
  }, 60_000);
});
