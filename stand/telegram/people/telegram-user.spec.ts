import { type CallbackQuery, type ChatMemberUpdated, type Message } from '../bot-api.types';
import { type LocalTelegram, startTelegram, type TelegramUser } from '../server';
import { callBot } from '../spec-support';

interface Update {
  message?: Message;
  edited_message?: Message;
  callback_query?: CallbackQuery;
  my_chat_member?: ChatMemberUpdated;
}

let telegram: LocalTelegram;
let anna: TelegramUser;

beforeEach(async () => {
  telegram = await startTelegram({ token: '123456:local' });
  anna = telegram.user(77);
});

afterEach(() => telegram.close());

const updates = async (): Promise<Update[]> => (await callBot<Update[]>(telegram, 'getUpdates')).result;
const lastUpdate = async (): Promise<Update | undefined> => (await updates()).at(-1);
const say = async (text: string, params: object = {}): Promise<Message> =>
  (await callBot<Message>(telegram, 'sendMessage', { chat_id: 77, text, ...params })).result;

const buttons = {
  inline_keyboard: [
    [
      { text: 'Ещё', callback_data: 'more' },
      { text: 'Сайт', url: 'example.com' },
    ],
  ],
};

describe('what a person sends', () => {
  it('is a text with the entities that Telegram finds', async () => {
    expect(anna.send(' /price example.com ')).toMatchObject({ message_id: 1, text: '/price example.com' });
    expect((await lastUpdate())?.message?.entities).toEqual(
      [
        { type: 'url', offset: 7, length: 11 },
        { type: 'bot_command', offset: 0, length: 6 },
      ].sort((a, b) => a.offset - b.offset),
    );
  });

  it('is a command', async () => {
    anna.command('start', 'invite_42');
    anna.command('/help');
    expect((await updates()).map(({ message }) => message?.text)).toEqual(['/start invite_42', '/help']);
  });

  it('is cut at 4096 characters, as applications do', async () => {
    expect(anna.send(`${'а'.repeat(4000)} ${'б'.repeat(4000)}`).text).toBe('б'.repeat(4000));
    expect((await updates()).map(({ message }) => message?.text?.length)).toEqual([4000, 4000]);
  });

  it('cannot be empty', () => {
    expect(() => anna.send('  ')).toThrow('The text is empty');
  });

  it('is the own contact, in reply to the keyboard that asked for it', async () => {
    anna.send('привет');
    await say('Ваш номер?', { reply_markup: { keyboard: [[{ text: 'Поделиться', request_contact: true }]] } });
    anna.tap('Поделиться');
    expect((await lastUpdate())?.message).toMatchObject({
      contact: { phone_number: '+79161234501', first_name: 'Анна', last_name: 'Смирнова', user_id: 77 },
      from: { id: 77 },
      reply_to_message: { text: 'Ваш номер?' },
    });
  });

  it("is somebody else's contact, with an account or without", async () => {
    anna.sendContact(telegram.user(78).person);
    anna.sendContact({ firstName: 'Склад', phone: '+74950000000' });
    expect((await updates()).map(({ message }) => message?.contact)).toEqual([
      { phone_number: '+79161234502', first_name: 'Борис', last_name: 'Егоров', user_id: 78 },
      { phone_number: '+74950000000', first_name: 'Склад' },
    ]);
  });

  it('is a document, a photo, a voice message or a sticker', async () => {
    anna.sendDocument('заказ.xlsx', 'PK', 'мой заказ');
    anna.sendPhoto();
    anna.sendVoice(4);
    anna.sendSticker('🔧');
    expect((await updates()).map(({ message }) => message)).toMatchObject([
      { document: { file_name: 'заказ.xlsx', file_size: 2 }, caption: 'мой заказ' },
      { photo: [{ width: 1, height: 1 }] },
      { voice: { duration: 4, mime_type: 'audio/ogg' } },
      { sticker: { type: 'regular', emoji: '🔧' } },
    ]);
  });

  it('is a message of the bot, forwarded', async () => {
    anna.send('привет');
    await say('Есть 5 шт.');
    const answer = await anna.nextMessage();
    anna.forward(answer);
    expect((await lastUpdate())?.message).toMatchObject({
      message_id: 3,
      from: { id: 77 },
      text: 'Есть 5 шт.',
      forward_origin: { type: 'user', sender_user: { id: 123456 }, date: answer.date },
      forward_from: { id: 123456 },
    });
  });

  it('can be changed afterwards', async () => {
    const sent = anna.send('есть 123?');
    anna.edit(sent, 'есть 124? /help');
    expect((await lastUpdate())?.edited_message).toMatchObject({
      message_id: 1,
      text: 'есть 124? /help',
      edit_date: expect.any(Number) as number,
      entities: [{ type: 'bot_command', offset: 10, length: 5 }],
    });
    const foreign = await say('да');
    expect(() => anna.edit(foreign.message_id, 'нет')).toThrow("Message 2 is not a text of the person's own");
    expect(() => anna.edit(99, 'нет')).toThrow('There is no message 99 in chat 77');
  });

  it('knows only accounts that there are', () => {
    expect(() => telegram.user(5)).toThrow('There is no account 5; start the local Telegram with it in "people"');
    const guest = telegram.addPerson({
      id: 5,
      firstName: 'Гость',
      phone: '+70000000005',
      languageCode: 'ru',
      about: '',
    });
    expect(guest.send('привет').chat).toEqual({ id: 5, type: 'private', first_name: 'Гость' });
    expect(telegram.user(5)).toBe(guest);
  });
});

