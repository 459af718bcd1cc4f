import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { articleKey } from '../../src/onec/article-key';
import { findByNumber } from '../../stand/accounting/business/order-number';
import { modulePath, readExtension } from './extension-files';
import { type Books } from './interpreter/books';
import { type ServiceAnswer, ServiceUnderTest } from './interpreter/service';
import { BslArray, BslDate, BslStructure } from './interpreter/values';

const KEY = 'a-key-of-the-test';
const ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const files = readExtension();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Document {
  paths: Record<string, { post: { responses: Record<string, { content: Record<string, { schema: object }> }> } }>;
}

let document: Document;
let books: Books;
let service: ServiceUnderTest;

beforeAll(async () => {
  document = (await SwaggerParser.dereference(resolve(__dirname, '../../docs/openapi.yaml'))) as unknown as Document;
});

beforeEach(() => {
  books = {
    suppliers: [
      { id: 'S1', name: 'ООО «Светотех»', inn: '7701234560', active: true, phone: '9161234506' },
      { id: 'S2', name: 'АО «Галакомплект»', inn: '', active: false, phone: '9160000000' },
      { id: 'S3', name: 'ООО «Викойл»', inn: '5001234561', active: true, phone: '9161111111' },
      { id: 'S4', name: 'ООО «Викойл Юг»', inn: '5001234562', active: true, phone: '9161111111' },
    ],
    chats: new Map([
      ['77', { supplierId: 'S1', status: 'active', contact: 'Анна Смирнова' }],
      ['78', { supplierId: 'S2', status: 'active', contact: '' }],
      ['79', { supplierId: 'S3', status: 'pending', contact: '' }],
      ['80', { supplierId: 'S1', status: 'blocked', contact: '' }],
    ]),
    invites: new Map([
      [sha256('DEMO2026'), { supplierId: 'S1', used: false, expired: false }],
      [sha256('DEMOOLD'), { supplierId: 'S1', used: false, expired: true }],
    ]),
    items: [
      { article: 'BP-4500/2', name: 'Насос', category: 'Насосы', available: 118, price: 14600 },
      { article: 'E27-9N', name: 'Лампа', unit: '', barcode: '4600007000193' },
      { article: 'АВ-1', name: 'Автомат кириллицей', available: 0, price: 10.5 },
      { article: 'AB1', name: 'Автомат латиницей', available: 3 },
    ],
    orders: [
      { number: '00-00000123', date: '2026-11-10', status: 'partially_received', amount: 1022000 },
      { number: '00-00000131', date: '2026-11-01', status: 'closed', amount: 24000 },
      { number: 'НФ-000123/25', date: '2026-10-01', status: 'confirmed', amount: 0.5 },
    ],
    payments: [
      { number: 'СЧ-451', order: '00-00000123', date: '2026-11-12', amount: 511000, status: 'planned' },
      { number: 'СЧ-437', date: '2026-10-22', amount: 61800, status: 'paid' },
    ],
    missing: new Set(),
    askedPeriods: [],
    keyHash: sha256(KEY).toUpperCase(),
    previousKeyHash: '',
  };
  service = new ServiceUnderTest(files, books);
});

const HEADERS = { 'X-API-Key': KEY, 'Content-Type': 'application/json; charset=utf-8', 'X-Request-Id': ID };

function raw(operation: string | undefined, body: string, headers: Record<string, string> = HEADERS): ServiceAnswer {
  const answer = service.post(operation, headers, body);
  const failure = service.log.find(({ event }) => event.endsWith('Ошибка'));
  if (failure) throw new Error(failure.text);
  return answer;
}

const validators = new Map<object, ValidateFunction>();

function validatorOf(schema: object): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  validators.set(schema, validate);
  return validate;
}

/** Asks, and holds the answer to the document. */
function ask(operation: string, body: unknown): { status: number; body: Record<string, unknown>; cache: string } {
  const answer = raw(operation, JSON.stringify(body));
  const parsed = JSON.parse(answer.body) as Record<string, unknown>;
  const { content } = document.paths[`/v1/${operation}`]?.post.responses[answer.status] ?? { content: {} };
  const type = answer.status < 400 ? 'application/json' : 'application/problem+json';
  expect(answer.headers['Content-Type']).toBe(`${type}; charset=utf-8`);
  const schema = content[type]?.schema;
  expect(schema).toBeDefined();
  const validate = validatorOf(schema ?? {});
  validate(parsed);
  expect(validate.errors ?? []).toEqual([]);
  return { status: answer.status, body: parsed, cache: answer.headers['Cache-Control'] ?? '' };
}

