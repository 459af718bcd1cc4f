import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { SettingsModule } from '../config/settings.module';
import { Settings } from '../config/settings';
import { createCallTrace } from './call-trace';
import * as errors from './errors';
import { OneCModule } from './onec.module';
import { OneCService } from './onec.service';

const API_KEY = 'key-that-nobody-may-read';
const PASSWORD = 'пароль-1С';

// Jest's matchers are typed `any`; inside an object they are only values to compare with.
const A_NUMBER: unknown = expect.any(Number);
const A_TEXT: unknown = expect.any(String);
const AN_ERROR: unknown = expect.any(Error);
const A_UUID: unknown = expect.stringMatching(
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
);
const containing = (fields: object): unknown => expect.objectContaining(fields);
const containingText = (text: string): unknown => expect.stringContaining(text);

const STOCK = {
  items: [{ article: 'BP-4500/2', name: 'Блок питания', unit: 'шт', available: 12 }],
  notFound: [],
  asOf: '2026-11-24T10:15:00+03:00',
};

interface Seen {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
  at: number;
}
type Answer = (response: ServerResponse, request: Seen) => void | Promise<void>;

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': status < 300 ? 'application/json' : 'application/problem+json', ...headers })
      .end(JSON.stringify(body));
const raw =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
const problem = (status: number, code: string, headers?: Record<string, string>) =>
  json(status, { status, code, title: 'Заголовок', detail: `ключ ${API_KEY} назван` }, headers);
const hang: Answer = () => undefined;
const broken: Answer = (response) => void response.socket?.destroy();

const LEVELS = ['log', 'debug', 'warn', 'error'] as const;
interface Line {
  level: (typeof LEVELS)[number];
  fields: Record<string, unknown>;
}

