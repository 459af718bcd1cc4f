import { connect } from 'node:net';
import { Telegraf } from 'telegraf';
import { type LocalTelegram, startTelegram } from './server';
import { callBot } from './spec-support';

let telegram: LocalTelegram;

beforeEach(async () => {
  telegram = await startTelegram({ token: '123456:local' });
});

afterEach(() => telegram.close());

describe('a Telegraf bot', () => {
  it('polls, answers, sends files, edits and answers presses', async () => {
    const bot = new Telegraf(telegram.token, { telegram: { apiRoot: telegram.url } });
    bot.start((ctx) => ctx.reply('Номер?', { reply_markup: { keyboard: [[{ text: 'Мой', request_contact: true }]] } }));
    bot.on('contact', (ctx) =>
      ctx.reply(`Спасибо, ${ctx.message.contact.first_name}`, { reply_markup: { remove_keyboard: true } }),
    );
    bot.action('more', async (ctx) => {
      await ctx.answerCbQuery('Смотрю…');
      await ctx.editMessageText('<i>ещё 7</i>', { parse_mode: 'HTML' });
      await ctx.replyWithDocument({ source: Buffer.from('PK'), filename: 'остатки.xlsx' }, { caption: 'Таблица' });
    });
    bot.on('text', async (ctx) => {
      await ctx.sendChatAction('typing');
      await ctx.replyWithHTML(`<b>${ctx.message.text}</b>: 5`, {
        reply_markup: { inline_keyboard: [[{ text: 'Ещё', callback_data: 'more' }]] },
      });
    });
    const running = bot.launch();
    const anna = telegram.user(77);

    anna.command('start');
    await expect(anna.nextMessage()).resolves.toMatchObject({ text: 'Номер?' });
    anna.tap('Мой');
    await expect(anna.nextMessage()).resolves.toMatchObject({ text: 'Спасибо, Анна' });
    anna.send('BP-4500/2');
    const answer = await anna.nextMessage();
    expect(answer).toMatchObject({ text: 'BP-4500/2: 5', html: '<b>BP-4500/2</b>: 5' });
    expect(anna.actions.map(({ action }) => action)).toEqual(['typing']);
    await expect(anna.press(answer, 'Ещё')).resolves.toMatchObject({ text: 'Смотрю…', showAlert: false });
    await expect(anna.nextEdit()).resolves.toMatchObject({ message_id: answer.message_id, text: 'ещё 7' });
    await expect(anna.nextMessage()).resolves.toMatchObject({
      document: { file_name: 'остатки.xlsx', file_size: 2 },
      caption: 'Таблица',
    });
    expect(telegram.calls.filter(({ ok }) => !ok)).toEqual([]);

    bot.stop();
    await running;
  });

  it('hears refusals with code, description and parameters', async () => {
    const bot = new Telegraf(telegram.token, { telegram: { apiRoot: telegram.url } });
    await expect(bot.telegram.sendMessage(77, 'да')).rejects.toMatchObject({
      response: { error_code: 400, description: 'Bad Request: chat not found' },
    });
    telegram.faults.set({ mode: 'status', status: 429, retryAfter: 5, times: 1 });
    await expect(bot.telegram.getMe()).rejects.toMatchObject({
      response: { error_code: 429, parameters: { retry_after: 5 } },
    });
  });
});

describe('startTelegram', () => {
  it('keeps so many messages of a chat as it is told', async () => {
    const small = await startTelegram({ token: '1:small', historyLimit: 3 });
    const anna = small.user(77);
    ['а', 'б', 'в', 'г'].forEach((text) => anna.send(text));
    expect(anna.messages.map(({ message_id }) => message_id)).toEqual([2, 3, 4]);
    await small.close();
  });

  it('begins with a new random update id each time, so that no bot takes new updates for old ones', async () => {
    const other = await startTelegram({ token: '2:other' });
    const firstId = async (one: LocalTelegram): Promise<number> => {
      one.user(77).send('привет');
      return (await callBot<{ update_id: number }[]>(one, 'getUpdates')).result[0]?.update_id ?? 0;
    };
    expect(await firstId(telegram)).not.toBe(await firstId(other));
    await other.close();
  });

  it('fails on a port that is taken', async () => {
    const port = Number(new URL(telegram.url).port);
    await expect(startTelegram({ token: '1:a', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('close', () => {
  it('ends polls, streams, hanging calls and idle connections at once', async () => {
    telegram.faults.set({ method: 'getMe', mode: 'hang' });
    const ended = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => 'answered',
        () => 'broken',
      );
    const poll = ended(callBot(telegram, 'getUpdates', { timeout: 50 }));
    const hanging = ended(callBot(telegram, 'getMe'));
    const stream = await fetch(`${telegram.url}/_tg/events`);
    const idle = connect(Number(new URL(telegram.url).port), '127.0.0.1');
    const idleEnd = new Promise((resolve) => idle.on('close', resolve).on('error', () => undefined));
    await new Promise((resolve) => setTimeout(resolve, 50));

    const started = Date.now();
    await telegram.close();
    await idleEnd;
    await ended(stream.text());
    await expect(Promise.all([poll, hanging])).resolves.toEqual(['broken', 'broken']);
    expect(Date.now() - started).toBeLessThan(500);
  });
});
