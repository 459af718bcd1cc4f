import { setTimeout as sleep } from 'node:timers/promises';
import { CACHE_MANAGER, type Cache } from '@nestjs/cache-manager';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Settings } from '../config/settings';
import { SettingsModule } from '../config/settings.module';
import { articleKey } from '../onec/article-key';
import { createCallTrace } from '../onec/call-trace';
import { type Operation } from '../onec/contract';
import { OneCNotFoundError, OneCUnavailableError } from '../onec/errors';
import { type CallOptions, OneCService } from '../onec/onec.service';
import { AccountingService } from './accounting.service';
import { CacheModule } from './cache.module';

interface Call {
  operation: Operation;
  request: { supplierId: string; articles: string[] } & Record<string, unknown>;
  options: CallOptions;
}

describe(AccountingService.name, () => {
  let module: TestingModule;
  let accounting: AccountingService;
  let settings: Settings;
  let calls: Call[];
  /** What 1C would put into Cache-Control; nothing: no header. */
  let cacheControl: string | undefined;
  let latencyMs: number;
  let respond: (call: Call) => object;

  /** Knows every article but those with an X; names the supplier it answered in the name of the item. */
  const catalogue = ({ request: { articles, supplierId } }: Call) => {
    const known = articles.filter((article) => !articleKey(article).includes('X'));
    return {
      items: known.map((article) => ({
        article: article.toUpperCase(),
        name: `for ${supplierId}`,
        available: 1,
        price: 2,
        currency: 'RUB',
      })),
      notFound: articles.filter((article) => !known.includes(article)),
    };
  };

  const onec = {
    async call(operation: Operation, request: Call['request'], options: CallOptions = {}) {
      const call = { operation, request, options };
      calls.push(call);
      await sleep(latencyMs, undefined, options.signal ? { signal: options.signal } : {});
      return {
        body: respond(call),
        ...(cacheControl === undefined ? {} : { cacheControl }),
        requestId: options.requestId,
        receivedAt: Date.now(),
      };
    },
    ping(options: CallOptions) {
      return this.call('ping', {} as Call['request'], options);
    },
  };

  const asked = () => calls.map(({ request }) => `${request.supplierId}: ${request.articles.join(' ')}`);
  const names = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);
  const articlesOf = ({ items }: { items: { article: string }[] }) => items.map(({ article }) => article);

  beforeEach(async () => {
    calls = [];
    cacheControl = undefined;
    latencyMs = 5;
    respond = catalogue;
    settings = Object.assign(new Settings(), { onecBaseUrl: 'http://127.0.0.1:1', onecApiKey: 'key' });
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    await start();
  });

  const start = async (changes: Partial<Settings> = {}) => {
    await module?.close();
    Object.assign(settings, changes);
    module = await Test.createTestingModule({ imports: [SettingsModule.forRoot(settings), CacheModule] })
      .overrideProvider(OneCService)
      .useValue(onec)
      .compile();
    accounting = module.get(AccountingService);
  };

  afterEach(async () => {
    await module.close();
    jest.restoreAllMocks();
  });

  describe('articles', () => {
    it('are asked for once, in one request, and only what is missing', async () => {
      const nine = Array.from({ length: 9 }, (_, index) => `A-${index}`);
      await accounting.stock('S1', nine);
      const trace = createCallTrace();
      const known = await accounting.stock('S1', ['B-1', ...nine], { trace });
      expect(asked()).toEqual([`S1: ${nine.join(' ')}`, 'S1: B-1']);
      expect(articlesOf(known)).toEqual(['B-1', ...nine]);
      expect(trace.cache).toEqual({ hits: 9, misses: 1, joined: 0 });
    });

    it('are one entry in any spelling', async () => {
      await accounting.stock('S1', ['BP-4500/2']);
      const known = await accounting.stock('S1', ['вр 4500.2']);
      expect(asked()).toEqual(['S1: BP-4500/2']);
      expect(articlesOf(known)).toEqual(['BP-4500/2']);
    });

    it('that are asked twice in one question are answered once', async () => {
      const known = await accounting.stock('S1', ['a-1', 'A1', 'b', 'x', 'X']);
      expect(asked()).toEqual(['S1: a-1 b x']);
      expect(articlesOf(known)).toEqual(['A-1', 'B']);
      expect(known.notFound).toEqual(['x']);
    });

    it('that were not found are remembered too, and named as each asker wrote them', async () => {
      await expect(accounting.stock('S1', ['x-1'])).resolves.toMatchObject({ items: [], notFound: ['x-1'] });
      await expect(accounting.stock('S1', ['X 1'])).resolves.toMatchObject({ items: [], notFound: ['X 1'] });
      expect(calls).toHaveLength(1);
    });

    it('over 100 are asked for in several requests, each with an id of its own', async () => {
      const many = Array.from({ length: 250 }, (_, index) => `A-${index}`);
      const requestId = '5f0c5f2e-4d3e-4b0a-9a86-0d1c54e7f4aa';
      const known = await accounting.prices('S1', many, { requestId });
      expect(calls.map(({ request }) => request.articles.length)).toEqual([100, 100, 50]);
      expect(new Set(calls.map(({ options }) => options.requestId)).size).toBe(3);
      expect(calls[0]?.options.requestId).toBe(requestId);
      expect(articlesOf(known)).toEqual(many);
    });

    it('of operations do not mix', async () => {
      await accounting.stock('S1', ['A']);
      await accounting.prices('S1', ['A']);
      await accounting.products('S1', { articles: ['A'] });
      expect(calls.map(({ operation }) => operation)).toEqual(['stock', 'prices', 'products']);
    });

    it('that are none ask nothing', async () => {
      await expect(accounting.stock('S1', [])).resolves.toMatchObject({ items: [], notFound: [] });
      await expect(accounting.stock('S1', ['--'])).resolves.toMatchObject({ items: [], notFound: ['--'] });
      expect(calls).toHaveLength(0);
    });

    it('of products are found by barcode', async () => {
      respond = () => ({ items: [{ article: 'LED-7', name: 'Лампа', barcode: '4600000000017' }] });
      for (let count = 0; count < 2; count++) {
        const known = await accounting.products('S1', { articles: ['4600000000017'] });
        expect(articlesOf(known)).toEqual(['LED-7']);
      }
      expect(calls).toHaveLength(1);
    });

    it('are not asked for again by one whose miss was read before the answer landed', async () => {
      const cache = module.get<Cache>(CACHE_MANAGER, { strict: false });
      const read = cache.get.bind(cache);
      let held = true;
      jest.spyOn(cache, 'get').mockImplementation(async (key: string) => {
        const waits = held;
        const value = await read<never>(key);
        if (waits) await sleep(60);
        return value;
      });
      const late = accounting.stock('S1', ['A']);
      held = false;
      await accounting.stock('S1', ['A']);
      await late;
      expect(calls).toHaveLength(1);
    });

    it('keep the moment they came from 1C', async () => {
      const first = await accounting.stock('S1', ['A']);
      await sleep(30);
      const second = await accounting.stock('S1', ['A', 'B']);
      expect(second.receivedAt).toBe(first.receivedAt);
    });
  });

  describe('a lifetime', () => {
    it('is the one that 1C sent', async () => {
      cacheControl = 'private, max-age=1';
      await start({ cacheTtlSeconds: 600 });
      await accounting.stock('S1', ['A']);
      await accounting.stock('S1', ['A']);
      expect(calls).toHaveLength(1);
      await sleep(1050);
      await accounting.stock('S1', ['A']);
      expect(calls).toHaveLength(2);
    });

    it('is CACHE_TTL_SECONDS by default', async () => {
      await start({ cacheTtlSeconds: 1 });
      await accounting.stock('S1', ['A']);
      await accounting.stock('S1', ['A']);
      expect(calls).toHaveLength(1);
      await sleep(1050);
      await accounting.stock('S1', ['A']);
      expect(calls).toHaveLength(2);
    });

    it.each(['no-store', 'no-cache', 'public, max-age=0'])('of %s is none', async (value) => {
      cacheControl = value;
      await accounting.stock('S1', ['A', 'x']);
      await accounting.stock('S1', ['A', 'x']);
      expect(calls).toHaveLength(2);
    });

    it('ends early where the cache is full', async () => {
      await start({ cacheMaxEntries: 2 });
      for (const article of ['A', 'B', 'C', 'A']) await accounting.stock('S1', [article]);
      expect(asked()).toEqual(['S1: A', 'S1: B', 'S1: C', 'S1: A']);
    });
  });

  describe('isolation', () => {
    it.each([undefined, 'private, max-age=300', 'max-age=300', 'no-store', 'public, private, max-age=300'])(
      'an answer with %p never reaches another supplier',
      async (value) => {
        cacheControl = value;
        await expect(accounting.stock('S1', ['A', 'x']).then(names)).resolves.toEqual(['for S1']);
        await expect(accounting.stock('S2', ['A', 'x']).then(names)).resolves.toEqual(['for S2']);
        const [one, two] = await Promise.all([accounting.stock('S1', ['B']), accounting.stock('S2', ['B'])]);
        expect([names(one), names(two)]).toEqual([['for S1'], ['for S2']]);
      },
    );

    it('also not when both ask at the same time for the first time', async () => {
      const answers = await Promise.all(['S1', 'S2', 'S3'].map((supplier) => accounting.stock(supplier, ['A'])));
      expect(answers.map(names)).toEqual([['for S1'], ['for S2'], ['for S3']]);
    });

    it('a public answer serves everybody', async () => {
      cacheControl = 'public, max-age=300';
      await accounting.stock('S1', ['A', 'x']);
      const known = await accounting.stock('S2', ['a', 'X']);
      expect(names(known)).toEqual(['for S1']);
      expect(known.notFound).toEqual(['X']);
      expect(calls).toHaveLength(1);
    });

    it('public askers at the same time share one request, per article', async () => {
      cacheControl = 'public, max-age=300';
      latencyMs = 30;
      const trace = createCallTrace();
      await Promise.all([
        accounting.stock('S1', ['A', 'B']),
        ...Array.from({ length: 20 }, () => accounting.stock('S2', ['B', 'C'], { trace })),
      ]);
      expect(asked()).toEqual(['S1: A B', 'S2: C']);
      expect(trace.cache).toEqual({ hits: 0, misses: 1, joined: 39 });
    });

    it('a supplier’s own entry comes before the public one', async () => {
      cacheControl = 'public, max-age=300';
      await accounting.stock('S1', ['A']);
      cacheControl = 'private, max-age=300';
      await accounting.stock('S2', ['A'], { fresh: true });
      await expect(accounting.stock('S2', ['A']).then(names)).resolves.toEqual(['for S2']);
      await expect(accounting.stock('S3', ['A']).then(names)).resolves.toEqual(['for S1']);
    });

    it.each([
      ['S1","A', 'B', 'S1', 'A","B'],
      ['S1', 'private', 'private', 'S1'],
    ])('supplier %p asking for %p is not supplier %p asking for %p', async (one, article, other, otherArticle) => {
      await accounting.stock(one, [article]);
      await expect(accounting.stock(other, [otherArticle]).then(names)).resolves.toEqual([`for ${other}`]);
    });

    it('a failure of one supplier is not another’s', async () => {
      respond = (call) => {
        if (call.request.supplierId !== 'S1') return catalogue(call);
        throw new OneCNotFoundError('supplier_not_found', { operation: 'stock', requestId: '', attempts: 1 });
      };
      const [one, two] = await Promise.allSettled([accounting.stock('S1', ['A']), accounting.stock('S2', ['A'])]);
      expect(one.status).toBe('rejected');
      expect(two.status).toBe('fulfilled');
    });

    it('unavailability is told to all who wait, and not kept', async () => {
      respond = () => {
        throw new OneCUnavailableError({ operation: 'stock', requestId: '', attempts: 3 });
      };
      const all = await Promise.allSettled(['S1', 'S1', 'S2'].map((supplier) => accounting.stock(supplier, ['A'])));
      expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(calls).toHaveLength(1);
      respond = catalogue;
      await expect(accounting.stock('S1', ['A']).then(names)).resolves.toEqual(['for S1']);
    });
  });

  describe('refreshing', () => {
    it('passes over what is kept and keeps what comes', async () => {
      await accounting.stock('S1', ['A']);
      const trace = createCallTrace();
      await accounting.stock('S1', ['A'], { fresh: true, trace });
      await accounting.stock('S1', ['A']);
      expect(calls).toHaveLength(2);
      expect(trace.cache).toEqual({ hits: 0, misses: 1, joined: 0 });
    });

    it('is not undone by an older private entry', async () => {
      let stock = 1;
      respond = (call) => ({ ...catalogue(call), items: [{ article: 'A', name: `${stock}`, available: stock }] });
      await accounting.stock('S1', ['A']);
      stock = 2;
      cacheControl = 'public, max-age=300';
      await accounting.stock('S1', ['A'], { fresh: true });
      await expect(accounting.stock('S1', ['A']).then(names)).resolves.toEqual(['2']);
    });

    it('with no-store leaves no older entry behind', async () => {
      cacheControl = 'public, max-age=300';
      await accounting.stock('S1', ['A']);
      cacheControl = 'no-store';
      await accounting.stock('S1', ['A'], { fresh: true });
      await accounting.stock('S1', ['A']);
      expect(calls).toHaveLength(3);
    });
  });

  describe('a caller that leaves', () => {
    it('is told so, and the others get their answer', async () => {
      latencyMs = 60;
      const leaving = accounting.stock('S1', ['A'], { signal: AbortSignal.timeout(20) });
      const staying = accounting.stock('S1', ['A']);
      await expect(leaving).rejects.toMatchObject({ code: 'cancelled' });
      await expect(staying.then(names)).resolves.toEqual(['for S1']);
      expect(calls).toHaveLength(1);
    });

    it('alone ends the request', async () => {
      latencyMs = 1000;
      await expect(accounting.stock('S1', ['A'], { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
        code: 'cancelled',
      });
      expect(calls[0]?.options.signal?.aborted).toBe(true);
    });

    it('before asking asks nothing', async () => {
      const options = { signal: AbortSignal.abort() };
      await expect(accounting.stock('S1', ['A'], options)).rejects.toMatchObject({ code: 'cancelled' });
      expect(calls).toHaveLength(0);
    });
  });

  it('gives a second request, after a wait in vain, only what is left of the deadline', async () => {
    latencyMs = 100;
    await Promise.all([accounting.stock('S1', ['A']), accounting.stock('S2', ['A'])]);
    const [first, second] = calls.map(({ options }) => options.deadlineMs!);
    expect(first).toBeGreaterThan(settings.onecDeadlineMs - 50);
    expect(second).toBeLessThan(settings.onecDeadlineMs - 90);
    expect(second).toBeGreaterThan(settings.onecDeadlineMs - 400);
  });

  describe('whole answers', () => {
    const page = { items: [], total: 0 };

    it('identify is kept for the chat it was asked for', async () => {
      respond = ({ request }) => ({ supplier: { id: 'S1', name: `chat ${String(request.chatId)}`, status: 'active' } });
      for (const chatId of [77, 77, 78]) {
        await expect(accounting.identify(chatId)).resolves.toMatchObject({ name: `chat ${chatId}` });
      }
      expect(calls.map(({ request }) => request)).toEqual([{ chatId: 77 }, { chatId: 78 }]);
    });

    it('an unknown chat is asked for again', async () => {
      respond = () => {
        throw new OneCNotFoundError('supplier_not_found', { operation: 'identify', requestId: '', attempts: 1 });
      };
      for (let count = 0; count < 2; count++) {
        await expect(accounting.identify(77)).rejects.toMatchObject({ code: 'supplier_not_found' });
      }
      expect(calls).toHaveLength(2);
    });

    it('a query of products is kept by its words and its page', async () => {
      respond = () => page;
      const ask = (query: string, offset?: number, supplier = 'S1') =>
        accounting.products(supplier, { query, ...(offset === undefined ? {} : { offset }) });
      await ask('Лампа  LED');
      await ask(' лампа led');
      expect(calls).toHaveLength(1);
      await ask('лампа led', 20);
      await ask('лампа led', undefined, 'S2');
      await expect(ask('лампа')).resolves.toMatchObject({
        items: [],
        total: 0,
        receivedAt: expect.any(Number) as number,
      });
      expect(calls).toHaveLength(4);
    });

    it.each([
      ['orders', () => accounting.orders('S1', { number: '123' })],
      ['payments', () => accounting.payments('S1', { document: '5' })],
    ] as const)('%s are not kept, unless 1C says so', async (_, ask) => {
      respond = () => page;
      await ask();
      await ask();
      expect(calls).toHaveLength(2);
      cacheControl = 'private, max-age=60';
      await ask();
      await ask();
      expect(calls).toHaveLength(3);
    });

    it('orders of one supplier are not shown to another', async () => {
      cacheControl = 'private, max-age=60';
      respond = ({ request }) => ({ items: [{ number: request.supplierId }] });
      const both = await Promise.all([accounting.orders('S1'), accounting.orders('S2')]);
      expect(both.map(({ items }) => items[0]?.number)).toEqual(['S1', 'S2']);
      await expect(accounting.orders('S2')).resolves.toMatchObject({ items: [{ number: 'S2' }] });
    });

    it('reconciliation and ping always come from 1C', async () => {
      cacheControl = 'public, max-age=60';
      respond = () => ({ status: 'ok' });
      const period = { from: '2026-01-01', to: '2026-11-24', format: 'pdf' } as const;
      for (let count = 0; count < 2; count++) {
        await accounting.reconciliation('S1', period);
        await accounting.ping();
      }
      expect(calls).toHaveLength(4);
      expect(calls[0]?.request).toEqual({ ...period, supplierId: 'S1' });
    });
  });

  describe('a cache that is no use', () => {
    it.each<[string, () => Promise<never>]>([
      ['fails', () => Promise.reject(new Error('connection lost'))],
      ['hangs', () => new Promise<never>(() => undefined)],
    ])('and %s fails no question', async (_, work) => {
      const cache = module.get<Cache>(CACHE_MANAGER, { strict: false });
      for (const method of ['get', 'set', 'del'] as const) jest.spyOn(cache, method).mockImplementation(work);
      for (let count = 0; count < 2; count++) {
        const startedAt = Date.now();
        await expect(accounting.stock('S1', ['A', 'B', 'x']).then(names)).resolves.toEqual(['for S1', 'for S1']);
        expect(Date.now() - startedAt).toBeLessThan(400);
        await sleep(200);
      }
      expect(calls).toHaveLength(2);
    });
  });
});