describe('access', () => {
  it.each([
    ['no key', { 'Content-Type': 'application/json' }],
    ['an empty key', { 'X-API-Key': '' }],
    ['a wrong key', { 'X-API-Key': 'another' }],
    ['the key with another beside it', { 'X-API-Key': KEY, 'x-api-key': 'another' }],
  ])('refuses %s with one and the same answer, and reads no body', (_title, headers) => {
    const answer = raw('ping', '{', { ...headers, 'X-Request-Id': ID });
    expect(answer).toMatchObject({ status: 403, bodyRead: false });
    expect(JSON.parse(answer.body)).toEqual({
      status: 403,
      code: 'forbidden',
      title: 'Доступ запрещен',
      detail: 'Ключ не подходит.',
    });
    expect(service.log).toEqual([expect.objectContaining({ event: 'БотПоставщиков.ОтказВДоступе' })]);
    expect(JSON.stringify(service.log)).not.toContain('another');
  });

  it.each(['X-API-Key', 'x-api-key', 'X-Api-KEY'])('takes the key from the header %s', (name) => {
    expect(raw('ping', '{}', { ...HEADERS, 'X-API-Key': KEY, [name]: KEY }).status).toBe(200);
  });

  it('refuses everything while no key was made', () => {
    books.keyHash = '';
    expect(raw('ping', '{}').status).toBe(403);
    expect(raw('ping', '{}', {}).status).toBe(403);
  });

  it('takes the previous key while it is kept', () => {
    books.keyHash = sha256('new');
    expect(raw('ping', '{}').status).toBe(403);
    books.previousKeyHash = sha256(KEY);
    expect(raw('ping', '{}').status).toBe(200);
  });

  it('takes no empty key, even where somebody stored its hash', () => {
    books.keyHash = sha256('');
    expect(raw('ping', '{}', { ...HEADERS, 'X-API-Key': '' }).status).toBe(403);
  });

  it('never takes a hash for the key', () => {
    expect(raw('ping', '{}', { ...HEADERS, 'X-API-Key': sha256(KEY) }).status).toBe(403);
  });
});

describe('protocol', () => {
  it('returns the id of the request, and makes one where there is none or a strange one', () => {
    expect(raw('ping', '{}').headers['X-Request-Id']).toBe(ID);
    expect(raw('ping', '{}', { ...HEADERS, 'X-Request-Id': 'a\r\nb' }).headers['X-Request-Id']).toMatch(/^[0-9a-f-]{36}$/);
    const { 'X-Request-Id': _id, ...without } = HEADERS;
    expect(raw('ping', '{}', without).headers['X-Request-Id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('takes a body with a byte order mark', () => {
    expect(raw('ping', '\uFEFF{}').status).toBe(200);
  });

  it.each(['', '{', '[]', '"text"', 'null', '1', 'true', '<html>'])('refuses the body %j', (body) => {
    const answer = raw('ping', body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'bad_request' });
  });

  it('refuses a body that is too large: by its header unread, else by its size in bytes', () => {
    expect(raw('ping', '{}', { ...HEADERS, 'content-length': '70000' })).toMatchObject({ status: 413, bodyRead: false });
    expect(raw('ping', `{"a":"${'a'.repeat(65_600)}"}`).status).toBe(413);
    expect(raw('ping', `{"a":"${'я'.repeat(32_800)}"}`).status).toBe(413);
    expect(raw('ping', `{"a":"${'я'.repeat(32_000)}"}`).status).toBe(200);
  });

  it.each(['text/plain', 'application/jsonp', ''])('refuses the content type %j', (type) => {
    expect(raw('ping', '{}', { ...HEADERS, 'Content-Type': type }).status).toBe(400);
  });

  it.each(['Ping', 'unknown', '', undefined])('knows no operation %j', (operation) => {
    const answer = raw(operation, '{}');
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'not_supported' });
  });

  it('answers a failure with 500, tells only the journal what it was, and lets nothing out', () => {
    service.interpreter.replace('тгп_УчетЧатов', new BslArray());
    const answer = service.post('identify', HEADERS, '{"chatId":77}');
    expect(answer.status).toBe(500);
    expect(answer.body).toContain(ID);
    expect(answer.body).not.toContain('method');
    expect(service.log).toEqual([expect.objectContaining({ event: 'БотПоставщиков.Ошибка' })]);
    expect(service.log[0]?.text).toContain('there is no method Чат');
  });
});

