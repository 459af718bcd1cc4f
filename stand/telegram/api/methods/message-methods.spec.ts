import { type InlineKeyboardButton, type Message } from '../../bot-api.types';
import { type LocalTelegram, startTelegram } from '../../server';
import { type BotAnswer, callBot, sendToBotApi } from '../../spec-support';

let telegram: LocalTelegram;

beforeEach(async () => {
  telegram = await startTelegram({ token: '123456:local' });
  telegram.user(77).send('привет');
});

afterEach(() => telegram.close());

const call = (method: string, params: object): Promise<BotAnswer<Message>> =>
  callBot<Message>(telegram, method, { chat_id: 77, ...params });

const send = async (params: object = {}): Promise<Message> =>
  (await call('sendMessage', { text: 'да', ...params })).result;

const refused = (description: string, code = 400): object => ({
  status: code,
  ok: false,
  error_code: code,
  description,
});

const inline = (...buttons: object[]): object => ({ inline_keyboard: [buttons] });

function upload(
  method: string,
  part: string,
  content: string | Buffer,
  name: string,
  fields: Record<string, string> = {},
) {
  const body = new FormData();
  Object.entries({ chat_id: '77', ...fields }).forEach(([field, value]) => body.append(field, value));
  body.append(part, new Blob([content]), name);
  return sendToBotApi<Message>(telegram, method, { method: 'POST', body });
}

