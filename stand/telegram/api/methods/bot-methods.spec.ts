import { type LocalTelegram, startTelegram } from '../../server';
import { callBot } from '../../spec-support';

let telegram: LocalTelegram;

beforeEach(async () => {
  telegram = await startTelegram({ token: '123456:local', callbackLifetimeMs: 300 });
});

afterEach(() => telegram.close());

it('getMe tells who the bot is', async () => {
  await expect(callBot(telegram, 'getMe')).resolves.toMatchObject({
    result: { id: 123456, is_bot: true, username: 'supplier_local_bot', can_join_groups: true },
  });
});

describe('commands', () => {
  const set = (command: string, params: object = {}) =>
    callBot(telegram, 'setMyCommands', { commands: [{ command, description: 'что-то' }], ...params });

  it('are kept by scope and language', async () => {
    const changes: unknown[] = [];
    telegram.events.on('commands', (change) => changes.push(change));
    await set('help');
    await set('price', { scope: { type: 'chat', chat_id: 77 }, language_code: 'ru' });
    await expect(callBot(telegram, 'getMyCommands')).resolves.toMatchObject({
      result: [{ command: 'help', description: 'что-то' }],
    });
    const scope = { scope: { type: 'chat', chat_id: '77' }, language_code: 'ru' };
    await expect(callBot(telegram, 'getMyCommands', scope)).resolves.toMatchObject({ result: [{ command: 'price' }] });
    await callBot(telegram, 'deleteMyCommands', scope);
    await expect(callBot(telegram, 'getMyCommands', scope)).resolves.toMatchObject({ result: [] });
    expect(changes).toHaveLength(3);
  });

  it.each<[string, object, string]>([
    ['capitals', { commands: [{ command: 'Help', description: 'а' }] }, 'Bad Request: BOT_COMMAND_INVALID'],
    ['Cyrillic', { commands: [{ command: 'цена', description: 'а' }] }, 'Bad Request: BOT_COMMAND_INVALID'],
    [
      '33 letters',
      { commands: [{ command: 'a'.repeat(33), description: 'а' }] },
      'Bad Request: command length must not exceed 32',
    ],
    ['no name', { commands: [{ command: '/', description: 'а' }] }, 'Bad Request: command must be non-empty'],
    [
      'no description',
      { commands: [{ command: 'a', description: ' ' }] },
      'Bad Request: command description must be non-empty',
    ],
    [
      '257 letters of description',
      { commands: [{ command: 'a', description: 'я'.repeat(257) }] },
      'Bad Request: command description length must not exceed 256',
    ],
    [
      'a missing description',
      { commands: [{ command: 'a' }] },
      'Bad Request: can\'t parse BotCommand: Can\'t find field "description"',
    ],
    ['no list', { commands: { command: 'a' } }, 'Bad Request: expected an Array of BotCommand'],
    [
      '101 commands',
      { commands: Array.from({ length: 101 }, (_, i) => ({ command: `c${i}`, description: 'а' })) },
      'Bad Request: BOT_COMMANDS_TOO_MUCH',
    ],
    [
      'an unknown scope',
      { commands: [], scope: { type: 'moon' } },
      "Bad Request: can't parse BotCommandScope: Unsupported type specified",
    ],
    ['an unknown language', { commands: [], language_code: 'русский' }, 'Bad Request: invalid language code specified'],
  ])('refuse %s', async (_what, params, description) => {
    await expect(callBot(telegram, 'setMyCommands', params)).resolves.toMatchObject({ status: 400, description });
  });
});

it('keeps descriptions by language, within their limits', async () => {
  await callBot(telegram, 'setMyDescription', { description: 'Про остатки' });
  await callBot(telegram, 'setMyShortDescription', { short_description: 'Stock', language_code: 'en' });
  await expect(callBot(telegram, 'getMyDescription', { language_code: 'en' })).resolves.toMatchObject({
    result: { description: 'Про остатки' },
  });
  await expect(callBot(telegram, 'getMyShortDescription')).resolves.toMatchObject({
    result: { short_description: '' },
  });
  await expect(callBot(telegram, 'setMyDescription', { description: 'я'.repeat(513) })).resolves.toMatchObject({
    error_code: 400,
  });
  await expect(
    callBot(telegram, 'setMyShortDescription', { short_description: 'я'.repeat(121) }),
  ).resolves.toMatchObject({
    error_code: 400,
  });
});