describe('ping', () => {
  it('names the system and all operations of the document', () => {
    const { body, cache } = ask('ping', {});
    const documented = Object.keys(document.paths).flatMap((path) => /^\/v1\/(\w+)$/.exec(path)?.[1] ?? []);
    expect(body).toMatchObject({ status: 'ok', system: '1C:Управление торговлей 11.5.20.50', operations: documented });
    expect(body['time']).toBe('2026-11-24T10:15:00');
    expect(cache).toBe('no-store');
  });

  it('leaves out what the configuration lacks, and answers it with 422', () => {
    books.missing = new Set(['settlements', 'prices']);
    expect(ask('ping', {}).body['operations']).toEqual([
      ...['ping', 'identify', 'link', 'unlink', 'products', 'stock', 'orders'],
    ]);
    expect(ask('prices', { supplierId: 'S1', articles: [] })).toMatchObject({ status: 422, body: { code: 'not_supported' } });
    expect(ask('reconciliation', {}).status).toBe(422);
  });
});

describe('identify, link and unlink', () => {
  it('tells who is behind a chat', () => {
    expect(ask('identify', { chatId: 77 })).toEqual({
      status: 200,
      cache: 'private, max-age=60',
      body: {
        supplier: {
          id: 'S1',
          name: 'ООО «Светотех»',
          inn: '7701234560',
          status: 'active',
          contactName: 'Анна Смирнова',
          manager: { name: 'Ковалева Марина', phone: '+7 495 120-45-01' },
        },
      },
    });
  });

  it.each([
    [78, 'blocked'],
    [79, 'pending'],
    [80, 'blocked'],
  ])('tells the state of chat %i: %s', (chatId, status) => {
    expect(ask('identify', { chatId }).body).toMatchObject({ supplier: { status } });
  });

  it('knows no stranger', () => {
    expect(ask('identify', { chatId: -1001234567890123 })).toMatchObject({
      status: 404,
      cache: 'no-store',
      body: { code: 'supplier_not_found' },
    });
  });

  it.each([{}, { chatId: null }, { chatId: '77' }, { chatId: 7.5 }, { chatId: true }, { chatId: 1e17 },
    { chatId: -1e17 }, { chatId: [] }])(
    'refuses %j',
    (body) => {
      const { status, body: problem } = ask('identify', body);
      expect(status).toBe(400);
      expect(problem['detail']).toMatch(/^chatId: /);
    },
  );

  const user = { id: 82, firstName: 'Денис', lastName: null };

  it('leaves a request by phone for a manager', () => {
    expect(ask('link', { chatId: 82, phone: '8 (916) 123-45-06', user }).body).toMatchObject({
      supplier: { id: 'S1', status: 'pending', contactName: 'Денис' },
    });
    expect(ask('link', { chatId: 82, phone: '+79161234506', user })).toMatchObject({
      status: 409,
      body: { code: 'link_pending' },
    });
  });

  it('leaves a phone of several suppliers to the manager, without telling any of them', () => {
    const { body } = ask('link', { chatId: 83, phone: '+79161111111', user });
    expect(body).toMatchObject({ supplier: { status: 'pending', inn: '' } });
    expect(JSON.stringify(body)).not.toContain('Викойл');
  });

  it('connects by a code once, however it is written', () => {
    expect(ask('link', { chatId: 82, phone: null, inviteCode: ' demo-2026 ', user }).body).toMatchObject({
      supplier: { id: 'S1', status: 'active' },
    });
    expect(ask('link', { chatId: 84, inviteCode: 'DEMO-2026', user })).toMatchObject({ status: 410 });
    expect(ask('link', { chatId: 84, inviteCode: 'DEMO-OLD', user }).body['code']).toBe('code_expired');
    expect(ask('link', { chatId: 84, inviteCode: 'NO', user }).body['code']).toBe('code_not_found');
    expect(ask('link', { chatId: 84, phone: '+70000000000', user }).body['code']).toBe('supplier_not_found');
    expect(ask('link', { chatId: 77, inviteCode: 'DEMO-2026', user }).body['code']).toBe('already_linked');
  });

  it.each([
    [{ chatId: 82, user }, /phone, inviteCode: /],
    [{ chatId: 82, phone: '+79161234506', inviteCode: 'A', user }, /phone, inviteCode: /],
    [{ chatId: 82, phone: '123', user }, /^phone: /],
    [{ chatId: 82, phone: '+79161234506' }, /^user: обязательное поле$/],
    [{ chatId: 82, phone: '+79161234506', user: 'Денис' }, /^user: /],
    [{ chatId: 82, phone: '+79161234506', user: { firstName: 5 } }, /^user\.id: .*; user\.firstName: /],
    [{ phone: 5, user }, /^chatId: .*; phone: /],
  ])('refuses %j', (body, detail) => {
    const { status, body: problem } = ask('link', body);
    expect(status).toBe(400);
    expect(problem['detail']).toMatch(detail);
  });

  it('disconnects a chat of the supplier, and no other', () => {
    expect(ask('unlink', { supplierId: 'S1', chatId: 79 }).status).toBe(404);
    expect(ask('unlink', { supplierId: 'S1', chatId: 5 }).status).toBe(404);
    expect(ask('unlink', { supplierId: 'S1', chatId: 80 }).status).toBe(404);
    expect(books.chats.get('80')?.status).toBe('blocked');
    expect(ask('unlink', { supplierId: 'S1', chatId: 77 })).toMatchObject({ status: 200, body: {} });
    expect(ask('identify', { chatId: 77 }).status).toBe(404);
  });
});

