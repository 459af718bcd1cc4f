import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { RequestLog, type RequestRecord } from './request-log';
import { type Accounting } from './server';
import { ANNA, ask, call, KEY, type Problem, refusal, start } from './spec-support';

let accounting: Accounting;
beforeAll(async () => {
  accounting = await start();
});
afterAll(() => accounting.close());

const STOCK = { supplierId: ANNA, articles: ['12345'] };

describe('access', () => {
  it.each([
    ['a wrong key', { 'X-API-Key': 'wrong' }],
    ['a key that is only longer', { 'X-API-Key': `${KEY}1` }],
    ['an empty key', { 'X-API-Key': '' }],
  ])('is refused with %s', async (_, headers) => {
    const reply = await call(accounting, 'stock', STOCK, { headers });
    expect(reply).toMatchObject({ status: 403, body: { status: 403, code: 'forbidden' } });
    expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(reply.text).not.toContain(KEY);
  });

  it('is refused without a key', async () => {
    const response = await fetch(`${accounting.url}/v1/ping`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
  });

  it('asks for a user too where it has one', async () => {
    const other = await start({ basicUser: 'Бот', basicPassword: 'п:ароль' });
    const authorization = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const without = await call(other, 'ping', {});
    expect(without).toMatchObject({ status: 401, body: { code: 'forbidden' } });
    expect(without.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect((await call(other, 'ping', {}, { headers: authorization('Бот:не тот') })).status).toBe(401);
    expect((await call(other, 'ping', {}, { headers: authorization('Бот:п:ароль') })).status).toBe(200);
    await other.close();
  });
});

describe('paths and methods', () => {
  it.each(['GET', 'PUT', 'DELETE'])('%s is not allowed', async (method) => {
    const reply = await call(accounting, 'stock', undefined, { method, body: method === 'GET' ? undefined : '{}' });
    expect(reply).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(reply.headers.get('allow')).toBe('POST');
  });

  it('an operation that nobody has is not supported', async () => {
    expect(await refusal(accounting, 'constructor', {})).toMatchObject({ status: 422, code: 'not_supported' });
  });

  it('an operation that this system lacks is not supported, and ping does not tell of it', async () => {
    const other = await start({ operations: ['ping', 'identify', 'stock'] });
    expect((await ask(other, 'ping', {})).operations).toEqual(['ping', 'identify', 'stock']);
    expect(await refusal(other, 'reconciliation', {})).toMatchObject({ status: 422, code: 'not_supported' });
    await other.close();
  });

  it('any other path is not found', async () => {
    for (const path of ['/', '/v2/stock', '/v1']) expect((await fetch(accounting.url + path)).status).toBe(404);
  });

  it('serves under the path of a publication', async () => {
    const other = await start({ pathPrefix: '/erp/hs/supplier-bot' });
    expect(other.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/erp\/hs\/supplier-bot$/);
    expect((await ask(other, 'ping', {})).status).toBe('ok');
    await other.close();
  });
});

describe('bodies', () => {
  const detailOf = async (operation: string, body: unknown, headers?: Record<string, string>) => {
    const reply = await call(accounting, operation, body, { headers });
    expect(reply).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    return (reply.body as Problem).detail;
  };

  it.each<[string, unknown, string[]]>([
    ['identify', {}, ['chatId: is required']],
    ['identify', { chatId: '77' }, ['chatId: must be integer']],
    ['identify', { chatId: 7.5 }, ['chatId: must be integer']],
    ['stock', {}, ['supplierId: is required', 'articles: is required']],
    ['stock', { supplierId: ' ', articles: 'A' }, ['supplierId: must not be empty', 'articles: must be array']],
    [
      'stock',
      { supplierId: ANNA, articles: ['A', 7, ''] },
      ['articles[1]: must be string', 'articles[2]: must not be empty'],
    ],
    ['prices', { supplierId: ANNA, articles: Array(101).fill('A') }, ['articles: must NOT have more than 100 items']],
    ['products', { supplierId: ANNA, limit: 0, offset: -1 }, ['limit: must be >= 1', 'offset: must be >= 0']],
    ['products', { supplierId: ANNA, limit: 101 }, ['limit: must be <= 100']],
    [
      'orders',
      { supplierId: ANNA, state: 'closed', number: '' },
      ['state: must be one of open, all', 'number: must not be empty'],
    ],
    ['payments', { supplierId: 7, document: 8 }, ['supplierId: must be string', 'document: must be string']],
    ['unlink', { supplierId: ANNA }, ['chatId: is required']],
    ['link', { chatId: 82, user: { id: 82 } }, ['phone, inviteCode: exactly one of them must be given']],
    [
      'link',
      { chatId: 82, user: { id: 82 }, phone: '+79161234506', inviteCode: 'X' },
      ['phone, inviteCode: exactly one'],
    ],
    [
      'link',
      { chatId: 82, user: {}, phone: '12' },
      ['user.id: is required', 'phone: must be a phone of at least ten digits'],
    ],
    ['link', { chatId: 82, phone: '+79161234506' }, ['user: is required']],
    [
      'reconciliation',
      { supplierId: ANNA, from: '2026-02-30', to: '24.11.2026', format: 'doc' },
      ['from: must be a day such as 2026-11-24', 'to: must be a day', 'format: must be one of pdf, xlsx'],
    ],
    ['ping', [], ['body: must be object']],
    ['ping', 'null', ['body: must be object']],
    ['ping', '{"a":', ['body: must be JSON in UTF-8']],
    ['ping', '', ['body: must be JSON in UTF-8']],
  ])('of %s are refused with each faulty field named: %j', async (operation, body, faults) => {
    const detail = await detailOf(operation, body);
    for (const fault of faults) expect(detail).toContain(fault);
  });

  it('that are not UTF-8 are refused', async () => {
    const reply = await fetch(`${accounting.url}/v1/ping`, {
      method: 'POST',
      headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json' },
      body: Buffer.from([0x7b, 0xff, 0x7d]),
    });
    expect(reply.status).toBe(400);
  });

  it('of another type are refused', async () => {
    expect(await detailOf('ping', {}, { 'Content-Type': 'text/plain' })).toMatch(
      /^Content-Type: must be application\/json/,
    );
  });

  it('may begin with a byte order mark, and have nulls and unknown fields', async () => {
    const body = JSON.stringify({ ...STOCK, later: { version: 2 }, limit: null });
    expect((await call(accounting, 'stock', `\ufeff${body}`)).status).toBe(200);
    expect((await call(accounting, 'orders', { supplierId: ANNA, number: null, state: null })).status).toBe(200);
  });

  it('over 64 KiB are refused, whether their length is told or not', async () => {
    const large = JSON.stringify({ supplierId: ANNA, articles: ['A'.repeat(70_000)] });
    expect(await call(accounting, 'stock', large)).toMatchObject({ status: 413, body: { code: 'bad_request' } });
    const stream = new Blob([large]).stream();
    const init = { body: stream, duplex: 'half' } as RequestInit;
    expect(await call(accounting, 'stock', undefined, init)).toMatchObject({ status: 413 });
    expect((await ask(accounting, 'ping', {})).status).toBe('ok');
  });
});

it('writes a byte order mark where it is told to', async () => {
  const other = await start({ bom: true });
  const response = await fetch(`${other.url}/v1/ping`, {
    method: 'POST',
    headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json' },
    body: '{}',
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  await other.close();
});

describe('records', () => {
  it('tell of every request, counted by its id, and leave secrets out', async () => {
    const requestId = randomUUID();
    const headers = { 'X-Request-Id': requestId };
    const heard: RequestRecord[] = [];
    accounting.events.on('request', (record) => heard.push(record));
    const first = await call(accounting, 'stock', STOCK, { headers });
    await call(accounting, 'stock', STOCK, { headers });
    await call(accounting, 'link', { chatId: 77, user: { id: 1 }, phone: '+79161234501' }, { headers });
    expect(first.headers.get('x-request-id')).toBe(requestId);
    const own = accounting.requests.filter((record) => record.requestId === requestId);
    expect(own).toMatchObject([
      { operation: 'stock', attempt: 1, status: 200, body: '{"supplierId":"00-000077","articles":["12345"]}' },
      { operation: 'stock', attempt: 2, status: 200 },
      {
        operation: 'link',
        attempt: 1,
        status: 409,
        code: 'already_linked',
        body: expect.stringContaining('"phone":"***"') as string,
      },
    ]);
    expect(own.every(({ ms, at }) => ms >= 0 && !Number.isNaN(Date.parse(at)))).toBe(true);
    expect(heard).toEqual(own);
    accounting.events.removeAllListeners();
  });

  it('are bounded', () => {
    const log = new RequestLog(() => undefined);
    const record = { at: '', operation: 'ping', requestId: '', attempt: 1, status: 200, ms: 0, body: '' };
    for (let nth = 0; nth < 1500; nth++) log.add({ ...record, requestId: String(nth) });
    expect(log.records).toHaveLength(1000);
    expect(log.records.at(-1)!.requestId).toBe('1499');
  });

  it('tell of a request that broke off', async () => {
    const { port } = new URL(accounting.url);
    const heard = new Promise<RequestRecord>((resolve) => accounting.events.once('request', resolve));
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write('POST /v1/stock HTTP/1.1\r\nHost: x\r\nX-API-Key: ' + KEY + '\r\nContent-Length: 10\r\n\r\n{', () =>
        socket.destroy(),
      );
    });
    expect(await heard).toMatchObject({ operation: 'stock', status: 0 });
  });
});

it('says which port is taken', async () => {
  const port = Number(new URL(accounting.url).port);
  await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