describe('block', () => {
  it('tells the bot, and lets the person do nothing until it is undone', async () => {
    anna.send('привет');
    await say('да', { reply_markup: buttons });
    anna.block();
    expect((await lastUpdate())?.my_chat_member).toMatchObject({
      chat: { id: 77 },
      from: { id: 77 },
      old_chat_member: { user: { id: 123456 }, status: 'member' },
      new_chat_member: { user: { id: 123456 }, status: 'kicked' },
    });
    expect(() => anna.send('ау')).toThrow('Account 77 has blocked the bot; unblock it first');
    await expect(anna.press(2, 'Ещё')).rejects.toThrow('has blocked the bot');
    anna.unblock();
    expect((await lastUpdate())?.my_chat_member?.new_chat_member.status).toBe('member');
    expect(anna.send('ау').text).toBe('ау');
  });
});

describe('press', () => {
  beforeEach(() => {
    anna.send('привет');
  });

  it.each([['Ещё'], ['more']])('finds the button by "%s" and waits for the answer', async (button) => {
    const message = await say('да', { reply_markup: buttons });
    const answer = anna.press(message.message_id, button);
    const query = (await lastUpdate())?.callback_query;
    expect(query).toMatchObject({ from: { id: 77 }, data: 'more', message: { message_id: 2, text: 'да' } });
    await callBot(telegram, 'answerCallbackQuery', { callback_query_id: query?.id, text: 'Готово', show_alert: true });
    await expect(answer).resolves.toEqual({ chatId: 77, callbackQueryId: query?.id, text: 'Готово', showAlert: true });
  });

  it('says what there is where the button is not', async () => {
    await say('да', { reply_markup: buttons });
    await expect(anna.press(2, 'Назад')).rejects.toThrow(
      'Message 2 has no button "Назад" to press; it has: "Ещё", "Сайт"',
    );
    await expect(anna.press(2, 'Сайт')).rejects.toThrow('Message 2 has no button "Сайт" to press');
    await expect(anna.press(1, 'Ещё')).rejects.toThrow('it has: none');
  });

  it('fails where the bot does not answer, or Telegram ends before', async () => {
    await say('да', { reply_markup: buttons });
    await expect(anna.press(2, 'Ещё', { timeoutMs: 30 })).rejects.toThrow(
      'The bot did not answer the press of "Ещё" within 30 ms',
    );
    const press = anna.press(2, 'Ещё');
    await telegram.close();
    await expect(press).rejects.toThrow('was closed before the bot answered');
  });
});

describe('the reply keyboard', () => {
  const keyboard = { keyboard: [['Остатки', 'Цены']] };

  beforeEach(() => {
    anna.send('привет');
  });

  it('is open until it is removed', async () => {
    await say('Меню', { reply_markup: keyboard });
    await say('Что дальше?');
    expect(anna.tap('Цены')).toMatchObject({ text: 'Цены' });
    await say('Меню закрыто', { reply_markup: { remove_keyboard: true } });
    expect(() => anna.tap('Цены')).toThrow('The keyboard has no button "Цены"; it has: none, it is closed');
  });

  it('closes after one touch where it is for one time', async () => {
    await say('Меню', { reply_markup: { ...keyboard, one_time_keyboard: true } });
    expect(anna.keyboard.map((button) => button.text)).toEqual(['Остатки', 'Цены']);
    anna.tap('Остатки');
    expect(anna.keyboard).toEqual([]);
  });
});

describe('nextMessage', () => {
  it('gives the messages of the bot in order, also those from before', async () => {
    anna.send('а');
    await say('раз');
    anna.send('б');
    await say('два');
    await expect(anna.nextMessage()).resolves.toMatchObject({ text: 'раз' });
    await expect(anna.nextMessage()).resolves.toMatchObject({ text: 'два' });
    const third = anna.nextMessage();
    await say('три');
    await expect(third).resolves.toMatchObject({ text: 'три' });
  });

  it.each<[string, string | RegExp | ((message: { text?: string }) => boolean)]>([
    ['a part', 'два'],
    ['a pattern', /^дв/],
    ['a condition', ({ text }) => text === 'два'],
  ])('finds by %s', async (_what, match) => {
    anna.send('а');
    await say('раз');
    await say('два');
    await expect(anna.nextMessage({ match })).resolves.toMatchObject({ text: 'два' });
  });

  it('says what came instead', async () => {
    anna.send('а');
    await say('раз');
    await expect(anna.nextMessage({ match: 'два', timeoutMs: 30 })).rejects.toThrow(
      'No message from the bot with "два" within 30 ms; what came and was not taken:\n  2: "раз"',
    );
  });

  it('comes when the call is on record', async () => {
    anna.send('а');
    const next = anna.nextMessage();
    void say('раз');
    await next;
    expect(telegram.calls).toMatchObject([{ method: 'sendMessage', ok: true }]);
  });
});

describe('nextEdit', () => {
  it('gives the changes that the bot makes', async () => {
    anna.send('а');
    await say('жду');
    const edit = anna.nextEdit();
    await callBot(telegram, 'editMessageText', { chat_id: 77, message_id: 2, text: 'есть' });
    await expect(edit).resolves.toMatchObject({ message_id: 2, text: 'есть' });
    await expect(anna.nextMessage()).resolves.toMatchObject({ text: 'жду' });
  });
});

it('clear forgets the history and what was not taken', async () => {
  anna.send('а');
  await say('раз');
  anna.clear();
  expect(anna.messages).toEqual([]);
  await expect(anna.nextMessage({ timeoutMs: 30 })).rejects.toThrow('nothing came');
  expect(anna.send('б').message_id).toBe(3);
});
