import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Message } from '../bot-api.types';
import { type LocalTelegram, startTelegram } from '../server';
import { callBot } from '../spec-support';

interface Delivery {
  at: number;
  text: string;
  secret: string | undefined;
  response: ServerResponse;
}

/** A bot's HTTP server; each test says how it answers. */
let bot: Server;
let url: string;
let deliveries: Delivery[];
let answer: (response: ServerResponse, delivery: Delivery) => void;
let telegram: LocalTelegram;

const ok = (response: ServerResponse): void => void response.end('ok');

beforeEach(async () => {
  deliveries = [];
  answer = ok;
  bot = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  await once(bot, 'listening');
  url = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/hook`;
  telegram = await startTelegram({
    token: '123456:local',
    webhookPace: { timeoutMs: 300, retryPauseMs: 200, maxRetryPauseMs: 400 },
  });
});

afterEach(async () => {
  await telegram.close();
  bot.closeAllConnections();
  bot.close();
});

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const update = JSON.parse(Buffer.concat(chunks).toString()) as { message: Message };
  const delivery = {
    at: Date.now(),
    text: update.message.text ?? '',
    secret: request.headers['x-telegram-bot-api-secret-token'] as string | undefined,
    response,
  };
  deliveries.push(delivery);
  answer(response, delivery);
}

const setWebhook = (params: object = {}) => callBot(telegram, 'setWebhook', { url, ...params });
const info = async () => (await callBot<Record<string, unknown>>(telegram, 'getWebhookInfo')).result;
const texts = (): string[] => deliveries.map((delivery) => delivery.text);

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`It did not come to that; delivered: ${JSON.stringify(texts())}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('delivers what waits and what comes, with the secret', async () => {
  telegram.user(77).send('раньше');
  await setWebhook({ secret_token: 'tail-42' });
  telegram.user(77).send('теперь');
  await until(async () => (await info()).pending_update_count === 0);
  expect(deliveries.map(({ text, secret }) => [text, secret])).toEqual([
    ['раньше', 'tail-42'],
    ['теперь', 'tail-42'],
  ]);
  expect(await info()).not.toHaveProperty('last_error_date');
});

it('sends no secret header without a secret', async () => {
  await setWebhook();
  telegram.user(77).send('а');
  await until(() => deliveries.length === 1);
  expect(deliveries[0]?.secret).toBeUndefined();
});

it('repeats what was refused, at once and then after growing pauses, and keeps the order of the chat', async () => {
  answer = (response) => {
    response.statusCode = deliveries.length < 4 ? 500 : 200;
    response.end();
  };
  await setWebhook();
  telegram.user(77).send('а');
  telegram.user(77).send('б');
  await until(() => deliveries.length === 5);
  expect(texts()).toEqual(['а', 'а', 'а', 'а', 'б']);
  const pauses = deliveries.slice(1, 4).map((delivery, index) => delivery.at - (deliveries[index]?.at ?? 0));
  expect(pauses[0]).toBeLessThan(195);
  expect(pauses[1]).toBeGreaterThanOrEqual(195);
  expect(pauses[2]).toBeGreaterThanOrEqual(395);
  expect(await info()).toMatchObject({
    last_error_date: expect.any(Number) as number,
    last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
  });
});

it('waits as long as Retry-After says', async () => {
  answer = (response) => {
    response.writeHead(deliveries.length === 1 ? 429 : 200, { 'retry-after': '1' });
    response.end();
  };
  await setWebhook();
  telegram.user(77).send('а');
  await until(() => deliveries.length === 2);
  expect((deliveries[1]?.at ?? 0) - (deliveries[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

it('gives up an answer that does not come in time, and repeats', async () => {
  answer = (response) => {
    if (deliveries.length > 1) {
      response.end();
    }
  };
  await setWebhook();
  telegram.user(77).send('а');
  await until(() => deliveries.length === 2);
  expect(await info()).toMatchObject({ last_error_message: 'Read timeout expired' });
});

it('tells of a bot that is not there, and keeps its updates', async () => {
  bot.close();
  await setWebhook();
  telegram.user(77).send('а');
  await until(async () => (await info()).last_error_message === 'Connection refused');
  expect(await info()).toMatchObject({ pending_update_count: 1 });
});

it('has at most max_connections updates under way, one of a chat', async () => {
  const waiting: ServerResponse[] = [];
  answer = (response) => waiting.push(response);
  await setWebhook({ max_connections: 2 });
  telegram.user(77).send('77: а');
  telegram.user(77).send('77: б');
  telegram.user(78).send('78: а');
  telegram.user(79).send('79: а');
  await until(() => deliveries.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(texts()).toEqual(['77: а', '78: а']);
  answer = ok;
  waiting.forEach(ok);
  await until(() => deliveries.length === 4);
  expect(texts().slice(2).sort()).toEqual(['77: б', '79: а']);
});

it('runs the method that the bot puts into its answer', async () => {
  answer = (response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method: 'sendMessage', chat_id: 77, text: 'ответ' }));
  };
  await setWebhook();
  telegram.user(77).send('вопрос');
  await expect(telegram.user(77).nextMessage()).resolves.toMatchObject({ text: 'ответ' });
  expect(telegram.calls.at(-1)).toMatchObject({ method: 'sendMessage', ok: true });
});

it('does not run deleteWebhook from an answer', async () => {
  answer = (response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"method":"deleteWebhook"}');
  };
  await setWebhook();
  telegram.user(77).send('вопрос');
  await until(async () => (await info()).pending_update_count === 0);
  expect(await info()).toMatchObject({ url });
});

it('leaves what was not confirmed to getUpdates when the webhook is deleted', async () => {
  answer = () => undefined;
  await setWebhook();
  telegram.user(77).send('а');
  await until(() => deliveries.length === 1);
  await callBot(telegram, 'deleteWebhook');
  deliveries[0]?.response.end();
  await expect(callBot(telegram, 'getUpdates')).resolves.toMatchObject({ result: [{ message: { text: 'а' } }] });
});