describe('sendMessage', () => {
  it('answers with the message as Telegram gives it to bots', async () => {
    const before = Math.floor(Date.now() / 1000);
    const message = await send({ text: '<b>Есть</b> 5 &lt; 6', parse_mode: 'html' });
    expect(message).toEqual({
      message_id: 2,
      from: { id: 123456, is_bot: true, first_name: 'Supplier Bot', username: 'supplier_local_bot' },
      chat: { id: 77, type: 'private', first_name: 'Анна', last_name: 'Смирнова', username: 'anna_svetoteh' },
      date: expect.any(Number) as number,
      text: 'Есть 5 < 6',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
    });
    expect(message.date - before).toBeLessThan(2);
  });

  it('shows the person the text as the bot wrote it, and keyboards that bots do not get back', async () => {
    const keyboard = { keyboard: [[{ text: 'Номер', request_contact: true }, 'Отмена']], resize_keyboard: true };
    const answer = await send({ text: '<i>да</i>', parse_mode: 'HTML', reply_markup: keyboard });
    expect(answer).not.toHaveProperty('reply_markup');
    expect(telegram.user(77).messages.at(-1)).toMatchObject({
      text: 'да',
      html: '<i>да</i>',
      reply_markup: {
        keyboard: [[{ text: 'Номер', request_contact: true }, { text: 'Отмена' }]],
        resize_keyboard: true,
      },
    });
  });

  it('replies to a message', async () => {
    expect((await send({ reply_parameters: { message_id: 1 } })).reply_to_message).toMatchObject({ text: 'привет' });
    expect((await send({ reply_to_message_id: 1 })).reply_to_message).toMatchObject({ message_id: 1 });
    await expect(call('sendMessage', { text: 'а', reply_parameters: { message_id: 99 } })).resolves.toMatchObject(
      refused('Bad Request: message to be replied not found'),
    );
    await expect(
      call('sendMessage', { text: 'а', reply_parameters: { message_id: 99, allow_sending_without_reply: true } }),
    ).resolves.toMatchObject({ ok: true });
  });

  it.each<[string, object, string]>([
    ['no text', { text: '' }, 'Bad Request: message text is empty'],
    ['4097 characters', { text: 'я'.repeat(4097) }, 'Bad Request: message is too long'],
    [
      'broken HTML',
      { text: '<b>да', parse_mode: 'HTML' },
      'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ],
    [
      'broken MarkdownV2',
      { text: '12.5', parse_mode: 'MarkdownV2' },
      "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ],
    ['no chat', { chat_id: '' }, 'Bad Request: chat_id is empty'],
    ['an unknown chat', { chat_id: 5 }, 'Bad Request: chat not found'],
    ['a person by name', { chat_id: '@anna_svetoteh' }, 'Bad Request: chat not found'],
    ['a person who never wrote', { chat_id: 78 }, 'Bad Request: chat not found'],
    ['a markup that is not JSON', { reply_markup: '{' }, "Bad Request: can't parse reply keyboard markup JSON object"],
    ['a markup that is no object', { reply_markup: '[]' }, 'Bad Request: object expected as reply markup'],
    [
      'rows that are none',
      { reply_markup: { inline_keyboard: [{ text: 'а', callback_data: 'а' }] } },
      'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ],
    [
      'callback_data of 65 bytes',
      { reply_markup: inline({ text: 'а', callback_data: 'x'.repeat(65) }) },
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'callback_data of 33 Cyrillic letters',
      { reply_markup: inline({ text: 'а', callback_data: 'я'.repeat(33) }) },
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'a button that does nothing',
      { reply_markup: inline({ text: 'а' }) },
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'empty callback_data',
      { reply_markup: inline({ text: 'а', callback_data: '' }) },
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'a button without text',
      { reply_markup: inline({ text: '', callback_data: 'а' }) },
      'Bad Request: inline keyboard button text must be non-empty',
    ],
    [
      'a button without a text field',
      { reply_markup: inline({ callback_data: 'а' }) },
      'Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"',
    ],
    [
      'a keyboard button without text',
      { reply_markup: { keyboard: [['']] } },
      'Bad Request: keyboard button text must be non-empty',
    ],
    [
      'a link to this machine',
      { reply_markup: inline({ text: 'а', url: 'http://localhost:3000' }) },
      "Bad Request: inline keyboard button URL 'http://localhost:3000' is invalid: Wrong HTTP URL",
    ],
    [
      '101 buttons',
      {
        reply_markup: {
          inline_keyboard: Array.from({ length: 101 }, (_, i) => [{ text: 'а', callback_data: String(i) }]),
        },
      },
      'Bad Request: reply markup is too long',
    ],
    ['an unknown parse mode', { parse_mode: 'BBCode' }, 'Bad Request: unsupported parse_mode'],
  ])('refuses %s', async (_what, params, description) => {
    await expect(call('sendMessage', { text: 'да', ...params })).resolves.toEqual(refused(description));
  });

  it('takes what is just within the limits', async () => {
    const buttons: InlineKeyboardButton[] = Array.from({ length: 100 }, () => ({
      text: 'а',
      callback_data: 'я'.repeat(32),
    }));
    const message = await send({ text: 'я'.repeat(4096), reply_markup: { inline_keyboard: [buttons] } });
    expect(message.reply_markup?.inline_keyboard?.[0]).toHaveLength(100);
  });

  it('cannot write to a person who blocked the bot, until that is undone', async () => {
    const anna = telegram.user(77);
    anna.block();
    await expect(call('sendMessage', { text: 'да' })).resolves.toEqual(
      refused('Forbidden: bot was blocked by the user', 403),
    );
    await expect(call('sendChatAction', { action: 'typing' })).resolves.toMatchObject({ error_code: 403 });
    anna.unblock();
    await expect(call('sendMessage', { text: 'да' })).resolves.toMatchObject({ ok: true });
  });

  it('cannot begin with a person whom it knows by a contact only', async () => {
    telegram.user(77).sendContact(telegram.user(78).person);
    await expect(call('sendMessage', { chat_id: 78, text: 'да' })).resolves.toEqual(
      refused("Forbidden: bot can't initiate conversation with a user", 403),
    );
  });
});

describe('editMessageText', () => {
  const markup = inline({ text: 'Ещё', callback_data: 'more' });

  it('changes text and buttons; without new buttons they go', async () => {
    const { message_id } = await send({ reply_markup: markup });
    const edited = await call('editMessageText', { message_id, text: '<b>нет</b>', parse_mode: 'HTML' });
    expect(edited.result).toMatchObject({ message_id, text: 'нет', edit_date: expect.any(Number) as number });
    expect(edited.result).not.toHaveProperty('reply_markup');
    expect(telegram.user(77).messages.at(-1)).toMatchObject({ text: 'нет', html: '<b>нет</b>' });
  });

  it('refuses what changes nothing', async () => {
    const { message_id } = await send({ text: '<b>да</b>', parse_mode: 'HTML', reply_markup: markup });
    await expect(
      call('editMessageText', { message_id, text: '<strong>да</strong>', parse_mode: 'HTML', reply_markup: markup }),
    ).resolves.toEqual(
      refused(
        'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      ),
    );
    await expect(call('editMessageText', { message_id, text: 'да', reply_markup: markup })).resolves.toMatchObject({
      ok: true,
    });
  });

  it.each<[string, object, string]>([
    ['a message that is not there', { message_id: 99 }, 'Bad Request: message to edit not found'],
    ["a person's message", { message_id: 1 }, "Bad Request: message can't be edited"],
    ['no text', { message_id: 1, text: '' }, 'Bad Request: message text is empty'],
    [
      'another keyboard',
      { message_id: 1, reply_markup: { remove_keyboard: true } },
      'Bad Request: inline keyboard expected',
    ],
  ])('refuses %s', async (_what, params, description) => {
    await expect(call('editMessageText', { text: 'нет', ...params })).resolves.toEqual(refused(description));
  });

  it('refuses a message that came with a reply keyboard', async () => {
    const { message_id } = await send({ reply_markup: { keyboard: [['Меню']] } });
    await expect(call('editMessageText', { message_id, text: 'нет' })).resolves.toEqual(
      refused("Bad Request: message can't be edited"),
    );
  });

  it('refuses a document, whose caption is changed otherwise', async () => {
    const { result } = await upload('sendDocument', 'document', 'x', 'a.txt', { caption: 'было' });
    const { message_id } = result;
    await expect(call('editMessageText', { message_id, text: 'нет' })).resolves.toEqual(
      refused('Bad Request: there is no text in the message to edit'),
    );
    await expect(call('editMessageCaption', { message_id, caption: 'стало' })).resolves.toMatchObject({
      result: { caption: 'стало', document: { file_name: 'a.txt' } },
    });
  });
});

describe('editMessageReplyMarkup', () => {
  it('changes the buttons only', async () => {
    const { message_id } = await send({ reply_markup: inline({ text: 'Ещё', callback_data: 'more' }) });
    const changed = inline({ text: 'Всё', callback_data: 'all' });
    await expect(call('editMessageReplyMarkup', { message_id, reply_markup: changed })).resolves.toMatchObject({
      result: { text: 'да', reply_markup: changed },
    });
    await expect(call('editMessageReplyMarkup', { message_id, reply_markup: changed })).resolves.toMatchObject({
      description: expect.stringContaining('message is not modified') as string,
    });
    const { result } = await call('editMessageReplyMarkup', { message_id });
    expect(result).not.toHaveProperty('reply_markup');
  });
});

describe('deleteMessage', () => {
  it('takes the message away, once', async () => {
    const { message_id } = await send();
    await expect(call('deleteMessage', { message_id })).resolves.toMatchObject({ result: true });
    expect(telegram.user(77).messages.map((message) => message.text)).toEqual(['привет']);
    await expect(call('deleteMessage', { message_id })).resolves.toEqual(
      refused('Bad Request: message to delete not found'),
    );
    await expect(call('deleteMessage', {})).resolves.toEqual(
      refused('Bad Request: message identifier is not specified'),
    );
  });

  it('passes over what is not there where many are named', async () => {
    const { message_id } = await send();
    await expect(call('deleteMessages', { message_ids: [1, message_id, 99] })).resolves.toMatchObject({ result: true });
    expect(telegram.user(77).messages).toEqual([]);
  });
});

describe('sendDocument', () => {
  it('takes an upload, by its part or by reference, and sends it again by its id', async () => {
    const first = await upload('sendDocument', 'document', 'товар;цена', 'прайс лист.csv', {
      caption: '<b>Цены</b>',
      parse_mode: 'HTML',
    });
    expect(first.result).toMatchObject({
      document: { file_name: 'прайс лист.csv', mime_type: 'text/csv', file_size: 19 },
      caption: 'Цены',
      caption_entities: [{ type: 'bold', offset: 0, length: 4 }],
    });
    const second = await upload('sendDocument', 'abc', 'x', 'акт.pdf', { document: 'attach://abc' });
    expect(second.result.document).toMatchObject({ file_name: 'акт.pdf', mime_type: 'application/pdf' });
    const third = await call('sendDocument', { document: first.result.document?.file_id });
    expect(third.result.document).toEqual(first.result.document);
  });

  it('gives the file back to the bot', async () => {
    const { result } = await upload('sendDocument', 'document', 'содержимое', 'a.xlsx');
    const file = await callBot<{ file_path: string; file_size: number }>(telegram, 'getFile', {
      file_id: result.document?.file_id,
    });
    expect(file.result).toMatchObject({ file_path: 'documents/file_0.xlsx', file_size: 20 });
    const download = (path: string, token = telegram.token) => fetch(`${telegram.url}/file/bot${token}/${path}`);
    await expect((await download(file.result.file_path)).text()).resolves.toBe('содержимое');
    expect((await download('documents/none')).status).toBe(404);
    expect((await download(file.result.file_path, 'other')).status).toBe(401);
  });

  it.each<[string, object, string]>([
    ['nothing', {}, 'Bad Request: there is no document in the request'],
    ['a link', { document: 'https://example.com/a.pdf' }, 'Bad Request: failed to get HTTP URL content'],
    ['an unknown id', { document: 'BQAC' }, 'Bad Request: wrong file identifier/HTTP URL specified'],
    ['a caption of 1025 characters', { caption: 'я'.repeat(1025) }, 'Bad Request: message caption is too long'],
  ])('refuses %s', async (_what, params, description) => {
    await expect(call('sendDocument', params)).resolves.toEqual(refused(description));
  });

  it('refuses an empty file', async () => {
    await expect(upload('sendDocument', 'document', '', 'a.txt')).resolves.toEqual(
      refused('Bad Request: file must be non-empty'),
    );
  });

  it('refuses more than 50 MB', async () => {
    await expect(upload('sendDocument', 'document', Buffer.alloc(50 * 1024 * 1024 + 1), 'a.bin')).resolves.toEqual(
      refused('Request Entity Too Large', 413),
    );
  });

  it('stores nothing of a call that is refused', async () => {
    await upload('sendDocument', 'document', 'x', 'a.txt', { chat_id: '5' });
    const { result } = await upload('sendDocument', 'document', 'x', 'a.txt');
    const file = await callBot<{ file_path: string }>(telegram, 'getFile', { file_id: result.document?.file_id });
    expect(file.result.file_path).toBe('documents/file_0.txt');
  });
});

describe('sendPhoto', () => {
  const png = (width: number, height: number): Buffer => {
    const header = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000806000000', 'hex');
    header.writeUInt32BE(width, 16);
    header.writeUInt32BE(height, 20);
    return header;
  };

  it('takes a picture with its size, which is no document', async () => {
    const { result } = await upload('sendPhoto', 'photo', png(640, 480), 'a.png', { caption: 'вид' });
    expect(result).toMatchObject({ photo: [{ width: 640, height: 480 }], caption: 'вид' });
    await expect(call('sendDocument', { document: result.photo?.[0]?.file_id })).resolves.toEqual(
      refused("Bad Request: can't use file of type Photo as Document"),
    );
  });

  it.each<[string, Buffer, string]>([
    ['what is no picture', Buffer.from('%PDF-1.7'), 'Bad Request: IMAGE_PROCESS_FAILED'],
    ['a strip', png(2100, 100), 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
    ['a poster', png(9000, 2000), 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
    [
      'more than 10 MB',
      Buffer.concat([png(10, 10), Buffer.alloc(10 * 1024 * 1024)]),
      'Bad Request: file of size 10485789 bytes is too big for a photo; the maximum size is 10485760 bytes',
    ],
  ])('refuses %s', async (_what, content, description) => {
    await expect(upload('sendPhoto', 'photo', content, 'a.png')).resolves.toEqual(refused(description));
  });
});

describe('sendChatAction', () => {
  it('shows the person what the bot is doing', async () => {
    const before = Date.now();
    await expect(call('sendChatAction', { action: 'typing' })).resolves.toMatchObject({ result: true });
    const [seen] = telegram.user(77).actions;
    expect(seen?.action).toBe('typing');
    expect(seen?.at).toBeGreaterThanOrEqual(before);
  });

  it('refuses an unknown action', async () => {
    await expect(call('sendChatAction', { action: 'thinking' })).resolves.toEqual(
      refused('Bad Request: wrong parameter action in request'),
    );
  });
});

describe('the limits of sending', () => {
  it('are kept on demand: 429 with the time to wait, in the body and in the header', async () => {
    const strict = await startTelegram({
      token: '1:strict',
      enforceLimits: { perSecond: 100, perChatPerSecond: 0.5, chatBurst: 2 },
    });
    strict.user(77).send('привет');
    const write = () => callBot(strict, 'sendMessage', { chat_id: 77, text: 'да' });
    await expect(write()).resolves.toMatchObject({ ok: true });
    await expect(write()).resolves.toMatchObject({ ok: true });
    await expect(write()).resolves.toEqual({
      ...refused('Too Many Requests: retry after 2', 429),
      parameters: { retry_after: 2 },
    });
    const response = await fetch(`${strict.url}/bot1:strict/sendMessage?chat_id=77&text=a`);
    expect(response.headers.get('retry-after')).toBe('2');
    await expect(callBot(strict, 'sendChatAction', { chat_id: 77, action: 'typing' })).resolves.toMatchObject({
      ok: true,
    });
    await strict.close();
  });
});