describe('goods', () => {
  it.each(['products', 'stock', 'prices', 'orders', 'payments'])('%s answers active suppliers only', (operation) => {
    for (const supplierId of ['S2', 'S3', 'S9']) {
      expect(ask(operation, { supplierId, articles: ['AB1'] })).toMatchObject({
        status: 404,
        body: { code: 'supplier_not_found' },
      });
    }
    expect(ask(operation, {}).body['detail']).toMatch(/^supplierId: обязательное поле/);
  });

  it('compares articles without case, separators and look-alike letters, in the order asked, each once', () => {
    const { body, cache } = ask('stock', { supplierId: 'S1', articles: ['е27 9n', 'вр 4500.2', 'XX-99', 'BP-4500/2'] });
    expect(cache).toBe('private, max-age=300');
    expect(body).toEqual({
      items: [
        { article: 'E27-9N', name: 'Лампа', unit: '', barcode: '4600007000193', available: 0 },
        {
          article: 'BP-4500/2',
          name: 'Насос',
          unit: 'шт',
          available: 118,
          onHand: 118,
          reserved: 0,
          warehouses: [{ name: 'Основной склад', available: 118 }],
        },
      ],
      notFound: ['XX-99'],
      asOf: '2026-11-24T10:15:00',
    });
  });

  it('lets the exact spelling win, and answers all where several coincide', () => {
    const names = (articles: string[]) =>
      (ask('stock', { supplierId: 'S1', articles }).body['items'] as { name: string }[]).map(({ name }) => name);
    expect(names(['AB1'])).toEqual(['Автомат латиницей']);
    expect(names([' АВ-1 '])).toEqual(['Автомат кириллицей']);
    expect(names(['ab.1'])).toEqual(['Автомат кириллицей', 'Автомат латиницей']);
    expect(names(['4600007000193'])).toEqual(['Лампа']);
  });

  it('tells prices, and counts what has none as not found', () => {
    expect(ask('prices', { supplierId: 'S1', articles: ['BP45002', 'E27-9N', 'ab 1'] }).body).toEqual({
      items: [
        expect.objectContaining({ article: 'BP-4500/2', price: 14600, currency: 'RUB', vatIncluded: false, validFrom: '2026-11-01' }),
        expect.objectContaining({ article: 'АВ-1', price: 10.5 }),
      ],
      notFound: ['E27-9N'],
      asOf: '2026-11-24T10:15:00',
    });
  });

  it('takes up to a hundred articles, and none', () => {
    const articles = Array.from({ length: 100 }, (_, index) => `N${index}`);
    expect(ask('stock', { supplierId: 'S1', articles }).body).toMatchObject({ items: [], notFound: articles });
    expect(ask('stock', { supplierId: 'S1', articles: [] }).body).toMatchObject({ items: [], notFound: [] });
    expect(ask('stock', { supplierId: 'S1', articles: [...articles, 'X'] }).status).toBe(400);
  });

  it.each([undefined, null, 'AB1', {}, ['', 'AB1', 5], [' '], [null]])('refuses the articles %j', (articles) => {
    const { status, body } = ask('stock', { supplierId: 'S1', articles });
    expect(status).toBe(400);
    expect(body['detail']).toMatch(/^articles/);
  });

  it('finds products by words and by articles, page by page', () => {
    expect(ask('products', { supplierId: 'S1', query: 'Автомат', limit: 1, offset: 1 }).body).toEqual({
      items: [{ article: 'AB1', name: 'Автомат латиницей', unit: 'шт' }],
      total: 2,
      notFound: [],
    });
    expect(ask('products', { supplierId: 'S1', articles: ['BP45002', 'XX'], limit: null }).body).toMatchObject({
      items: [{ article: 'BP-4500/2', category: 'Насосы' }],
      total: 1,
      notFound: ['XX'],
    });
    expect(ask('products', { supplierId: 'S1', articles: [] }).body).toEqual({ items: [], total: 0, notFound: [] });
    expect(ask('products', { supplierId: 'S1' }).body).toMatchObject({ total: 4 });
    expect(ask('products', { supplierId: 'S1', offset: 1e9 }).body).toMatchObject({ items: [], total: 4 });
  });

  it('names each faulty member', () => {
    const { body } = ask('products', { supplierId: 5, query: 1, articles: 'x', limit: 0, offset: -1 });
    expect(body['detail']).toMatch(/^supplierId: .*; query: .*; articles: .*; limit: .*; offset: /);
    expect(ask('products', { supplierId: 'S1', limit: 101 }).status).toBe(400);
    expect(ask('products', { supplierId: 'S1', limit: 1.5 }).status).toBe(400);
    expect(ask('products', { supplierId: 'S1', limit: '10' }).status).toBe(400);
  });
});

