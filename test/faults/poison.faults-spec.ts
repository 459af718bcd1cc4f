import { compileMain } from '../support/main-process';
import { ChatLoad } from './support/chat-load';
import { eventuallyWithin } from './support/eventually-within';
import { addressOf, Stage, webhookSettings } from './support/stage';
import { tell } from './support/tell';

/** The pauses of the queue before the second to the fifth try, in all, and what it may take around them. */
const ALL_TRIES_MS = (1 + 5 + 30 + 120) * 1000;
const SECRET_WORDS = 'слова-поставщика';

describe('An update that can never be handled', () => {
  let stage: Stage;

  beforeAll(() => {
    compileMain();
  }, 120_000);

  afterEach(() => stage.close());

  it('goes aside after five tries, is counted and shown, and holds nobody but its own chat until then', async () => {
    const settings = await webhookSettings();
    stage = await Stage.open({ people: 2, env: settings });
    const bot = stage.start();
    const url = await addressOf(bot);
    await bot.event('webhook');
    const [anna, boris] = stage.chats as [number, number];

    // As Telegram never sends it, but as a change of the Bot API might: the language is no text.
    const poison = {
      update_id: 5,
      message: {
        message_id: 1,
        date: 1_700_000_000,
        chat: { id: anna, type: 'private' },
        from: { id: anna, is_bot: false, first_name: 'Анна', language_code: 7 },
        text: SECRET_WORDS,
      },
    };
    const response = await fetch(settings['TELEGRAM_WEBHOOK_URL']!, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-telegram-bot-api-secret-token': settings['TELEGRAM_WEBHOOK_SECRET']!,
      },
      body: JSON.stringify(poison),
    });
    expect(response.status).toBe(200);
    const startedAt = Date.now();
    const load = new ChatLoad(stage);
    const behind = load.ask(anna);
    load.ask(boris);
    await eventuallyWithin(5000, () => expect(load.answeredSoFar).toBe(1));
    expect(load.report().unanswered).toMatchObject([{ chatId: anna, article: behind }]);

    await load.settle(ALL_TRIES_MS + 15_000);
    tell('A poisoned update', { tries: 5, 'ms until its chat went on': Date.now() - startedAt });
    expect(stage.logged('failed, tried again later')).toHaveLength(4);
    expect(stage.logged('set aside after the last try')).toMatchObject([{ queue: 'inbox', id: '5', try: 5 }]);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/queue_items\{queue="inbox",state="dead"\} 1/);
    const ready = await fetch(`${url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(bot.output.join('\n')).not.toContain(SECRET_WORDS);
  }, 220_000);
});
