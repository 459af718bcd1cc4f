import { type Message } from '../bot-api.types';
import { type LocalTelegram, startTelegram } from '../server';
import { callBot, sendToBotApi } from '../spec-support';

let telegram: LocalTelegram;

beforeEach(async () => {
  telegram = await startTelegram({ token: '123456:local', botName: 'Бот', botUsername: 'local_bot' });
  telegram.user(77).send('привет');
});

afterEach(() => telegram.close());

const me = { id: 123456, is_bot: true, first_name: 'Бот', username: 'local_bot' };

describe('the ways of a call', () => {
  const form = (fields: Record<string, string>): FormData => {
    const data = new FormData();
    Object.entries(fields).forEach(([name, value]) => data.append(name, value));
    return data;
  };

  it.each<[string, string, RequestInit | undefined]>([
    ['a query', `sendMessage?chat_id=77&text=${encodeURIComponent('да & нет')}`, undefined],
    [
      'a JSON body',
      'sendMessage',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"chat_id":77,"text":"да & нет"}' },
    ],
    ['a form', 'sendMessage', { method: 'POST', body: new URLSearchParams({ chat_id: '77', text: 'да & нет' }) }],
    ['multipart', 'sendMessage', { method: 'POST', body: form({ chat_id: '77', text: 'да & нет' }) }],
    ['a name in another case', `SENDMESSAGE?chat_id=77&text=${encodeURIComponent('да & нет')}`, undefined],
    [
      'a query and a body, which wins',
      'sendMessage?chat_id=5&text=нет',
      { method: 'POST', body: new URLSearchParams({ chat_id: '77', text: 'да & нет' }) },
    ],
  ])('takes %s', async (_way, path, init) => {
    const answer = await sendToBotApi<Message>(telegram, path, init);
    expect(answer).toMatchObject({ status: 200, ok: true, result: { from: me, text: 'да & нет' } });
  });

  it('reads objects that come as text of JSON', async () => {
    const markup = { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] };
    const body = form({ chat_id: '77', text: 'ну?', reply_markup: JSON.stringify(markup) });
    const { result } = await sendToBotApi<Message>(telegram, 'sendMessage', { method: 'POST', body });
    expect(result.reply_markup).toEqual(markup);
  });

  it.each([
    ['not JSON', '{', "Bad Request: can't parse request body: it is not JSON"],
    ['no object', '[1]', "Bad Request: can't parse request body: JSON object expected"],
  ])('refuses a body that is %s', async (_what, body, description) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    await expect(sendToBotApi(telegram, 'getMe', init)).resolves.toMatchObject({ status: 400, description });
  });

  it('refuses broken multipart', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\nno' };
    await expect(sendToBotApi(telegram, 'getMe', init)).resolves.toMatchObject({
      status: 400,
      description: "Bad Request: can't parse request body: multipart is broken",
    });
  });

  it('refuses a body of more than a megabyte', async () => {
    const answer = await callBot(telegram, 'sendMessage', { chat_id: 77, text: 'x'.repeat(1_100_000) });
    expect(answer).toMatchObject({ status: 413, description: 'Request Entity Too Large' });
  });
});

describe('who may call', () => {
  it('is nobody with another token', async () => {
    const answer = await callBot({ ...telegram, token: '123456:other' }, 'getMe');
    expect(answer).toEqual({ status: 401, ok: false, error_code: 401, description: 'Unauthorized' });
  });

  it('takes a token that is written with escapes', async () => {
    await expect(callBot({ ...telegram, token: '123456%3Alocal' }, 'getMe')).resolves.toMatchObject({ ok: true });
  });
});

it('answers an unknown method with 404', async () => {
  const answer = await callBot(telegram, 'sendGold');
  expect(answer).toEqual({ status: 404, ok: false, error_code: 404, description: 'Not Found' });
});

describe('the record of calls', () => {
  it('tells method, parameters and outcome', async () => {
    const before = Date.now();
    await callBot(telegram, 'sendmessage', { chat_id: 77, text: 'да' });
    await callBot(telegram, 'sendMessage', { chat_id: 5, text: 'да' });
    await callBot(telegram, 'sendGold');
    expect(telegram.calls).toEqual([
      {
        at: expect.any(Number) as number,
        method: 'sendMessage',
        payload: { chat_id: 77, text: 'да' },
        ok: true,
        ms: expect.any(Number) as number,
      },
      expect.objectContaining({
        method: 'sendMessage',
        ok: false,
        errorCode: 400,
        description: 'Bad Request: chat not found',
      }),
      expect.objectContaining({ method: 'sendGold', ok: false, errorCode: 404 }),
    ]);
    expect(telegram.calls[0]?.at).toBeGreaterThanOrEqual(before);
  });

  it('is bounded', async () => {
    const small = await startTelegram({ token: '1:small', callsLimit: 4 });
    for (let i = 0; i < 20; i += 1) {
      await callBot(small, 'getMe', { i });
    }
    expect(small.calls.length).toBeLessThanOrEqual(5);
    expect(small.calls.at(-1)?.payload).toEqual({ i: 19 });
    await small.close();
  });
});