describe('documents', () => {
  const numbers = (body: Record<string, unknown>) => (body['items'] as { number: string }[]).map(({ number }) => number);

  it('tells the orders, the open ones, and one with its lines', () => {
    expect(numbers(ask('orders', { supplierId: 'S1' }).body)).toHaveLength(3);
    expect(ask('orders', { supplierId: 'S1', state: 'open', limit: 1 }).body).toMatchObject({ total: 2 });
    const { body, cache } = ask('orders', { supplierId: 'S1', number: '131' });
    expect(cache).toBe('no-store');
    expect(body).toEqual({
      items: [
        {
          ...{ number: '00-00000131', date: '2026-11-01', status: 'closed', amount: 24000, currency: 'RUB' },
          receivedPercent: 0,
          lines: [{ article: 'BP-4500/2', name: 'Насос', quantity: 70, received: 0, unit: 'шт' }],
        },
      ],
      total: 1,
    });
    expect(body['items']).not.toContainEqual(expect.objectContaining({ expectedDate: expect.anything() as string }));
  });

  it.each([
    ['123', ['00-00000123']],
    ['НФ-123', ['НФ-000123/25']],
    ['№ 123/25', ['НФ-000123/25']],
    ['123 от 10.11', ['00-00000123']],
    ['999', []],
    ['№', []],
  ])('finds the order %s', (number, found) => {
    const { status, body } = ask('orders', { supplierId: 'S1', number });
    expect(status).toBe(found.length > 0 ? 200 : 404);
    expect(found.length > 0 ? numbers(body) : body['code']).toEqual(found.length > 0 ? found : 'order_not_found');
  });

  it('refuses a strange state', () => {
    expect(ask('orders', { supplierId: 'S1', state: 'closed' }).body['detail']).toBe(
      'state: должно быть одним из значений open,all',
    );
    expect(ask('orders', { supplierId: 'S1', state: null, number: null }).status).toBe(200);
  });

  it('tells the balance and the payments, and those of one document', () => {
    expect(ask('payments', { supplierId: 'S1', limit: 1 }).body).toEqual({
      balance: { amount: 523000.25, overdue: 0, currency: 'RUB' },
      items: [
        {
          ...{ document: 'СЧ-451', date: '2026-11-12', amount: 511000, currency: 'RUB', dueDate: '2026-11-26' },
          status: 'planned',
        },
      ],
      total: 2,
    });
    expect(ask('payments', { supplierId: 'S1', document: '437' }).body).toMatchObject({ total: 1 });
    expect(ask('payments', { supplierId: 'S1', document: '123' }).body).toMatchObject({ items: [{ document: 'СЧ-451' }] });
    expect(ask('payments', { supplierId: 'S1', document: '999' }).body['code']).toBe('order_not_found');
  });

  it('makes an act of reconciliation', () => {
    const period = { supplierId: 'S1', from: '2026-01-01T23:59:59.5+03:00', to: '2026-02-28' };
    expect(ask('reconciliation', { ...period, format: 'pdf' }).body).toMatchObject({ file: { name: 'Акт.pdf' } });
    expect(books.askedPeriods).toEqual(['2026-01-01T00:00:00 - 2026-02-28T23:59:59']);
  });

  it.each([
    [{ from: '2026-02-29', to: '2026-03-01', format: 'pdf' }, /^from: /],
    [{ from: '2026-13-01', to: '2026-03-01T25', format: 'pdf' }, /^from: .*; to: /],
    [{ from: '2026-03-02', to: '2026-03-01', format: 'pdf' }, /^from: должно быть не позже to$/],
    [{ from: 20260301, format: 'docx' }, /^from: .*; to: .*; format: /],
    [{ from: '0000-01-01', to: '2026-03-01T10:00:00+0300', format: 'pdf' }, /^from: .*; to: /],
  ])('refuses %j', (body, detail) => {
    const { status, body: problem } = ask('reconciliation', { supplierId: 'S1', ...body });
    expect(status).toBe(400);
    expect(problem['detail']).toMatch(detail);
  });
});

