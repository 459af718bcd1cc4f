import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import express from 'express';
import { PEOPLE } from '../../people';
import { type ChatMessage, type Message } from '../bot-api.types';
import { type LocalTelegram, startTelegram } from '../server';
import { callBot } from '../spec-support';

let telegram: LocalTelegram;

beforeEach(async () => {
  telegram = await startTelegram({ token: '123456:local' });
});

afterEach(() => telegram.close());

async function request<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> {
  const json = body !== undefined && !(body instanceof FormData);
  const response = await fetch(`${telegram.url}/_tg${path}`, {
    method,
    ...(json && { headers: { 'content-type': 'application/json' } }),
    ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
}

const get = async <T>(path: string): Promise<T> => (await request<T>('GET', path)).body;
const say = (text: string, params: object = {}) =>
  callBot<Message>(telegram, 'sendMessage', { chat_id: 77, text, ...params });

it('tells the people, the bot and the commands in the language of the person', async () => {
  const commands = (description: string, language_code = '') =>
    callBot(telegram, 'setMyCommands', { commands: [{ command: 'help', description }], language_code });
  await commands('Help');
  await commands('Помощь', 'ru');
  await expect(get('/people')).resolves.toEqual(PEOPLE);
  await expect(get('/bot')).resolves.toMatchObject({ id: 123456, is_bot: true });
  await expect(get('/commands?user=77')).resolves.toEqual([{ command: 'help', description: 'Помощь' }]);
  await expect(get('/commands?user=79')).resolves.toEqual([{ command: 'help', description: 'Help' }]);
});

it('sends texts, contacts and files, and shows the chat', async () => {
  const form = new FormData();
  form.append('file', new Blob(['товар;цена']), 'прайс.csv');
  const sent = await request<ChatMessage>('POST', '/chats/77/messages', { text: 'есть 123?' });
  expect(sent).toMatchObject({ status: 201, body: { message_id: 1, text: 'есть 123?', from: { is_bot: false } } });
  await request('POST', '/chats/77/contact', {});
  const file = await request<ChatMessage>('POST', '/chats/77/files', form);
  await say('<b>да</b>', { parse_mode: 'HTML', reply_markup: { keyboard: [['Меню']] } });
  await expect(get('/chats/77/messages')).resolves.toMatchObject([
    { text: 'есть 123?' },
    { contact: { user_id: 77 } },
    { document: { file_name: 'прайс.csv', mime_type: 'text/csv', file_size: 19 } },
    { text: 'да', entities: [{ type: 'bold' }], reply_markup: { keyboard: [[{ text: 'Меню' }]] } },
  ]);
  const { result } = await callBot<object[]>(telegram, 'getUpdates');
  expect(result).toHaveLength(3);

  const download = await fetch(`${telegram.url}/_tg/files/${file.body.document?.file_id}`);
  expect(download.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(download.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('прайс.csv')}`);
  await expect(download.text()).resolves.toBe('товар;цена');
});

it('presses buttons', async () => {
  telegram.user(77).send('привет');
  await say('да', { reply_markup: { inline_keyboard: [[{ text: 'Ещё', callback_data: 'more' }]] } });
  const press = await request<{ id: string }>('POST', '/chats/77/callbacks', { messageId: 2, data: 'more' });
  expect(press.status).toBe(201);
  await expect(callBot(telegram, 'getUpdates', { offset: -1 })).resolves.toMatchObject({
    result: [{ callback_query: { id: press.body.id, data: 'more' } }],
  });
});

it('blocks, unblocks and clears', async () => {
  telegram.user(77).send('привет');
  await expect(request('POST', '/chats/77/block')).resolves.toMatchObject({ status: 204 });
  await expect(say('да')).resolves.toMatchObject({ error_code: 403 });
  await expect(request('POST', '/chats/77/messages', { text: 'а' })).resolves.toEqual({
    status: 409,
    body: { error: 'Account 77 has blocked the bot; unblock it first' },
  });
  await request('POST', '/chats/77/unblock');
  await expect(say('да')).resolves.toMatchObject({ ok: true });
  await expect(request('POST', '/chats/77/clear')).resolves.toMatchObject({ status: 204 });
  await expect(get('/chats/77/messages')).resolves.toEqual([]);
});

it('switches faults', async () => {
  const fault = { method: 'getMe', mode: 'status', status: 429, retryAfter: 3 };
  await expect(request('PUT', '/faults', fault)).resolves.toEqual({ status: 200, body: [fault] });
  await expect(callBot(telegram, 'getMe')).resolves.toMatchObject({ parameters: { retry_after: 3 } });
  await expect(request('PUT', '/faults', { mode: 'x' })).resolves.toMatchObject({ status: 400 });
  await expect(request('DELETE', '/faults')).resolves.toMatchObject({ status: 204 });
  await expect(get('/faults')).resolves.toEqual([]);
});

it.each<[string, string, object | undefined, number, string]>([
  ['GET', '/chats/5/messages', undefined, 404, 'There is no account 5; start the local Telegram with it in "people"'],
  ['POST', '/chats/77/messages', {}, 400, 'The body must be JSON with the string "text"'],
  ['POST', '/chats/77/messages', { text: ' ' }, 400, 'The text is empty'],
  ['POST', '/chats/77/callbacks', { messageId: 9, data: 'x' }, 404, 'There is no message 9 in chat 77'],
  ['POST', '/chats/77/files', new FormData(), 400, 'Send the file as the multipart field "file"'],
  ['GET', '/files/none', undefined, 404, 'There is no such file'],
])('refuses %s %s with %j', async (method, path, body, status, error) => {
  await expect(request(method, path, body)).resolves.toEqual({ status, body: { error } });
});

describe('the event stream', () => {
  /** Reads the stream until it has brought so many events. */
  async function events(url: string, count: number, act: () => Promise<unknown>): Promise<[string, unknown][]> {
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    await act();
    const seen: [string, unknown][] = [];
    let text = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString();
      seen.length = 0;
      for (const [, name = '', data = ''] of text.matchAll(/^event: (.*)\ndata: (.*)\n\n/gm)) {
        seen.push([name, JSON.parse(data) as unknown]);
      }
      if (seen.length >= count) {
        return seen;
      }
    }
    throw new Error(`The stream ended after ${seen.length} events`);
  }

  it('tells everything that happens', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'Ещё', callback_data: 'more' }]] };
    const seen = await events(`${telegram.url}/_tg/events`, 8, async () => {
      telegram.user(77).send('привет');
      await callBot(telegram, 'sendChatAction', { chat_id: 77, action: 'typing' });
      await say('жду', { reply_markup });
      await callBot(telegram, 'editMessageText', { chat_id: 77, message_id: 2, text: 'есть', reply_markup });
      const { body } = await request<{ id: string }>('POST', '/chats/77/callbacks', { messageId: 2, data: 'more' });
      await callBot(telegram, 'answerCallbackQuery', { callback_query_id: body.id, text: 'да' });
      await callBot(telegram, 'deleteMessage', { chat_id: 77, message_id: 2 });
      await callBot(telegram, 'setMyCommands', { commands: [] });
      telegram.user(77).clear();
    });
    expect(seen).toMatchObject([
      ['message', { chatId: 77, message: { text: 'привет' } }],
      ['chat_action', { chatId: 77, action: 'typing' }],
      ['message', { chatId: 77, message: { text: 'жду', reply_markup } }],
      ['edit', { chatId: 77, message: { message_id: 2, text: 'есть' } }],
      ['callback_answer', { chatId: 77, callbackQueryId: expect.any(String) as string, text: 'да', showAlert: false }],
      ['delete', { chatId: 77, messageId: 2 }],
      ['commands', {}],
      ['cleared', { chatId: 77 }],
    ]);
  });

  it('works under another server and prefix as well, and ends with the local Telegram', async () => {
    const server = express().use('/tg', telegram.router).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tg/events`;
    const read = events(url, 2, () => Promise.resolve(telegram.user(77).send('привет')));
    await once(telegram.events, 'message');
    await telegram.close();
    await expect(read).rejects.toThrow('The stream ended after 1 events');
    server.closeAllConnections();
    server.close();
  });
});
