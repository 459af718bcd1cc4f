import { setTimeout as pause } from 'node:timers/promises';
import { startWorld, type World } from './support/world';

const ANNA = 77;
const BORIS = 78;

describe('A question that 1C could not answer', () => {
  let world: World;

  beforeEach(async () => {
    world = await startWorld({ env: { ONEC_MAX_ATTEMPTS: '1', ONEC_TIMEOUT_MS: '300' } });
    for (const id of [ANNA, BORIS]) {
      world.telegram.user(id).send('/start');
      await world.telegram.user(id).nextMessage();
    }
  });
  afterEach(() => world.stop());

  const user = (id = ANNA) => world.telegram.user(id);
  const next = async (id = ANNA, timeoutMs = 10_000) => (await user(id).nextMessage({ timeoutMs })).text ?? '';

  it('is answered by itself when 1C is back, once, and with the question quoted', async () => {
    await world.accounting.faults.set({ mode: 'refused' });
    user().send('есть BP-4500/2?');
    const trouble = await user().nextMessage();
    expect(trouble.text).toContain('Как только она заработает');
    expect(trouble.reply_markup?.inline_keyboard?.flat().map(({ text }) => text)).toEqual(['Уже не нужно']);
    await world.accounting.faults.clear();
    const answer = await next();
    expect(answer).toContain('Вы спрашивали: «есть BP-4500/2?»');
    expect(answer).toMatch(/Артикул: BP-4500\/2[\s\S]*(В наличии|Нет в наличии)/);
    await pause(1000);
    expect(user().messages.filter(({ text }) => text?.includes('Вы спрашивали'))).toHaveLength(1);
  });

  it('is answered in the order in which it was asked, over chats as well, after the breaker has closed', async () => {
    await world.accounting.faults.set({ mode: 'refused' });
    const asked: [number, string][] = [
      [ANNA, 'BP-4500/2'],
      [BORIS, 'АРТ-100'],
      [ANNA, '12345'],
      [BORIS, '12346'],
      [ANNA, 'АРТ-204'],
      [BORIS, 'АРТ-205'],
    ];
    for (const [id, article] of asked) {
      user(id).send(`есть ${article}?`);
      expect(await next(id)).toContain('не отвечает');
    }
    const order: string[] = [];
    world.telegram.events.on('message', ({ message }) => {
      const article = message.from.is_bot && /Вы спрашивали: «есть (\S+)\?»/.exec(message.text ?? '')?.[1];
      if (article) order.push(article);
    });
    await world.accounting.faults.clear();
    for (const id of [ANNA, ANNA, ANNA, BORIS, BORIS, BORIS]) await next(id, 15_000);
    expect(order).toEqual(asked.map(([, article]) => article));
  });

  it('is not answered any more after it was cancelled', async () => {
    await world.accounting.faults.set({ mode: 'refused' });
    user().send('есть BP-4500/2?');
    const trouble = await user().nextMessage();
    expect((await user().press(trouble, 'Уже не нужно')).text).toContain('снят');
    expect((await user().press(trouble, 'Уже не нужно')).text).toContain('уже снят');
    await world.accounting.faults.clear();
    user().send('есть АРТ-100?');
    expect(await next()).toContain('АРТ-100');
    await pause(4000);
    expect(user().messages.filter(({ text }) => text?.includes('BP-4500/2') && text.includes('наличии'))).toEqual([]);
  });

  it('is kept twenty times a chat and no more', async () => {
    await world.accounting.faults.set({ mode: 'refused' });
    const answers: string[] = [];
    for (let n = 0; n < 22; n += 1) {
      user().send(`есть АРТ-${100 + n}?`);
      answers.push(await next(ANNA, 20_000));
    }
    expect(answers.map((answer) => answer.includes('Как только она заработает')).filter(Boolean)).toHaveLength(20);
    expect(answers.at(-1)).toContain('Попробуйте, пожалуйста, чуть позже');
  });

  it('is not promised where 1C refuses the key: only an operator can help then', async () => {
    await world.accounting.faults.set({ mode: 'status', status: 403, operation: 'stock' });
    user().send('есть BP-4500/2?');
    const trouble = await user().nextMessage();
    expect(trouble.text).toContain('не отвечает');
    expect(trouble.reply_markup).toBeUndefined();
  });

  it('is not promised to a greeting', async () => {
    await world.stop();
    world = await startWorld({ env: { ONEC_MAX_ATTEMPTS: '1' } });
    await world.accounting.faults.set({ mode: 'refused' });
    user().send('привет');
    expect((await user().nextMessage()).reply_markup).toBeUndefined();
  });
});