describe(OneCService.name, () => {
  let server: Server;
  let module: TestingModule | undefined;
  let seen: Seen[];
  let answers: Answer[];
  let connections: Set<Socket>;
  let logs: Line[];
  let settings: Settings;
  let onec: OneCService;

  /** The last answer is repeated for all further requests. */
  const answerWith = (...given: Answer[]) => {
    answers = given;
  };

  const start = async (changes: Partial<Settings> = {}) => {
    await module?.close();
    Object.assign(settings, changes);
    module = await Test.createTestingModule({ imports: [SettingsModule.forRoot(settings), OneCModule] }).compile();
    await module.init();
    onec = module.get(OneCService);
  };

  const stock = (options?: Parameters<OneCService['call']>[2]) =>
    onec.call('stock', { supplierId: 'S-1', articles: ['bp-4500/2'] }, options);

  const failure = async (work: Promise<unknown>): Promise<errors.OneCError> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(errors.OneCError);
    return error as errors.OneCError;
  };

  beforeEach(async () => {
    seen = [];
    logs = [];
    connections = new Set();
    answerWith(json(200, STOCK));
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url = '', headers } = request;
        const call: Seen = { url, headers, body: Buffer.concat(chunks).toString('utf8'), at: Date.now() };
        seen.push(call);
        void answers[Math.min(seen.length, answers.length) - 1]?.(response, call);
      });
      request.on('error', () => undefined);
    });
    server.on('connection', (socket) => connections.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

    for (const level of LEVELS) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...args: unknown[]) => {
        const [fields] = args;
        if (typeof fields === 'object') logs.push({ level, fields: fields as Record<string, unknown> });
      });
    }
    settings = Object.assign(new Settings(), {
      onecBaseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/erp/hs/supplier-bot/`,
      onecApiKey: API_KEY,
    });
    await start();
  });

  afterEach(async () => {
    await module?.close();
    module = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    jest.restoreAllMocks();
  });

  describe('a request', () => {
    it('is a POST to the operation, signed, in JSON and UTF-8', async () => {
      await start({ onecBasicUser: 'Бот', onecBasicPassword: PASSWORD });
      await onec.call('stock', { supplierId: 'S-1', articles: ['Лампа 5'] });

      const [request] = seen;
      expect(request?.url).toBe('/erp/hs/supplier-bot/v1/stock');
      expect(request?.headers).toMatchObject({
        'x-api-key': API_KEY,
        'content-type': 'application/json; charset=utf-8',
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`Бот:${PASSWORD}`).toString('base64')}`,
        'x-request-id': A_UUID,
      });
      expect(JSON.parse(request?.body ?? '')).toEqual({ supplierId: 'S-1', articles: ['Лампа 5'] });
    });

    it('sends no Authorization where no 1C user is set', async () => {
      await stock();
      expect(seen[0]?.headers).not.toHaveProperty('authorization');
    });

    it('carries the request id it is given, another one each time otherwise', async () => {
      const requestId = '5f0c5f2e-4d3e-4b0a-9a86-0d1c54e7f4aa';
      const given = await stock({ requestId });
      await stock();
      await stock();
      const ids = seen.map(({ headers }) => headers['x-request-id']);
      expect(ids[0]).toBe(requestId);
      expect(given.requestId).toBe(requestId);
      expect(new Set(ids).size).toBe(3);
    });

    it.each([
      ['an empty supplier', { supplierId: '', articles: ['A'] }],
      ['101 articles', { supplierId: 'S-1', articles: Array.from({ length: 101 }, (_, index) => `A-${index}`) }],
      ['an empty article', { supplierId: 'S-1', articles: ['A', ''] }],
    ])('with %s is not sent', async (_, request) => {
      const error = await failure(onec.call('stock', request));
      expect(error).toBeInstanceOf(errors.OneCBadRequestError);
      expect(error).toMatchObject({ code: 'bad_request', attempts: 0 });
      expect(seen).toHaveLength(0);
      expect(logs).toEqual([containing({ level: 'error' })]);
    });

    it('reuses the connection', async () => {
      for (let count = 0; count < 5; count++) await stock();
      expect(connections.size).toBe(1);
    });

    it('serves the short methods', async () => {
      answerWith(json(200, { status: 'ok', version: '1.0.0' }));
      await expect(onec.ping()).resolves.toMatchObject({ body: { status: 'ok', version: '1.0.0' } });
      answerWith(json(200, { supplier: { id: 'S-1', name: 'Светотех', status: 'active' } }));
      await expect(onec.identify(77)).resolves.toMatchObject({ body: { supplier: { id: 'S-1' } } });
      const user = { id: 77 };
      await expect(onec.link({ chatId: 77, inviteCode: 'X', user })).resolves.toMatchObject({ body: {} });
      answerWith(json(200, {}));
      await expect(onec.unlink({ supplierId: 'S-1', chatId: 77 })).resolves.toMatchObject({ body: {} });
      expect(seen.map(({ url }) => url.split('/v1/')[1])).toEqual(['ping', 'identify', 'link', 'unlink']);
    });
  });

  describe('an answer', () => {
    it('comes with its cache headers and its moment', async () => {
      answerWith(json(200, STOCK, { 'cache-control': 'public, max-age=60', age: '7' }));
      const before = Date.now();
      const answer = await stock();
      expect(answer.body).toEqual(STOCK);
      expect(answer).toMatchObject({ cacheControl: 'public, max-age=60', ageSeconds: 7 });
      expect(answer.receivedAt).toBeGreaterThanOrEqual(before);
      expect(answer.receivedAt).toBeLessThanOrEqual(Date.now());
    });

    it('may begin with a byte order mark', async () => {
      answerWith(raw(200, `\uFEFF${JSON.stringify(STOCK)}`));
      await expect(stock()).resolves.toMatchObject({ body: STOCK });
    });

    it('may be compressed', async () => {
      answerWith(raw(200, gzipSync(JSON.stringify(STOCK)), { 'content-encoding': 'gzip' }));
      await expect(stock()).resolves.toMatchObject({ body: STOCK });
    });

    it('loses null members and unknown fields', async () => {
      const item = { article: 'A', name: 'Лампа', available: 0, onHand: null, warehouses: null, colour: 'red' };
      answerWith(json(200, { items: [item], notFound: null, extra: { deep: 1 } }));
      const { body } = await stock();
      expect(JSON.parse(JSON.stringify(body))).toEqual({ items: [{ article: 'A', name: 'Лампа', available: 0 }] });
    });

    it('of exactly 5 MiB is taken', async () => {
      const frame = JSON.stringify({ ...STOCK, filler: '' });
      answerWith(json(200, { ...STOCK, filler: 'x'.repeat(5 * 1024 * 1024 - Buffer.byteLength(frame)) }));
      await expect(stock()).resolves.toMatchObject({ body: STOCK });
    });

    it.each([
      ['plain', (body: string) => raw(200, body)],
      ['compressed', (body: string) => raw(200, gzipSync(body), { 'content-encoding': 'gzip' })],
    ])('over 5 MiB, %s, is refused and not asked for again', async (_, answer) => {
      answerWith(answer(JSON.stringify({ ...STOCK, filler: 'x'.repeat(5 * 1024 * 1024) })));
      const error = await failure(stock());
      expect(error).toBeInstanceOf(errors.OneCUnavailableError);
      expect(error.attempts).toBe(1);
      expect(seen).toHaveLength(1);
      expect(logs).toEqual([
        { level: 'error', fields: containing({ code: 'response_too_large', attempt: 1 }) },
      ]);
    });

    it('after some failures is an answer all the same', async () => {
      answerWith(problem(503, 'busy'), raw(200, '<html>'), json(200, STOCK));
      const trace = createCallTrace();
      await expect(stock({ trace })).resolves.toMatchObject({ body: STOCK });
      expect(seen).toHaveLength(3);
      expect(trace.onec).toEqual([
        {
          operation: 'stock',
          requestId: seen[0]?.headers['x-request-id'],
          ms: A_NUMBER,
          attempts: [
            { status: 503, code: 'busy', ms: A_NUMBER },
            { status: 200, code: 'unreadable_body', ms: A_NUMBER },
            { status: 200, ms: A_NUMBER },
          ],
        },
      ]);
    });
  });

  describe('an error of the contract', () => {
    it.each([
      [400, 'bad_request', errors.OneCBadRequestError, 'bad_request', 'error'],
      [401, 'forbidden', errors.OneCForbiddenError, 'forbidden', 'error'],
      [403, 'forbidden', errors.OneCForbiddenError, 'forbidden', 'error'],
      [404, 'supplier_not_found', errors.OneCNotFoundError, 'supplier_not_found', 'debug'],
      [404, 'order_not_found', errors.OneCNotFoundError, 'order_not_found', 'debug'],
      [404, 'code_not_found', errors.OneCNotFoundError, 'code_not_found', 'debug'],
      [409, 'already_linked', errors.OneCConflictError, 'already_linked', 'debug'],
      [409, 'link_pending', errors.OneCConflictError, 'link_pending', 'debug'],
      [410, 'code_expired', errors.OneCExpiredError, 'code_expired', 'debug'],
      [422, 'not_supported', errors.OneCNotSupportedError, 'not_supported', 'debug'],
      // Problems that the contract does not name.
      [404, 'article_not_found', errors.OneCBadRequestError, 'bad_request', 'error'],
      [409, 'code_expired', errors.OneCBadRequestError, 'bad_request', 'error'],
      [422, 'wrong_articles', errors.OneCBadRequestError, 'bad_request', 'error'],
      [413, 'too_large', errors.OneCBadRequestError, 'bad_request', 'error'],
    ])('%i %s is not retried', async (status, sent, type, code, level) => {
      answerWith(problem(status, sent));
      const error = await failure(stock());
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ name: type.name, code, status, operation: 'stock', attempts: 1 });
      expect(error.requestId).toBe(seen[0]?.headers['x-request-id']);
      expect(seen).toHaveLength(1);
      expect(logs).toEqual([
        {
          level,
          fields: containing({
            operation: 'stock',
            attempt: 1,
            status,
            code: sent,
            ms: A_NUMBER,
            requestId: error.requestId,
            msg: A_TEXT,
          }),
        },
      ]);
    });

    it.each([400, 401, 403, 413])('%i from a web server on the way means the same', async (status) => {
      answerWith(raw(status, '<html>'));
      const error = await failure(stock());
      expect(error.code).toBe(status === 401 || status === 403 ? 'forbidden' : 'bad_request');
      expect(seen).toHaveLength(1);
    });

    it('401 tells the operator what to check', async () => {
      answerWith(problem(401, 'forbidden'));
      await failure(stock());
      expect(logs[0]).toMatchObject({ level: 'error', fields: { msg: containingText('ONEC_API_KEY') } });
    });
  });

  describe('what counts as 502', () => {
    it.each<[string, Answer]>([
      ['429', problem(429, 'too_many_requests')],
      ['500', problem(500, 'internal')],
      ['502', raw(502, '<html>Bad gateway')],
      ['503', problem(503, 'any')],
      ['504', raw(504, '')],
      ['an HTML page with 200', raw(200, '<html>1С:Предприятие</html>')],
      ['an HTML page with 404', raw(404, '<html>Не найдено</html>')],
      ['JSON without a code with 404', json(404, { error: 'no such service' })],
      ['405 from a web server', raw(405, '')],
      ['broken JSON', raw(200, '{"items": [')],
      ['an empty body', raw(200, '')],
      ['a JSON array', json(200, [STOCK])],
      ['a JSON null', json(200, null)],
      ['another encoding', raw(200, Buffer.from([0x7b, 0x22, 0xc0, 0xe1, 0x22, 0x3a, 0x31, 0x7d]))],
      ['brackets too deep to read', raw(200, `{"items":${'['.repeat(200_000)}`)],
      ['a missing field', json(200, { items: [{ article: 'A', name: 'Лампа' }] })],
      ['a number as text', json(200, { items: [{ article: 'A', name: 'Лампа', available: '5' }] })],
      ['an item that is null', json(200, { items: [null] })],
      ['items missing', json(200, {})],
      ['no content', (response) => void response.writeHead(204).end()],
      ['a broken connection', broken],
    ])('%s: asked again with the same request id, then unavailable', async (_, answer) => {
      await start({ onecMaxAttempts: 2 });
      answerWith(answer);
      const error = await failure(stock());
      expect(error).toBeInstanceOf(errors.OneCUnavailableError);
      expect(error).toMatchObject({ code: 'onec_unavailable', attempts: 2, cause: AN_ERROR });
      expect(seen).toHaveLength(2);
      expect(new Set(seen.map(({ headers }) => headers['x-request-id']))).toEqual(new Set([error.requestId]));
      expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
      expect(new Set(seen.map(({ headers }) => headers['content-type']))).toEqual(
        new Set(['application/json; charset=utf-8']),
      );
      expect(logs.map(({ level, fields }) => [level, fields.attempt])).toEqual([
        ['warn', 1],
        ['warn', 2],
      ]);
    });

    it('three times by default', async () => {
      answerWith(problem(503, 'any'));
      const error = await failure(stock());
      expect(error).toMatchObject({ code: 'onec_unavailable', status: 503, attempts: 3 });
      expect(seen.map(({ headers }) => headers['x-request-id'])).toEqual(Array(3).fill(error.requestId));
      expect(logs.map(({ fields }) => fields.attempt)).toEqual([1, 2, 3]);
    });

    it('a connection that breaks within the body', async () => {
      answerWith((response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"items":[');
        setTimeout(() => response.socket?.destroy(), 20);
      });
      const error = await failure(stock());
      expect(error).toMatchObject({ code: 'onec_unavailable', attempts: 3 });
    });

    it('a refused connection', async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const error = await failure(stock());
      expect(error).toMatchObject({ code: 'onec_unavailable', attempts: 3 });
      expect(logs.map(({ fields }) => fields.code)).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED']);
    });

    it('a redirect, which is never followed', async () => {
      const followed: Answer = json(200, STOCK);
      answerWith(
        raw(302, '', { location: '/elsewhere' }),
        raw(301, '', { location: '/elsewhere' }),
        raw(307, '', { location: '/elsewhere' }),
        followed,
      );
      const error = await failure(stock());
      expect(error.code).toBe('onec_unavailable');
      expect(seen.map(({ url }) => url)).toEqual(Array(3).fill('/erp/hs/supplier-bot/v1/stock'));
    });

    it('but not an address that no request can be made of', async () => {
      await start({ onecBaseUrl: 'gopher://127.0.0.1' });
      const error = await failure(stock());
      expect(error).toMatchObject({ code: 'bad_request', attempts: 1 });
      expect(logs).toEqual([{ level: 'error', fields: containing({ msg: containingText('ONEC_BASE_URL') }) }]);
    });

    it('as many attempts as set', async () => {
      await start({ onecMaxAttempts: 1 });
      answerWith(problem(503, 'any'));
      await failure(stock());
      expect(seen).toHaveLength(1);
    });
  });

  describe('time', () => {
    it('lets the pauses grow, about 200 and 400 ms', async () => {
      answerWith(problem(503, 'any'));
      await failure(stock());
      const [first, second, third] = seen.map(({ at }) => at);
      expect(second! - first!).toBeGreaterThanOrEqual(145);
      expect(second! - first!).toBeLessThan(400);
      expect(third! - second!).toBeGreaterThanOrEqual(295);
      expect(third! - second!).toBeLessThan(700);
    });

    it('cuts an attempt that hangs and tries again', async () => {
      await start({ onecTimeoutMs: 150 });
      answerWith(hang, json(200, STOCK));
      await expect(stock()).resolves.toMatchObject({ body: STOCK });
      expect(logs).toEqual([{ level: 'warn', fields: containing({ attempt: 1, code: 'timeout' }) }]);
      expect(logs[0]?.fields.ms).toBeGreaterThanOrEqual(140);
    });

    it('cuts a body that drips', async () => {
      await start({ onecTimeoutMs: 200, onecMaxAttempts: 2 });
      answerWith((response) => {
        response.writeHead(200).write('{');
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      });
      const startedAt = Date.now();
      const error = await failure(stock());
      expect(error).toMatchObject({ code: 'onec_unavailable', attempts: 2 });
      expect(Date.now() - startedAt).toBeLessThan(1200);
      expect(logs.map(({ fields }) => fields.code)).toEqual(['timeout', 'timeout']);
    });

    it('ends everything at the deadline, also in the middle of an attempt', async () => {
      await start({ onecTimeoutMs: 300, onecDeadlineMs: 700 });
      answerWith(hang);
      const startedAt = Date.now();
      const error = await failure(stock());
      const elapsed = Date.now() - startedAt;
      expect(error.code).toBe('onec_unavailable');
      expect(error.attempts).toBe(2);
      expect(elapsed).toBeGreaterThanOrEqual(650);
      expect(elapsed).toBeLessThan(900);
      expect(logs.map(({ fields }) => fields.code)).toEqual(['timeout', 'deadline']);
    });

    it.each([
      ['seconds', () => '1'],
      ['an HTTP date', () => new Date(Date.now() + 2000).toUTCString()],
    ])('waits for Retry-After in %s', async (_, value) => {
      answerWith(
        (response, request) => problem(429, 'too_many_requests', { 'retry-after': value() })(response, request),
        json(200, STOCK),
      );
      await stock();
      const [first, second] = seen.map(({ at }) => at);
      expect(second! - first!).toBeGreaterThanOrEqual(950);
      expect(second! - first!).toBeLessThan(2500);
    });

    it.each([429, 503])('gives up at once where Retry-After of a %i is over the deadline', async (status) => {
      await start({ onecDeadlineMs: 2000 });
      answerWith(problem(status, 'any', { 'retry-after': '3600' }));
      const startedAt = Date.now();
      const error = await failure(stock());
      expect(error).toMatchObject({ code: 'onec_unavailable', attempts: 1, status });
      expect(Date.now() - startedAt).toBeLessThan(500);
    });

    it('ignores a Retry-After that cannot be read', async () => {
      answerWith(problem(503, 'any', { 'retry-after': 'soon' }), json(200, STOCK));
      await expect(stock()).resolves.toMatchObject({ body: STOCK });
    });
  });

  describe("the caller's signal", () => {
    it('ends the call during an attempt', async () => {
      answerWith(hang);
      const trace = createCallTrace();
      const work = failure(stock({ signal: AbortSignal.timeout(100), trace }));
      const error = await work;
      expect(error).toBeInstanceOf(errors.OneCCancelledError);
      expect(error).toMatchObject({ code: 'cancelled', attempts: 1 });
      expect(trace.onec[0]?.attempts).toEqual([{ code: 'cancelled', ms: A_NUMBER }]);
      expect(logs.every(({ level }) => level === 'debug')).toBe(true);
    });

    it('ends the call during a pause', async () => {
      answerWith(problem(503, 'any', { 'retry-after': '5' }));
      const startedAt = Date.now();
      const error = await failure(stock({ signal: AbortSignal.timeout(150) }));
      expect(error).toBeInstanceOf(errors.OneCCancelledError);
      expect(Date.now() - startedAt).toBeLessThan(500);
      await sleep(100);
      expect(seen).toHaveLength(1);
    });

    it('that came before sends nothing', async () => {
      const error = await failure(stock({ signal: AbortSignal.abort() }));
      expect(error).toMatchObject({ code: 'cancelled', attempts: 0 });
      expect(seen).toHaveLength(0);
    });
  });

  describe('the limit of requests at once', () => {
    const slow =
      (ms: number, meter: { now: number; most: number }): Answer =>
      async (response, request) => {
        meter.most = Math.max(meter.most, ++meter.now);
        await sleep(ms);
        meter.now--;
        void json(200, STOCK)(response, request);
      };

    it('is kept, and all are served', async () => {
      await start({ onecMaxConcurrency: 3 });
      const meter = { now: 0, most: 0 };
      answerWith(slow(20, meter));
      await Promise.all(Array.from({ length: 20 }, () => stock()));
      expect(meter.most).toBe(3);
      expect(seen).toHaveLength(20);
    });

    it('is no reason to wait beyond the deadline', async () => {
      await start({ onecMaxConcurrency: 1, onecTimeoutMs: 400, onecMaxAttempts: 1 });
      answerWith(hang);
      const first = failure(stock());
      const error = await failure(stock({ deadlineMs: 150 }));
      expect(error).toMatchObject({ code: 'onec_unavailable', attempts: 0 });
      expect(logs.map(({ fields }) => fields.msg)).toContainEqual(containingText('before the request'));
      await first;
    });

    it('goes on past askers who left the queue', async () => {
      await start({ onecMaxConcurrency: 1 });
      const meter = { now: 0, most: 0 };
      answerWith(slow(150, meter));
      const first = stock();
      await sleep(20);
      const left = [failure(stock({ signal: AbortSignal.timeout(30) })), failure(stock({ signal: AbortSignal.timeout(30) }))];
      const last = stock();
      const gone = await Promise.all(left);
      expect(gone.map(({ code }) => code)).toEqual(['cancelled', 'cancelled']);
      await expect(Promise.all([first, last])).resolves.toHaveLength(2);
      expect(seen).toHaveLength(2);
    });

    it('leaves the slot to others during a pause', async () => {
      await start({ onecMaxConcurrency: 1 });
      answerWith(problem(503, 'any', { 'retry-after': '1' }), json(200, STOCK));
      const order: string[] = [];
      const retried = stock().then(() => order.push('retried'));
      await sleep(50);
      await stock().then(() => order.push('other'));
      await retried;
      expect(order).toEqual(['other', 'retried']);
    });
  });

  describe('credentials', () => {
    it.each<[string, Answer]>([
      ['an error of the contract', problem(403, 'forbidden')],
      ['a retried problem', problem(503, API_KEY)],
      ['an unreadable body', raw(200, `<html>${API_KEY} ${PASSWORD}`)],
      ['a broken connection', broken],
      ['a timeout', hang],
    ])('are neither in the logs nor in the error of %s', async (_, answer) => {
      await start({ onecBasicUser: 'bot', onecBasicPassword: PASSWORD, onecTimeoutMs: 100, onecMaxAttempts: 2 });
      answerWith(answer);
      const trace = createCallTrace();
      const error = await failure(stock({ trace }));
      const told = inspect([error, error.cause, logs, trace], { depth: 20, showHidden: true });
      expect(told).not.toContain(API_KEY);
      expect(told).not.toContain(PASSWORD);
      expect(told).not.toContain(Buffer.from(`bot:${PASSWORD}`).toString('base64'));
      expect(logs.length).toBeGreaterThan(0);
    });
  });
});
