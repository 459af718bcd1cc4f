import { setTimeout as sleep } from 'node:timers/promises';
import { ContractClient } from '../scripts/contract/client';
import { runChecks } from '../scripts/contract/run';
import { World } from '../scripts/contract/world';
import { DEMO_INVITE } from '../stand/accounting/business/supplier-directory';
import { loadSampleCatalogue } from '../stand/accounting/load-catalogue';
import { type Accounting, startAccounting } from '../stand/accounting/server';
import { type Answered, startTamperingProxy, type Tamper } from './support/tampering-proxy';

const KEY = 'Key-Of-The-Contract-Test';
const ANNA = 77;

interface Entry {
  article: string;
  [member: string]: unknown;
}
interface Body {
  items: Entry[];
  notFound: string[];
  total: number;
  [member: string]: unknown;
}

/** Changes the answers 200 of an operation. */
const answering =
  (operation: string, change: (body: Body, request: Record<string, unknown>) => object): Tamper =>
  async (passing, forward) => {
    const answered = await forward();
    const isMeant = passing.operation === operation && answered.status === 200;
    return isMeant ? { ...answered, body: change(answered.body as Body, passing.body ?? {}) } : answered;
  };

const problem = (status: number, code: string): Answered => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { status, code, title: 'Broken on purpose' },
});

/** The key that came, whatever its header is called. */
const keyOf = (headers: Record<string, string>) =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-api-key')?.[1];

const withKey = (headers: Record<string, string>, key: string) => ({
  ...Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'x-api-key')),
  'X-API-Key': key,
});

let inFlight = 0;