it('keeps the menu button, for all and for a chat', async () => {
  telegram.user(77).send('привет');
  await callBot(telegram, 'setChatMenuButton', { chat_id: 77, menu_button: { type: 'default' } });
  await expect(callBot(telegram, 'getChatMenuButton', { chat_id: 77 })).resolves.toMatchObject({
    result: { type: 'default' },
  });
  await expect(callBot(telegram, 'getChatMenuButton')).resolves.toMatchObject({ result: { type: 'commands' } });
  await expect(callBot(telegram, 'setChatMenuButton', { menu_button: { type: 'x' } })).resolves.toMatchObject({
    description: "Bad Request: can't parse menu button: MenuButton has unsupported type",
  });
});

it('getChat tells of people who wrote, and of no others', async () => {
  await expect(callBot(telegram, 'getChat', { chat_id: 77 })).resolves.toMatchObject({
    description: 'Bad Request: chat not found',
  });
  telegram.user(77).send('привет');
  await expect(callBot(telegram, 'getChat', { chat_id: '77' })).resolves.toMatchObject({
    result: { id: 77, type: 'private', first_name: 'Анна', active_usernames: ['anna_svetoteh'] },
  });
});

describe('getFile', () => {
  it.each([
    ['no id', {}, 'Bad Request: file_id not specified'],
    ['an unknown id', { file_id: 'BQAC' }, 'Bad Request: wrong file_id or the file is temporarily unavailable'],
  ])('refuses %s', async (_what, params, description) => {
    await expect(callBot(telegram, 'getFile', params)).resolves.toMatchObject({ status: 400, description });
  });

  it('refuses a file of more than 20 MB', async () => {
    const { document } = telegram.user(77).sendDocument('база.dt', Buffer.alloc(20 * 1024 * 1024 + 1));
    await expect(callBot(telegram, 'getFile', { file_id: document?.file_id })).resolves.toMatchObject({
      description: 'Bad Request: file is too big',
    });
  });
});

describe('answerCallbackQuery', () => {
  const invalid = 'Bad Request: query is too old and response timeout expired or query ID is invalid';

  const pressed = async (): Promise<string> => {
    const anna = telegram.user(77);
    anna.send('привет');
    await callBot(telegram, 'sendMessage', {
      chat_id: 77,
      text: 'да',
      reply_markup: { inline_keyboard: [[{ text: 'Ещё', callback_data: 'more' }]] },
    });
    void anna.press(2, 'Ещё');
    const { result } = await callBot<{ callback_query?: { id: string } }[]>(telegram, 'getUpdates', { offset: -1 });
    return result[0]?.callback_query?.id ?? '';
  };

  it('refuses an unknown query, one that is too old, and a text of more than 200 characters', async () => {
    await expect(callBot(telegram, 'answerCallbackQuery', { callback_query_id: '1' })).resolves.toMatchObject({
      status: 400,
      description: invalid,
    });
    const callback_query_id = await pressed();
    await expect(
      callBot(telegram, 'answerCallbackQuery', { callback_query_id, text: 'я'.repeat(201) }),
    ).resolves.toMatchObject({ description: 'Bad Request: MESSAGE_TOO_LONG' });
    await new Promise((resolve) => setTimeout(resolve, 350));
    await expect(callBot(telegram, 'answerCallbackQuery', { callback_query_id })).resolves.toMatchObject({
      description: invalid,
    });
  });

  it('may be answered more than once', async () => {
    const callback_query_id = await pressed();
    await expect(callBot(telegram, 'answerCallbackQuery', { callback_query_id })).resolves.toMatchObject({
      result: true,
    });
    await expect(callBot(telegram, 'answerCallbackQuery', { callback_query_id })).resolves.toMatchObject({
      result: true,
    });
  });
});