describe('the module to adapt', () => {
  const path = modulePath('тгп_Переопределяемый');

  /** The extension with code in some of its hooks. */
  function adapted(hooks: Record<string, string>): ServiceUnderTest {
    let text = files.get(path) ?? '';
    for (const [name, code] of Object.entries(hooks)) {
      const changed = text.replace(new RegExp(`(Процедура ${name}\\(.*\\) Экспорт\\n)`), `$1${code}\n`);
      expect(changed).not.toBe(text);
      text = changed;
    }
    return new ServiceUnderTest(new Map([...files, [path, text]]), books);
  }

  it('is enough for a configuration that has none of the objects', () => {
    books.missing = new Set(['partners', 'products', 'stock', 'prices', 'orders', 'settlements']);
    expect(ask('ping', {}).body['operations']).toEqual(['ping']);
    service = adapted({
      ПриОпределенииДоступныхОпераций: 'Операции.Добавить("stock"); Операции.Добавить("strange");',
      ПриОпределенииНаименованияСистемы: 'Наименование = "Другая";',
      ПриПолученииПоставщика:
        'СтандартнаяОбработка = Ложь; Если Идентификатор = "S1" Тогда ' +
        'Поставщик = Новый Структура("Идентификатор, Наименование, ИНН, Действует, Менеджер", "S1", "П", "", Истина); КонецЕсли;',
      ПриПоискеТоваровПоАртикулам:
        'СтандартнаяОбработка = Ложь; Товары.Добавить(Новый Структура(' +
        '"Ссылка, Артикул, Наименование, Единица, Штрихкод, Категория", 1, "Х-1", "Товар", "кг", "", ""));',
      ПриПолученииОстатков:
        'СтандартнаяОбработка = Ложь; Остатки.Вставить(1, Новый Структура(' +
        '"Доступно, ВНаличии, ВРезерве, Ожидается, Склады", 7, Неопределено, Неопределено, Неопределено, Новый Массив));',
      ПриОпределенииКеширования: 'Значение = "public, max-age=5";',
      ПриФормированииОтвета: 'Тело.Вставить("note", "своя");',
    });
    expect(ask('ping', {}).body).toMatchObject({ system: 'Другая', operations: ['ping', 'stock'], note: 'своя' });
    expect(ask('stock', { supplierId: 'S1', articles: ['x1'] })).toEqual({
      status: 200,
      cache: 'public, max-age=5',
      body: {
        items: [{ article: 'Х-1', name: 'Товар', unit: 'кг', available: 7 }],
        notFound: [],
        asOf: '2026-11-24T10:15:00',
        note: 'своя',
      },
    });
    expect(ask('stock', { supplierId: 'S2', articles: [] }).status).toBe(404);
    expect(ask('orders', { supplierId: 'S1' }).status).toBe(422);
  });

  it('can hide goods from a supplier', () => {
    service = adapted({ ПриОграниченииТоваров: 'Товары = Новый Массив;' });
    expect(ask('stock', { supplierId: 'S1', articles: ['AB1'] }).body).toMatchObject({ items: [], notFound: ['AB1'] });
    expect(ask('products', { supplierId: 'S1' }).body).toMatchObject({ items: [], total: 0 });
  });

  it('answers 500 where it returns what JSON cannot hold', () => {
    service = adapted({ ПриФормированииОтвета: 'Тело.Вставить("bad", Новый УникальныйИдентификатор);' });
    expect(service.post('ping', HEADERS, '{}')).toMatchObject({ status: 500 });
    expect(service.log).toEqual([expect.objectContaining({ event: 'БотПоставщиков.Ошибка' })]);
  });
});

