import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { AccountingService } from '../src/cache/accounting.service';
import { CacheModule } from '../src/cache/cache.module';
import { Settings } from '../src/config/settings';
import { SettingsModule } from '../src/config/settings.module';
import { OPERATIONS, type Operation, type RequestOf } from '../src/onec/contract';
import { OneCError } from '../src/onec/errors';
import { OneCModule } from '../src/onec/onec.module';
import { OneCService } from '../src/onec/onec.service';
import { type ContractServer, startContractServer } from './support/contract-server';
import { documentedExamples, expectRequest, expectRequestHeaders } from './support/openapi';

const REQUEST_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** What the bot makes of each documented problem (contract, Errors); 5xx may have any code. */
const CODES: Record<string, string> = { too_many_requests: 'onec_unavailable' };

const operations = Object.keys(OPERATIONS) as Operation[];
const examples = documentedExamples().filter(({ operation }) => operation in OPERATIONS);
const requests = examples.filter(({ status }) => status === undefined);
const firstRequest = new Map(requests.toReversed().map(({ operation, value }) => [operation, value]));

function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, member: unknown) => (member === null ? undefined : member)));
}

describe('the bot as a client of the documented contract', () => {
  let server: ContractServer;
  let settings: Settings;
  let module: TestingModule;
  let onec: OneCService;
  let accounting: AccountingService;

  beforeAll(async () => {
    server = await startContractServer();
    settings = Object.assign(new Settings(), {
      onecBaseUrl: server.url,
      onecApiKey: 'key-of-the-test',
      onecBasicUser: 'Бот',
      onecBasicPassword: 'пароль',
      onecMaxAttempts: 1,
    });
    Logger.overrideLogger(false);
  });

  // Anew for each test: failures of one question after another would open the breaker of a common one.
  beforeEach(async () => {
    server.requests.length = 0;
    module = await Test.createTestingModule({
      imports: [SettingsModule.forRoot(settings), OneCModule, CacheModule],
    }).compile();
    onec = module.get(OneCService);
    accounting = module.get(AccountingService);
  });

  afterEach(() => module.close());

  afterAll(() => server.close());

  const call = (operation: Operation, request: unknown) =>
    onec.call(operation, request as RequestOf<Operation>, { requestId: REQUEST_ID });

  it.each(requests)('sends the request of $operation ($name) as documented', async ({ operation, value }) => {
    const answer = examples.find((example) => example.operation === operation && example.status === 200);
    server.answer = { status: 200, contentType: 'application/json; charset=utf-8', body: answer?.value };

    await call(operation as Operation, value);

    expect(server.requests).toHaveLength(1);
    const [sent] = server.requests;
    expect(sent).toMatchObject({ method: 'POST', path: `/erp/hs/supplier-bot/v1/${operation}`, body: value });
    expectRequest(operation, sent?.body);
    expectRequestHeaders(operation, sent?.headers ?? {});
    expect(sent?.headers).toMatchObject({
      'x-api-key': 'key-of-the-test',
      'x-request-id': REQUEST_ID,
      'content-type': 'application/json; charset=utf-8',
      accept: 'application/json',
      authorization: `Basic ${Buffer.from('Бот:пароль').toString('base64')}`,
    });
  });

  it.each(examples.filter(({ status }) => status === 200))(
    'reads the answer of $operation ($name) whole',
    async ({ operation, value }) => {
      server.answer = {
        status: 200,
        contentType: 'application/json; charset=utf-8',
        body: `\uFEFF${JSON.stringify(value)}`,
        headers: { 'Cache-Control': 'public, max-age=60' },
      };

      const { body, cacheControl } = await call(operation as Operation, firstRequest.get(operation));

      expect(withoutNulls(body)).toEqual(withoutNulls(value));
      expect(cacheControl).toBe('public, max-age=60');
    },
  );

  it.each(examples.filter(({ status }) => status !== undefined && status !== 200))(
    'understands the answer $status of $operation ($name)',
    async ({ operation, status = 0, contentType, value }) => {
      server.answer = { status, contentType, body: value };
      const { code } = typeof value === 'object' ? (value as { code: string }) : { code: '' };

      const error = await call(operation as Operation, firstRequest.get(operation)).catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(OneCError);
      expect(error).toMatchObject({
        operation,
        status,
        requestId: REQUEST_ID,
        code: status >= 500 ? 'onec_unavailable' : (CODES[code] ?? code),
      });
    },
  );

  it('asks for all that a question needs in documented requests', async () => {
    const supplierId = 's-1';
    const answerOf = (operation: string) =>
      examples.find((example) => example.operation === operation && example.status === 200)?.value;
    const questions: [operation: Operation, ask: () => Promise<unknown>][] = [
      ['ping', () => accounting.ping()],
      ['identify', () => accounting.identify(77)],
      ['stock', () => accounting.stock(supplierId, ['вр 4500/2', 'BP-4500/2', 'XX-99'])],
      ['prices', () => accounting.prices(supplierId, ['BP-4500/2'])],
      ['products', () => accounting.products(supplierId, { articles: ['BP-4500/2'] })],
      ['products', () => accounting.products(supplierId, { query: ' светильник  линейный ', limit: 10, offset: 10 })],
      ['products', () => accounting.products(supplierId, { query: '' })],
      ['orders', () => accounting.orders(supplierId, { number: '123' })],
      ['orders', () => accounting.orders(supplierId, { state: 'open', limit: 5, offset: 5 })],
      ['orders', () => accounting.orders(supplierId)],
      ['payments', () => accounting.payments(supplierId, { document: 'СЧ-451', limit: 10, offset: 0 })],
      ['payments', () => accounting.payments(supplierId)],
      [
        'reconciliation',
        () => accounting.reconciliation(supplierId, { from: '2026-01-01', to: '2026-11-24', format: 'pdf' }),
      ],
    ];

    for (const [operation, ask] of questions) {
      server.requests.length = 0;
      server.answer = { status: 200, contentType: 'application/json', body: answerOf(operation) };
      await ask();

      expect(server.requests.map(({ path }) => path)).toEqual([`/erp/hs/supplier-bot/v1/${operation}`]);
      expectRequest(operation, server.requests[0]?.body);
      expectRequestHeaders(operation, server.requests[0]?.headers ?? {});
    }
  });

  it('asks for more than 100 articles in several documented requests', async () => {
    const articles = Array.from({ length: 230 }, (_, index) => `АРТ-${index}`);
    server.answer = { status: 200, contentType: 'application/json', body: { items: [], notFound: articles } };

    await accounting.stock('s-2', articles);

    const asked = server.requests.flatMap(({ body }) => (body as { articles: string[] }).articles);
    expect(asked.sort()).toEqual([...articles].sort());
    for (const { body } of server.requests) expectRequest('stock', body);
  });

  it('covers every operation', () => {
    expect([...firstRequest.keys()].sort()).toEqual([...operations].sort());
  });
});
