import { randomUUID } from 'node:crypto';
import { type Accounting, type AccountingOptions, startAccounting } from '../stand/accounting/server';
import { loadSampleCatalogue } from '../stand/accounting/load-catalogue';
import { OPERATIONS, type Operation } from '../src/onec/contract';
import { documentedExamples, expectHeaders, expectRequest, expectResponse } from './support/openapi';

const API_KEY = 'key-of-the-test';
const ANNA = 77;
const BORIS = 78;
const MEI = 79;
const VIKTOR = 80;
const GALINA = 81;
const DENIS = 82;

const operations = Object.keys(OPERATIONS) as Operation[];
const ofSupplier = operations.filter((operation) => !['ping', 'identify', 'link'].includes(operation));

interface Reply {
  status: number;
  headers: Headers;
  body: unknown;
}

async function post(
  accounting: Accounting,
  operation: string,
  body: unknown,
  more: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(`${accounting.url}/v1/${operation}`, {
    method: 'POST',
    headers: {
      'X-API-Key': API_KEY,
      'X-Request-Id': randomUUID(),
      'Content-Type': 'application/json; charset=utf-8',
      ...more,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  const text = (await response.text()).replace(/^\uFEFF/, '');
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** The answer has the status, and fits the document with its headers. */
async function expectAnswer(reply: Promise<Reply>, operation: string, status: number, code?: string): Promise<unknown> {
  const { status: seen, headers, body } = await reply;
  expect({ status: seen, body }).toMatchObject({ status, ...(code ? { body: { code, status } } : {}) });
  expectResponse(operation, status, body);
  expectHeaders(operation, status, headers);
  return body;
}

describe('the accounting stand as a server of the documented contract', () => {
  const running: Accounting[] = [];
  let accounting: Accounting;
  let supplierId: string;
  let articles: string[];

  const start = async (options: Partial<AccountingOptions> = {}): Promise<Accounting> => {
    const started = await startAccounting({ catalogue: await loadSampleCatalogue(), apiKey: API_KEY, ...options });
    running.push(started);
    return started;
  };

  const supplierOf = async (chatId: number) => {
    const { body } = await post(accounting, 'identify', { chatId });
    return (body as { supplier: { id: string } }).supplier.id;
  };

  /** A request of each operation that brings a 200. */
  const requestOf = (operation: Operation): object =>
    ({
      ping: {},
      identify: { chatId: ANNA },
      link: { chatId: 9001, phone: '+79161234506', user: { id: 9001, firstName: 'Денис' } },
      unlink: { supplierId, chatId: ANNA },
      products: { supplierId, articles: articles.slice(0, 2), limit: 5 },
      stock: { supplierId, articles: [...articles.slice(0, 3), 'НЕТ-ТАКОГО-1'] },
      prices: { supplierId, articles: [...articles.slice(0, 3), 'НЕТ-ТАКОГО-1'] },
      orders: { supplierId, number: '123' },
      payments: { supplierId },
      reconciliation: { supplierId, from: '2026-01-01', to: '2026-11-24', format: 'pdf' },
    })[operation];

  beforeEach(async () => {
    accounting = await start();
    supplierId = await supplierOf(ANNA);
    articles = accounting.catalogue.items.map(({ article }) => article);
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((started) => started.close()));
  });

  describe('answers', () => {
    it.each(operations)('%s with 200', async (operation) => {
      const request = requestOf(operation);
      expectRequest(operation, request);

      const reply = await post(accounting, operation, request);

      await expectAnswer(Promise.resolve(reply), operation, 200);
      expect(reply.headers.get('cache-control')).toMatch(/^(no-store|(public|private), max-age=\d+)$/);
    });

    it.each(operations)('%s with an unknown field and optional members null as without them', async (operation) => {
      const optional: Record<string, object> = {
        link: { inviteCode: null, user: { id: 9001, firstName: 'Денис', username: null } },
        products: { query: null, offset: null, addedLater: { a: 1 } },
        orders: { state: null, limit: null, offset: null },
        payments: { document: null, limit: null },
      };
      const request = { ...requestOf(operation), addedLater: [1], ...optional[operation] };
      expectRequest(operation, request);

      await expectAnswer(post(accounting, operation, request), operation, 200);
    });

    it.each(documentedExamples().filter(({ operation, status }) => operation in OPERATIONS && !status))(
      'the example $name of $operation with 200',
      async ({ operation, value }) => {
        await expectAnswer(post(accounting, operation, value), operation, 200);
      },
    );

    it('every supplier of the demo who is connected', async () => {
      for (const chatId of [ANNA, BORIS]) {
        await expectAnswer(post(accounting, 'identify', { chatId }), 'identify', 200);
      }
      for (const chatId of [ANNA, BORIS, MEI]) {
        const id = await supplierOf(chatId);
        await expectAnswer(post(accounting, 'orders', { supplierId: id, limit: 100 }), 'orders', 200);
        await expectAnswer(post(accounting, 'payments', { supplierId: id, limit: 100 }), 'payments', 200);
      }
    });

    // The contract has no question mark after `inn`; the stand leaves it out for a supplier from abroad.
    it('identify of a supplier without a taxpayer number', async () => {
      await expectAnswer(post(accounting, 'identify', { chatId: MEI }), 'identify', 200);
    });

    it.each([
      [VIKTOR, 'pending'],
      [GALINA, 'blocked'],
    ])('identify of chat %i with the status %s', async (chatId, status) => {
      const body = await expectAnswer(post(accounting, 'identify', { chatId }), 'identify', 200);

      expect(body).toMatchObject({ supplier: { status } });
    });

    it('each order of a supplier with its lines', async () => {
      const { body } = await post(accounting, 'orders', { supplierId, limit: 100 });
      const orders = (body as { items: { number: string }[] }).items;

      expect(orders.length).toBeGreaterThan(3);
      for (const { number } of orders) {
        const one = await expectAnswer(post(accounting, 'orders', { supplierId, number }), 'orders', 200);
        expect(one).toMatchObject({ items: [{ number, lines: expect.any(Array) as unknown }] });
      }
    });

    it('the whole catalogue, page by page, in every operation about goods', async () => {
      for (let at = 0; at < articles.length; at += 100) {
        const request = { supplierId, articles: articles.slice(at, at + 100) };
        expectRequest('stock', request);
        await expectAnswer(post(accounting, 'stock', request), 'stock', 200);
        await expectAnswer(post(accounting, 'prices', request), 'prices', 200);
        await expectAnswer(post(accounting, 'products', { ...request, limit: 100 }), 'products', 200);
      }
    });

    it('an act of reconciliation in both formats', async () => {
      for (const [format, magic] of [
        ['pdf', '%PDF'],
        ['xlsx', 'PK'],
      ] as const) {
        const request = { supplierId, from: '2026-01-01', to: '2026-11-24', format };
        const body = await expectAnswer(post(accounting, 'reconciliation', request), 'reconciliation', 200);
        const { contentBase64 } = (body as { file: { contentBase64: string } }).file;
        expect(Buffer.from(contentBase64, 'base64').subarray(0, magic.length).toString('latin1')).toBe(magic);
      }
    });

    it.each(operations)('%s with a byte order mark where it is told to', async (operation) => {
      const marked = await start({ bom: true });

      await expectAnswer(post(marked, operation, requestOf(operation)), operation, 200);
    });
  });

  describe('refuses', () => {
    it.each(operations)('%s with a wrong key', async (operation) => {
      const reply = post(accounting, operation, requestOf(operation), { 'X-API-Key': 'wrong' });

      await expectAnswer(reply, operation, 403, 'forbidden');
    });

    it.each(operations)('%s without the user that the publication asks for', async (operation) => {
      const guarded = await start({ basicUser: 'bot', basicPassword: 'secret' });

      await expectAnswer(post(guarded, operation, requestOf(operation)), operation, 401, 'forbidden');
    });

    it.each(operations.filter((operation) => operation !== 'ping'))('%s without what it needs', async (operation) => {
      await expectAnswer(post(accounting, operation, {}), operation, 400, 'bad_request');
    });

    it.each(['ping', 'identify'] as const)('%s whose body is no object', async (operation) => {
      await expectAnswer(post(accounting, operation, [1]), operation, 400, 'bad_request');
    });

    it.each(['stock', 'prices', 'products'] as const)('%s of more than 100 articles', async (operation) => {
      const request = { supplierId, articles: Array.from({ length: 101 }, (_, index) => `A-${index}`) };

      await expectAnswer(post(accounting, operation, request), operation, 400, 'bad_request');
    });

    it.each(ofSupplier)('%s of an unknown supplier', async (operation) => {
      const request = { ...requestOf(operation), supplierId: 'no-such-supplier' };

      await expectAnswer(post(accounting, operation, request), operation, 404, 'supplier_not_found');
    });

    it.each(ofSupplier)('%s of a supplier whose access is closed', async (operation) => {
      const request = { ...requestOf(operation), supplierId: await supplierOf(GALINA) };

      await expectAnswer(post(accounting, operation, request), operation, 404, 'supplier_not_found');
    });

    it('an unknown chat', async () => {
      await expectAnswer(post(accounting, 'identify', { chatId: DENIS }), 'identify', 404, 'supplier_not_found');
    });

    it('an unknown order and document', async () => {
      const number = '987654321';

      await expectAnswer(post(accounting, 'orders', { supplierId, number }), 'orders', 404, 'order_not_found');
      const payments = post(accounting, 'payments', { supplierId, document: number });
      await expectAnswer(payments, 'payments', 404, 'order_not_found');
    });

    it.each([
      [404, 'supplier_not_found', { chatId: 9001, phone: '+70000000000' }],
      [404, 'code_not_found', { chatId: 9001, inviteCode: 'NO-SUCH' }],
      [410, 'code_expired', { chatId: 9001, inviteCode: 'DEMO-OLD' }],
      [409, 'already_linked', { chatId: ANNA, phone: '+79161234506' }],
      [409, 'link_pending', { chatId: VIKTOR, phone: '+79161234506' }],
    ])('a link with %i %s', async (status, code, means) => {
      const request = { ...means, user: { id: means.chatId } };
      expectRequest('link', request);

      await expectAnswer(post(accounting, 'link', request), 'link', status, code);
    });

    it.each(operations.filter((operation) => operation !== 'ping'))('%s that it does not serve', async (operation) => {
      const small = await start({ operations: ['ping'] });

      await expectAnswer(post(small, operation, requestOf(operation)), operation, 422, 'not_supported');
    });
  });

  it.each(operations)('fails in %s as documented when it is told to', async (operation) => {
    for (const status of [429, 500, 502, 503, 504]) {
      await accounting.faults.set({ mode: 'status', status, retryAfter: 2, times: 1 });
      const reply = await post(accounting, operation, requestOf(operation));

      await expectAnswer(Promise.resolve(reply), operation, status, status === 429 ? 'too_many_requests' : undefined);
      expect(reply.headers.get('retry-after')).toBe('2');
    }
    await accounting.faults.set({ mode: 'html', status: 502, times: 1 });
    const page = await post(accounting, operation, requestOf(operation));
    expectHeaders(operation, page.status, page.headers);
    expect(page.body).toContain('<html');
  });
});