describe('comparison', () => {
  it.each(['вр-4500/2', 'BP 45002', 'ё.Ё\u00A0е', 'Ｅ２７－９', 'а\u200Bб—в−г\\д', 'ХУАСОМТКРНЕВ', 'іјѕ', 'З3О0', '', '«"'])(
    'makes the key of %j as the bot does',
    (article) => {
      expect(service.interpreter.call('тгп_Сравнение', 'КлючАртикула', [article])).toBe(articleKey(article));
    },
  );

  it('looks for an article with a pattern that every spelling fits', () => {
    expect(service.interpreter.call('тгп_Сравнение', 'ОбразецАртикула', ['BЖ1('])).toBe('%[BbВв]%[Жж]%1%_%');
  });

  const known = ['00-00000123', 'НФ-000012/25', 'ТДБП-000123', '77-К', '0000', 'A-1-2', '12345678', '1234/25'];

  it.each(['123', '12', 'нф12', 'HФ-12/25', '77', '77к', '0', '1-2', '2', '1234', '1234/25', 'тдбп 123', '#123', '123425'])(
    'finds the number %s as the stand does',
    (asked) => {
      const documents = known.map((number) => new BslStructure('Номер, Дата', [number, BslDate.EMPTY]));
      const found = service.interpreter.call('тгп_Сравнение', 'ПодходящиеДокументы', [asked, new BslArray(documents)]);
      const numbers = (found as BslArray).items.map((one) => (one as BslStructure).get('Номер'));
      const expected = findByNumber(asked, known.map((number) => ({ number, day: '0001-01-01' })));
      expect(numbers).toEqual(expected.map(({ number }) => number));
    },
  );

  it.each([
    ['5 от 12.03', ['1', '2']],
    ['5 от 12.03.25', ['2']],
    ['5 от 13.03.2026', ['3']],
    ['№ 5 от 2025-03-12', ['2']],
    ['5 от 14.03', ['1', '2', '3']],
    ['5', ['1', '2', '3']],
  ])('lets the date in %s decide between orders of the same number', (asked, ids) => {
    const days = ['2026-03-12', '2025-03-12', '2026-03-13'];
    const documents = days.map((day, index) => {
      return new BslStructure('Номер, Дата, Ид', ['0005', new BslDate(Date.parse(day)), String(index + 1)]);
    });
    const found = service.interpreter.call('тгп_Сравнение', 'ПодходящиеДокументы', [asked, new BslArray(documents)]);
    expect((found as BslArray).items.map((one) => (one as BslStructure).get('Ид'))).toEqual(ids);
  });

  it.each([
    ['643', 'руб.', 'RUB'],
    ['', 'eur', 'EUR'],
    ['051', 'драм', 'AMD'],
    ['', 'руб', 'XXX'],
  ])('tells the letters of the currency %s %s', (code, name, letters) => {
    expect(service.interpreter.call('тгп_Сравнение', 'БуквенныйКодВалюты', [code, name])).toBe(letters);
  });

  it('makes invite codes that are told apart, and keys', () => {
    const code = service.interpreter.call('тгп_Ключи', 'НовыйКодПриглашения', []);
    expect(code).toMatch(/^(?:[2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}$/);
    expect(service.interpreter.call('тгп_Ключи', 'НовыйКлюч', [])).toMatch(/^[0-9a-f]{64}$/);
  });
});
