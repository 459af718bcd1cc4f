import { once } from 'node:events';
import { type Fault, FaultError } from './faults';
import { type Accounting } from './server';
import { ANNA, ask, call, KEY, type Reply, start } from './spec-support';

let accounting: Accounting;
beforeEach(async () => {
  accounting = await start();
});
afterEach(() => accounting.close());

const STOCK = { supplierId: ANNA, articles: ['12345'] };
const stock = (init?: RequestInit) => call(accounting, 'stock', STOCK, init);
const soon = () => ({ signal: AbortSignal.timeout(150) });
const causeOf = async (request: Promise<Reply>) => {
  const error: unknown = await request.catch((reason: unknown) => reason);
  return (error as { cause?: { code?: string } }).cause?.code;
};

describe('modes', () => {
  it('status answers with the status, its code, and Retry-After', async () => {
    await accounting.faults.set({ mode: 'status', status: 429, retryAfter: 3 });
    const reply = await stock();
    expect(reply).toMatchObject({ status: 429, body: { status: 429, code: 'too_many_requests' } });
    expect(reply.headers.get('retry-after')).toBe('3');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    await accounting.faults.set({ mode: 'status' });
    expect(await stock()).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  });

  it('hang never answers', async () => {
    await accounting.faults.set({ mode: 'hang' });
    await expect(stock(soon())).rejects.toThrow(/timeout/);
    await accounting.faults.clear();
    expect((await stock()).status).toBe(200);
    expect(accounting.requests.map(({ status, fault }) => [status, fault])).toEqual([
      [0, 'hang'],
      [200, undefined],
    ]);
  });

  it('html answers a page, with 200 or another status', async () => {
    await accounting.faults.set({ mode: 'html' });
    const page = await stock();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.text).toMatch(/^<!DOCTYPE html>/);
    await accounting.faults.set({ mode: 'html', status: 500 });
    expect((await stock()).status).toBe(500);
  });

  it('broken-json answers the first half of the right answer', async () => {
    const { text } = await stock();
    await accounting.faults.set({ mode: 'broken-json' });
    const broken = await stock();
    expect(broken.status).toBe(200);
    expect(broken.body).toBeUndefined();
    expect(text.startsWith(broken.text.slice(0, 40))).toBe(true);
  });

  it('wrong-schema answers JSON that fits no operation', async () => {
    await accounting.faults.set({ mode: 'wrong-schema' });
    const requests = {
      ping: {},
      identify: { chatId: 77 },
      products: { supplierId: ANNA },
      stock: STOCK,
      prices: STOCK,
      orders: { supplierId: ANNA },
      payments: { supplierId: ANNA },
      reconciliation: { supplierId: ANNA, from: '2026-01-01', to: '2026-02-01', format: 'pdf' },
    } as const;
    for (const operation of Object.keys(requests) as (keyof typeof requests)[]) {
      await expect(ask(accounting, operation, requests[operation])).rejects.toThrow(/does not fit the contract/);
    }
    expect((await call(accounting, 'unlink', { supplierId: ANNA, chatId: 77 })).body).toEqual([]);
    await accounting.faults.clear();
    expect((await ask(accounting, 'identify', { chatId: 77 })).supplier.id).toBe(ANNA);
  });

  it('reset breaks the connection', async () => {
    await accounting.faults.set({ mode: 'reset' });
    expect(await causeOf(stock())).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
    expect(accounting.requests).toMatchObject([{ status: 0, fault: 'reset' }]);
  });

  it('refused closes the port, and clear opens the same one again', async () => {
    expect((await stock()).status).toBe(200);
    await accounting.faults.set({ mode: 'refused' });
    expect(await causeOf(stock())).toBe('ECONNREFUSED');
    expect(accounting.requests).toHaveLength(1);
    await accounting.faults.clear();
    expect((await stock()).status).toBe(200);
  });

  it('refused breaks off what waits for an answer', async () => {
    await accounting.faults.set({ mode: 'hang', times: 1 });
    const taken = once(accounting.events, 'fault');
    const waiting = causeOf(stock());
    await taken;
    await accounting.faults.set({ mode: 'refused' });
    expect(await waiting).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  });

  it('another fault after refused opens the port as well', async () => {
    await accounting.faults.set({ mode: 'refused' });
    await accounting.faults.set({ mode: 'status', status: 500 });
    expect((await stock()).status).toBe(500);
  });

  it('refused does not open the port of a stand that was closed', async () => {
    await accounting.faults.set({ mode: 'refused' });
    await accounting.close();
    await accounting.faults.clear();
    expect(await causeOf(stock())).toBe('ECONNREFUSED');
  });

  it('none with a latency is slow', async () => {
    await accounting.faults.set({ mode: 'none', latencyMs: 120 });
    const started = performance.now();
    expect((await stock()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
    expect(accounting.requests[0]!.ms).toBeGreaterThanOrEqual(115);
  });
});

describe('limits', () => {
  it('hit one operation only', async () => {
    await accounting.faults.set({ mode: 'status', status: 500, operation: 'stock' });
    expect((await stock()).status).toBe(500);
    expect((await ask(accounting, 'ping', {})).status).toBe('ok');
  });

  it('count down and end', async () => {
    const heard: Fault[] = [];
    accounting.events.on('fault', (fault) => heard.push(fault));
    await accounting.faults.set({ mode: 'status', status: 502, times: 2, operation: 'stock' });
    await ask(accounting, 'ping', {});
    expect([(await stock()).status, (await stock()).status, (await stock()).status]).toEqual([502, 502, 200]);
    expect(accounting.faults.current).toEqual({ mode: 'none' });
    expect(heard.map(({ times }) => times)).toEqual([2, 1, undefined]);
  });

  it('do not let anybody in without the key', async () => {
    await accounting.faults.set({ mode: 'broken-json' });
    expect((await stock({ headers: { 'X-API-Key': 'wrong' } })).status).toBe(403);
  });
});

it.each<[object, RegExp]>([
  [{ mode: 'explode' }, /^mode: must be one of none, status, hang/],
  [{}, /^mode: must be one of/],
  [{ mode: 'status', status: 200 }, /status: must be a whole number from 400 to 599/],
  [{ mode: 'status', retryAfter: -1 }, /retryAfter: must be a whole number/],
  [{ mode: 'none', latencyMs: 0.5 }, /latencyMs: must be a whole number/],
  [{ mode: 'hang', times: 0, operation: 'fly' }, /times: must be a whole number.*operation: must be one of ping/],
  [{ mode: 'refused', times: 1 }, /refused: closes the port for everybody/],
  [{ mode: 'status', code: 500 }, /code: unknown, known are mode, status/],
])('refuses the switch %j', async (fault, message) => {
  await expect(accounting.faults.set(fault as Fault)).rejects.toThrow(FaultError);
  await expect(accounting.faults.set(fault as Fault)).rejects.toThrow(message);
  expect(accounting.faults.current).toEqual({ mode: 'none' });
});

describe('control API', () => {
  const control = async (path: string, method = 'GET', body?: object, base = accounting.url) => {
    const response = await fetch(`${base}/_stand/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  };

  it('switches faults on and off without a key', async () => {
    const fault = { mode: 'status', status: 503, times: 1 };
    expect(await control('faults', 'PUT', fault)).toMatchObject({ status: 200, body: fault });
    expect(await control('faults')).toMatchObject({ body: fault });
    expect((await stock()).status).toBe(503);
    await control('faults', 'PUT', { mode: 'hang' });
    expect(await control('faults', 'DELETE')).toMatchObject({ status: 200, body: { mode: 'none' } });
    expect((await stock()).status).toBe(200);
  });

  it('stays open on a port of its own while the other one is closed', async () => {
    expect(await control('faults', 'PUT', { mode: 'refused' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(accounting.controlUrl) as string },
    });
    expect((await control('faults', 'PUT', { mode: 'refused' }, accounting.controlUrl)).status).toBe(200);
    expect(await causeOf(stock())).toBe('ECONNREFUSED');
    await control('faults', 'DELETE', undefined, accounting.controlUrl);
    expect((await stock()).status).toBe(200);
  });

  it('names what is wrong with a switch', async () => {
    expect(await control('faults', 'PUT', { mode: 'none', latencyMs: 'long' })).toMatchObject({
      status: 400,
      body: { code: 'bad_request', detail: 'latencyMs: must be a whole number from 0 to 600000' },
    });
    expect((await control('faults', 'PUT', [])).status).toBe(400);
  });

  it('lists the requests and forgets them', async () => {
    await stock();
    expect((await control('requests')).body).toMatchObject([{ operation: 'stock', status: 200 }]);
    expect((await control('requests', 'DELETE')).body).toEqual({ removed: 1 });
    expect(accounting.requests).toEqual([]);
  });

  it('does what a manager does', async () => {
    const { body: suppliers } = await control('suppliers');
    expect(suppliers).toMatchObject({ length: 6 });
    expect(suppliers).toContainEqual(
      expect.objectContaining({
        id: ANNA,
        chats: [{ chatId: 77, status: 'active' }],
        orders: expect.arrayContaining(['00-00000123']) as string[],
      }),
    );
    expect((await control(`suppliers/${ANNA}`, 'PUT', { status: 'blocked' })).body).toMatchObject({ blocked: true });
    expect((await stock()).status).toBe(404);
    expect((await control(`suppliers/${ANNA}`, 'PUT', { status: 'fired' })).status).toBe(400);
    expect((await control('suppliers/nobody', 'PUT', { status: 'active' })).status).toBe(404);
    await control('chats/123456789', 'PUT', { supplierId: '00-000078' });
    expect((await ask(accounting, 'identify', { chatId: 123_456_789 })).supplier).toMatchObject({
      id: '00-000078',
      status: 'active',
    });
  });

  it('knows its paths and methods', async () => {
    expect((await control('nothing')).status).toBe(404);
    const reply = await control('suppliers', 'POST', {});
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('does not open the contract', async () => {
    const response = await fetch(`${accounting.controlUrl}/v1/ping`, {
      method: 'POST',
      headers: { 'X-API-Key': KEY },
      body: '{}',
    });
    expect(response.status).toBe(404);
  });
});