/** What a server does wrong, the check that has to find it, and the cure that it has to name. */
const VIOLATIONS: readonly [name: string, check: string, cure: string, tamper: Tamper][] = [
  [
    'takes GET for POST',
    'transport.post-only',
    'post-only',
    ({ method, bytes }, forward) => forward(method === 'POST' ? {} : { method: 'POST', bytes, body: {} }),
  ],
  [
    'reads the name of the key header letter by letter',
    'transport.header-names',
    'header-names',
    async ({ rawHeaders }, forward) => ('X-API-Key' in rawHeaders ? forward() : problem(403, 'forbidden')),
  ],
  [
    'trips over a byte order mark',
    'transport.request-bom',
    'request-form',
    async ({ bytes }, forward) => (bytes[0] === 0xef ? problem(400, 'bad_request') : forward()),
  ],
  [
    'insists on its own spelling of Content-Type',
    'transport.request-type',
    'request-form',
    async ({ rawHeaders }, forward) =>
      rawHeaders['Content-Type'] === 'application/json; charset=utf-8' ? forward() : problem(400, 'bad_request'),
  ],
  [
    'insists on X-Request-Id',
    'transport.request-id',
    'request-form',
    async ({ rawHeaders }, forward) => ('X-Request-Id' in rawHeaders ? forward() : problem(400, 'bad_request')),
  ],
  [
    'does not know an unknown operation',
    'transport.unknown-operation',
    'unknown-operation',
    async ({ operation }, forward) => (operation.startsWith('no-such') ? problem(404, 'order_not_found') : forward()),
  ],
  [
    'redirects',
    'ping.answer',
    'redirected',
    async () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }),
  ],
  [
    'answers text',
    'ping.answer',
    'content-type',
    async (_, forward) => ({ ...(await forward()), headers: { 'content-type': 'text/plain; charset=utf-8' } }),
  ],
  [
    'calls an error JSON',
    'access.missing-key',
    'content-type',
    async (_, forward) => {
      const answered = await forward();
      return answered.status === 200 ? answered : { ...answered, headers: { 'content-type': 'application/json' } };
    },
  ],
  [
    'gives errors no code',
    'identify.unknown',
    'problem-form',
    async ({ operation }, forward) => {
      const answered = await forward();
      return operation === 'identify' && answered.status === 404
        ? { ...answered, body: { status: 404, title: 'Not found' } }
        : answered;
    },
  ],
  [
    'asks for no key',
    'access.missing-key',
    'key-not-checked',
    ({ rawHeaders }, forward) => forward({ rawHeaders: withKey(rawHeaders, KEY) }),
  ],
  [
    'compares the key as a DBMS does',
    'access.wrong-key',
    'key-not-checked',
    ({ rawHeaders }, forward) => {
      const isAlike = keyOf(rawHeaders)?.toLowerCase() === KEY.toLowerCase();
      return forward(isAlike ? { rawHeaders: withKey(rawHeaders, KEY) } : {});
    },
  ],
  [
    'asks for the key in some operations',
    'access.every-operation',
    'key-not-checked',
    ({ operation, rawHeaders }, forward) =>
      forward(operation === 'prices' ? { rawHeaders: withKey(rawHeaders, KEY) } : {}),
  ],
  [
    'looks at the body first',
    'access.before-body',
    'key-before-body',
    async ({ body }, forward) => (body === undefined ? problem(400, 'bad_request') : forward()),
  ],
  [
    'tells a missing key from a wrong one',
    'access.same-answer',
    'key-tells',
    async ({ rawHeaders }, forward) =>
      keyOf(rawHeaders) === undefined
        ? { ...problem(403, 'forbidden'), body: { status: 403, code: 'forbidden', title: 'No key' } }
        : forward(),
  ],
  [
    'compares the key letter by letter, and slowly',
    'access.timing',
    'key-timing',
    async ({ rawHeaders }, forward) => {
      if (keyOf(rawHeaders)?.startsWith(KEY.slice(0, -1))) await sleep(60);
      return forward();
    },
  ],
  [
    'repeats the key in an error',
    'access.no-echo',
    'key-in-answer',
    async ({ rawHeaders }, forward) => {
      const answered = await forward();
      return answered.status === 403
        ? { ...answered, body: { ...(answered.body as object), detail: `Wrong: ${keyOf(rawHeaders)}` } }
        : answered;
    },
  ],
  [
    'keeps an operation to itself',
    'ping.served',
    'ping-operations',
    answering('ping', (body) => ({
      ...body,
      operations: (body['operations'] as string[]).filter((name) => name !== 'stock'),
    })),
  ],
  [
    'promises what it lacks',
    'ping.served',
    'ping-operations',
    async ({ operation }, forward) => (operation === 'payments' ? problem(422, 'not_supported') : forward()),
  ],
  [
    'has no ping in ping',
    'ping.operations',
    'ping-operations',
    answering('ping', (body) => ({ ...body, operations: [] })),
  ],
  [
    'is an hour late',
    'ping.clock',
    'clock-is-off',
    answering('ping', (body) => ({ ...body, time: new Date(Date.now() - 3_600_000).toISOString() })),
  ],
  [
    'answers a broken body with 500',
    'body.broken-json',
    'server-error',
    async ({ body }, forward) => (body === undefined ? problem(500, 'internal_error') : forward()),
  ],
  [
    'takes a body without members',
    'body.required',
    'check-the-body',
    ({ operation, body }, forward) =>
      forward(operation === 'identify' && body && !('chatId' in body) ? { body: { chatId: ANNA } } : {}),
  ],
  [
    'takes numbers for strings',
    'body.types',
    'check-the-body',
    async ({ operation, body }, forward) => {
      if (operation !== 'orders' || typeof body?.['number'] !== 'number') return forward();
      return forward({ body: { ...body, number: '123' } });
    },
  ],
  [
    'takes any page',
    'body.pages',
    'check-the-body',
    ({ operation, body }, forward) =>
      forward(operation === 'orders' && body?.['limit'] === 101 ? { body: { ...body, limit: 100 } } : {}),
  ],
  [
    'takes the first hundred of more articles',
    'body.hundred-articles',
    'hundred-articles',
    ({ body }, forward) => {
      const articles = body?.['articles'];
      return forward(
        Array.isArray(articles) ? { body: { ...body, articles: articles.slice(0, 100) as string[] } } : {},
      );
    },
  ],
  [
    'refuses a hundred articles',
    'body.hundred-articles',
    'hundred-articles',
    async ({ body }, forward) => {
      const articles = body?.['articles'];
      return Array.isArray(articles) && articles.length > 50 ? problem(400, 'bad_request') : forward();
    },
  ],
  [
    'reads any amount',
    'body.oversized',
    'limit-the-body',
    ({ bytes }, forward) => forward(bytes.length > 65_536 ? { body: {} } : {}),
  ],
  [
    'refuses what it does not know',
    'body.unknown-fields',
    'unknown-fields',
    async ({ body }, forward) => (body && 'addedLater' in body ? problem(400, 'bad_request') : forward()),
  ],
  [
    'takes null for a value',
    'body.null-is-missing',
    'null-is-missing',
    async ({ body }, forward) => (body && Object.values(body).includes(null) ? problem(400, 'bad_request') : forward()),
  ],
  [
    'knows every chat',
    'identify.unknown',
    'unknown-chat',
    ({ operation }, forward) => forward(operation === 'identify' ? { body: { chatId: ANNA } } : {}),
  ],
  [
    'does not look at supplierId',
    'supplier.foreign',
    'foreign-supplier',
    ({ operation, body }, forward) =>
      forward(operation === 'orders' && body ? { body: { ...body, supplierId: '00-000077' } } : {}),
  ],
  [
    'fails on an id that is no UUID',
    'supplier.foreign',
    'server-error',
    async ({ body }, forward) => (body?.['supplierId'] === '%' ? problem(500, 'internal_error') : forward()),
  ],
  [
    'compares articles letter by letter',
    'stock.spelling',
    'catalogue-spelling',
    async (passing, forward) => {
      const answered = await forward();
      if (passing.operation !== 'stock' || answered.status !== 200) return answered;
      const asked = (passing.body?.['articles'] ?? []) as string[];
      const body = answered.body as Body;
      const items = body.items.filter(({ article }) => asked.includes(article));
      return {
        ...answered,
        body: { ...body, items, notFound: asked.filter((one) => !items.some((item) => item.article === one)) },
      };
    },
  ],
  [
    'repeats the spelling of the question',
    'prices.spelling',
    'catalogue-spelling',
    answering('prices', (body, { articles }) => ({
      ...body,
      items: body.items.map((item, index) => ({ ...item, article: (articles as string[])[index] ?? item.article })),
    })),
  ],
  [
    'says nothing of what it lacks',
    'stock.not-found',
    'not-found-by-name',
    answering('stock', (body) => ({ ...body, notFound: [] })),
  ],
  [
    'loses articles',
    'products.answer',
    'not-found-by-name',
    answering('products', (body, { articles }) => (articles ? { ...body, items: body.items.slice(1) } : body)),
  ],
  [
    'puts articles into a pattern',
    'stock.wildcards',
    'wildcards',
    ({ operation, body }, forward) => {
      const isPattern = (body?.['articles'] as string[] | undefined)?.[0] === '%';
      return forward(operation === 'stock' && isPattern ? { body: { ...body, articles: ['BP-4500/2'] } } : {});
    },
  ],
  [
    'answers once for each time that it was asked',
    'prices.duplicates',
    'duplicates',
    answering('prices', (body, { articles }) => ({
      ...body,
      items: body.items.flatMap((item) => (articles as string[]).filter((one) => one === item.article).map(() => item)),
    })),
  ],
  [
    'answers everything where nothing was asked',
    'stock.none',
    'check-the-body',
    ({ operation, body }, forward) => {
      const isEmpty = (body?.['articles'] as string[] | undefined)?.length === 0;
      return forward(operation === 'stock' && isEmpty ? { body: { ...body, articles: ['BP-4500/2'] } } : {});
    },
  ],
  [
    'gives quantities as strings',
    'stock.answer',
    'schema',
    answering('stock', (body) => ({
      ...body,
      items: body.items.map((item) => ({ ...item, available: `${String(item['available'])},00` })),
    })),
  ],
  [
    'pays in a currency of the past',
    'prices.currency',
    'currency',
    answering('prices', (body) => ({ ...body, items: body.items.map((item) => ({ ...item, currency: 'RUR' })) })),
  ],
  [
    'begins every page at the beginning',
    'products.paging',
    'paging',
    ({ operation, body }, forward) => forward(operation === 'products' ? { body: { ...body, offset: 0 } } : {}),
  ],
  [
    'counts the page for the whole',
    'orders.paging',
    'paging',
    answering('orders', (body) => ({ ...body, total: body.items.length })),
  ],
  [
    'ignores the limit',
    'payments.paging',
    'paging',
    ({ operation, body }, forward) => forward(operation === 'payments' ? { body: { ...body, limit: 100 } } : {}),
  ],
  [
    'finds nothing by a word',
    'products.search',
    'search',
    answering('products', (body, { query }) =>
      typeof query === 'string' && /^\p{L}+$/u.test(query) ? { ...body, items: [], total: 0 } : body,
    ),
  ],
  [
    'shows closed orders among the open ones',
    'orders.state',
    'order-state',
    ({ operation, body }, forward) => forward(operation === 'orders' ? { body: { ...body, state: 'all' } } : {}),
  ],
  [
    'leaves the lines out',
    'orders.number',
    'order-lines',
    answering('orders', (body) => ({ ...body, items: body.items.map((item) => ({ ...item, lines: null })) })),
  ],
  [
    'wants the whole number',
    'orders.short-number',
    'order-number',
    async ({ operation, body }, forward) =>
      operation === 'orders' && /^\d{1,5}$/.test(String(body?.['number']))
        ? problem(404, 'order_not_found')
        : forward(),
  ],
  [
    'answers an unknown number with all orders',
    'orders.unknown',
    'order-number',
    ({ operation, body }, forward) => forward(operation === 'orders' ? { body: { ...body, number: null } } : {}),
  ],
  [
    'answers an unknown document with all payments',
    'payments.unknown',
    'order-number',
    ({ operation, body }, forward) => forward(operation === 'payments' ? { body: { ...body, document: null } } : {}),
  ],
  [
    'sends a page for a PDF',
    'reconciliation.pdf',
    'file',
    answering('reconciliation', (body) => ({
      file: { ...(body['file'] as object), contentBase64: Buffer.from('<html></html>').toString('base64') },
    })),
  ],
  [
    'sends a PDF for a workbook',
    'reconciliation.xlsx',
    'file',
    ({ operation, body }, forward) =>
      forward(operation === 'reconciliation' ? { body: { ...body, format: 'pdf' } } : {}),
  ],
  [
    'turns a period round',
    'reconciliation.period',
    'check-the-body',
    ({ operation, body }, forward) =>
      forward(operation === 'reconciliation' ? { body: { ...body, from: '2026-01-01', to: '2026-01-31' } } : {}),
  ],
  [
    'keeps who is behind a chat for everybody',
    'caching.identify',
    'caching-scope',
    async ({ operation }, forward) => {
      const answered = await forward();
      const headers = { ...answered.headers, 'cache-control': 'public, max-age=60' };
      return operation === 'identify' ? { ...answered, headers } : answered;
    },
  ],
  [
    'links a chat twice',
    'link.invite',
    'linking',
    async ({ operation }, forward) => {
      const answered = await forward();
      return operation === 'link' && answered.status === 409 ? problem(404, 'code_not_found') : answered;
    },
  ],
  [
    'forgets to unlink',
    'link.invite',
    'linking',
    async ({ operation }, forward) =>
      operation === 'unlink' ? { status: 200, headers: { 'content-type': 'application/json' }, body: {} } : forward(),
  ],
  [
    'links whoever gives a phone',
    'link.refusals',
    'linking',
    ({ operation, body }, forward) =>
      forward(
        operation === 'link' && body?.['phone'] && !body['inviteCode']
          ? { body: { ...body, phone: '+79161234501' } }
          : {},
      ),
  ],
  [
    'bears three questions at once',
    'times.parallel',
    'parallel',
    async (_, forward) => {
      inFlight += 1;
      try {
        await sleep(20);
        return inFlight > 3 ? problem(503, 'unavailable') : await forward();
      } finally {
        inFlight -= 1;
      }
    },
  ],
];

describe('the contract check against a server that', () => {
  let accounting: Accounting;

  beforeEach(async () => {
    accounting = await startAccounting({ catalogue: await loadSampleCatalogue(), apiKey: KEY });
  });
  afterEach(() => accounting.close());

  it.each(VIOLATIONS)('%s fails in %s with the cure %s', async (_, check, code, tamper) => {
    const proxy = await startTamperingProxy(accounting.url, tamper);
    const client = new ContractClient({ url: proxy.url, key: KEY, timeoutMs: 3000 });
    try {
      const world = new World(client, { chat: ANNA, write: check.startsWith('link.'), invite: DEMO_INVITE });
      const results = await runChecks(world, undefined, [check]);

      expect(results.find(({ id }) => id === check)?.outcome).toMatchObject({
        kind: expect.stringMatching(/^(failed|warned)$/) as string,
        cure: { code },
      });
    } finally {
      client.close();
      await proxy.close();
    }
  });
});
