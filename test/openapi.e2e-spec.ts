import SwaggerParser from '@apidevtools/swagger-parser';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { OPERATIONS, type Operation } from '../src/onec/contract';
import {
  documentedExamples,
  documentedOperations,
  documentedStatuses,
  openapi,
  OPENAPI_FILE,
  problemsOf,
  problemsOfRequest,
  problemsOfResponse,
} from './support/openapi';

type Direction = 'request' | 'response';
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const operations = Object.keys(OPERATIONS) as Operation[];
const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function flatten(errors: ValidationError[], parent = ''): string[] {
  return errors.flatMap((error) => [
    ...Object.values(error.constraints ?? {}).map((reason) => `${parent}/${error.property} ${reason}`),
    ...flatten(error.children ?? [], `${parent}/${error.property}`),
  ]);
}

/** What the contract's class finds wrong with a body, as the bot would. */
function problemsOfClass(operation: Operation, direction: Direction, body: Json): string[] {
  const type: new () => object = OPERATIONS[operation][direction];
  return flatten(
    validateSync(plainToInstance<object, unknown>(type, structuredClone(body)), { forbidUnknownValues: false }),
  );
}

function problemsOfSchema(operation: Operation, direction: Direction, body: Json): string[] {
  return direction === 'request' ? problemsOfRequest(operation, body) : problemsOfResponse(operation, 200, body);
}

interface Mutation {
  /** Place and change, for example `/items/0/price = "12"`. */
  title: string;
  body: Json;
}

const REPLACEMENTS: Json[] = [
  null,
  true,
  12.5,
  -1,
  '',
  'text',
  '12',
  '2026-02-30',
  '2026-11',
  'rub',
  [],
  [null],
  {},
  ['text'],
];

/** Every body that differs from an example in one place: a member or an element removed, replaced, or added. */
function mutationsOf(example: Json): Mutation[] {
  const mutations: Mutation[] = [];
  const change = (path: (string | number)[], title: string, edit: (holder: never, key: never) => void) => {
    const body = structuredClone(example);
    const holder = path
      .slice(0, -1)
      .reduce<Json>((value, key) => (value as { [name: string]: Json })[key] ?? null, body);
    edit(holder as never, path.at(-1) as never);
    mutations.push({ title: `/${path.join('/')} ${title}`, body });
  };
  const visit = (value: Json, path: (string | number)[]) => {
    if (path.length) {
      change(path, 'removed', (holder: { [name: string]: Json } | Json[], key: never) => {
        if (Array.isArray(holder)) holder.splice(key, 1);
        else delete holder[key];
      });
      for (const replacement of REPLACEMENTS) {
        change(path, `= ${JSON.stringify(replacement)}`, (holder: { [name: string]: Json }, key: string) => {
          holder[key] = replacement;
        });
      }
    }
    if (isObject(value)) {
      change([...path, 'addedLater'], 'added', (holder: { [name: string]: Json }, key: string) => {
        holder[key] = { any: ['thing'] };
      });
    }
    if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) {
        visit((value as { [name: string]: Json })[key] ?? null, [...path, Array.isArray(value) ? Number(key) : key]);
      }
    }
  };
  visit(example, []);
  return mutations;
}

/** What the document asks of an answer and the bot can do without, so that no question fails for it. */
const NOT_NEEDED: Partial<Record<Operation, RegExp>> = {
  ping: /^\/(system|version|time|operations) (removed|= null)$|^\/time = "/,
  identify: /^\/supplier\/inn (removed|= null)$/,
  link: /^\/supplier\/inn (removed|= null)$/,
  products: /^\/(total|notFound) (removed|= null)$/,
  stock: /^\/(notFound|asOf|items\/\d+\/unit) (removed|= null)$/,
  prices: /^\/(notFound|asOf|items\/\d+\/unit) (removed|= null)$/,
  orders: /^\/total (removed|= null)$/,
  payments: /^\/(total|balance) (removed|= null)$/,
};

/** What JSON Schema has no good words for: that base64 comes in groups of four. The reader is the stricter one. */
const UNSAYABLE: Partial<Record<Operation, RegExp>> = { reconciliation: /^\/file\/contentBase64 = "(12|rub)"$/ };

describe('docs/openapi.yaml', () => {
  it('is a valid OpenAPI 3.1 document whose references resolve', async () => {
    const validated = await SwaggerParser.validate(OPENAPI_FILE);

    expect((validated as { openapi: string }).openapi).toBe('3.1.0');
  });

  it('describes every operation of the contract, in both directions', () => {
    expect(documentedOperations).toEqual([...operations, 'notify', 'notificationState', 'invalidateCache']);
  });

  it.each(operations)('documents the statuses of the contract for %s', (operation) => {
    const own = { link: [404, 409, 410, 413, 422], ping: [413] }[operation as string] ?? [404, 413, 422];

    expect(documentedStatuses(operation)).toEqual([200, 400, 401, 403, ...own, 429, 500, 502, 503, 504]);
  });

  it.each(Object.keys(openapi.components.schemas))('has a schema %s that compiles strictly', (name) => {
    expect(problemsOf(`#/components/schemas/${name}`, undefined)).not.toEqual([]);
  });

  it.each(documentedOperations)('has an example for each request and answer of %s, and they fit', (operation) => {
    const examples = documentedExamples().filter((example) => example.operation === operation);
    const statuses = new Set(examples.map((example) => example.status));

    expect(examples.map(({ name, schemaPointer, value }) => [name, problemsOf(schemaPointer, value)])).toEqual(
      examples.map(({ name }) => [name, []]),
    );
    expect(documentedStatuses(operation).filter((status) => !statuses.has(status))).toEqual([]);
    // eslint-disable-next-line jest/no-conditional-expect -- a GET has no body
    if (operation !== 'notificationState') expect(statuses).toContain(undefined);
  });
});

const stock = { article: 'BP-4500/2', name: 'Блок питания', unit: 'шт', available: 118 };
const price = { article: 'BP-4500/2', name: 'Блок питания', unit: 'шт', price: 1249.5, currency: 'RUB' };
const order = { number: '00-00000123', date: '2026-11-10', status: 'confirmed', amount: 87465, currency: 'RUB' };
const payment = { document: 'СЧ-451', date: '2026-11-12', amount: 10, currency: 'RUB', status: 'planned' };
const items = (item: Json) => ({ items: [item], notFound: [], asOf: '2026-11-24T10:15:00+03:00' });
const articles = (count: number) => Array.from({ length: count }, (_, index) => `АРТ-${index}`);

describe('what the contract says of a body', () => {
  const rows: [verdict: 'taken' | 'refused', what: string, Operation, Direction, Json][] = [
    ['taken', '100 articles', 'stock', 'request', { supplierId: 's', articles: articles(100) }],
    ['refused', '101 articles', 'stock', 'request', { supplierId: 's', articles: articles(101) }],
    ['refused', '101 articles', 'products', 'request', { supplierId: 's', articles: articles(101) }],
    ['refused', 'no supplierId', 'prices', 'request', { articles: ['1'] }],
    ['refused', 'articles as one string', 'prices', 'request', { supplierId: 's', articles: '1' }],
    ['taken', 'an unknown field', 'prices', 'request', { supplierId: 's', articles: ['1'], later: { a: 1 } }],
    ['refused', 'a chatId as text', 'identify', 'request', { chatId: '77' }],
    ['taken', 'a chatId of 52 bits', 'identify', 'request', { chatId: 4503599627370495 }],
    ['taken', 'a phone', 'link', 'request', { chatId: 1, phone: '+79161234506', user: { id: 1 } }],
    ['taken', 'a code, no phone', 'link', 'request', { chatId: 1, phone: null, inviteCode: 'К-1', user: { id: 1 } }],
    ['refused', 'neither', 'link', 'request', { chatId: 1, user: { id: 1 } }],
    ['refused', 'both', 'link', 'request', { chatId: 1, phone: '+7', inviteCode: 'К-1', user: { id: 1 } }],
    ['refused', 'a user in an array', 'link', 'request', { chatId: 1, phone: '+7', user: [{ id: 1 }] }],
    ['refused', 'an unknown state', 'orders', 'request', { supplierId: 's', state: 'closed' }],
    ['taken', 'state null', 'orders', 'request', { supplierId: 's', state: null, number: null, limit: null }],
    ['refused', 'limit 0', 'payments', 'request', { supplierId: 's', limit: 0 }],
    ['refused', 'offset -1', 'payments', 'request', { supplierId: 's', offset: -1 }],
    [
      'refused',
      'format docx',
      'reconciliation',
      'request',
      { supplierId: 's', from: '2026-01-01', to: '2026-02-01', format: 'docx' },
    ],
    [
      'refused',
      '31 February',
      'reconciliation',
      'request',
      { supplierId: 's', from: '2026-02-31', to: '2026-03-01', format: 'pdf' },
    ],
    ['taken', 'a quantity', 'stock', 'response', items(stock)],
    ['taken', 'a negative quantity', 'stock', 'response', items({ ...stock, available: -2.5 })],
    ['refused', 'a quantity as text', 'stock', 'response', items({ ...stock, available: '118' })],
    ['refused', 'no available', 'stock', 'response', items({ article: '1', name: 'x', unit: 'шт' })],
    ['refused', 'available null', 'stock', 'response', items({ ...stock, available: null })],
    ['taken', 'optional members null', 'stock', 'response', items({ ...stock, onHand: null, warehouses: null })],
    ['refused', 'items missing', 'stock', 'response', { notFound: [], asOf: '2026-11-24' }],
    ['refused', 'an empty array for an item', 'stock', 'response', items([])],
    [
      'taken',
      'a moment without an offset',
      'stock',
      'response',
      { items: [], notFound: [], asOf: '2026-11-24T10:15:00' },
    ],
    ['refused', 'a Russian date', 'stock', 'response', { items: [], notFound: [], asOf: '24.11.2026' }],
    ['refused', 'a date without hyphens', 'stock', 'response', { items: [], notFound: [], asOf: '20261124' }],
    ['refused', 'a year', 'stock', 'response', { items: [], notFound: [], asOf: '2026' }],
    ['refused', 'a currency as a sign', 'prices', 'response', items({ ...price, currency: '₽' })],
    ['refused', 'a currency as a number', 'prices', 'response', items({ ...price, currency: '643' })],
    ['refused', 'a price as text', 'prices', 'response', items({ ...price, price: '1 249,50' })],
    ['taken', 'an unknown field of an item', 'prices', 'response', items({ ...price, discount: { percent: 5 } })],
    ['taken', 'statusText', 'orders', 'response', { items: [{ ...order, statusText: 'К поступлению' }], total: 1 }],
    [
      'refused',
      'an unknown status',
      'orders',
      'response',
      { items: [{ ...order, status: 'К поступлению' }], total: 1 },
    ],
    ['refused', 'an order in an array', 'orders', 'response', { items: [[order]], total: 1 }],
    [
      'refused',
      'a payment without a status',
      'payments',
      'response',
      { balance: { amount: 1, currency: 'RUB' }, items: [{ ...payment, status: null }], total: 1 },
    ],
    [
      'refused',
      'a balance without a currency',
      'payments',
      'response',
      { balance: { amount: 1 }, items: [payment], total: 1 },
    ],
    ['refused', 'a supplier without a status', 'identify', 'response', { supplier: { id: 's', name: 'x', inn: '1' } }],
    ['refused', 'no file', 'reconciliation', 'response', {}],
    [
      'refused',
      'a file that is no base64',
      'reconciliation',
      'response',
      { file: { name: 'а.pdf', mimeType: 'application/pdf', contentBase64: 'акт' } },
    ],
    [
      'refused',
      'status other than ok',
      'ping',
      'response',
      { status: 'up', system: '1C', version: '1', time: '2026-11-24', operations: [] },
    ],
  ];

  it.each(rows)('%s: %s (%s %s)', (verdict, _what, operation, direction, body) => {
    const found = {
      document: problemsOfSchema(operation, direction, body),
      classes: problemsOfClass(operation, direction, body),
    };

    expect({
      document: found.document.length ? 'refused' : 'taken',
      classes: found.classes.length ? 'refused' : 'taken',
    }).toEqual({ document: verdict, classes: verdict });
  });

  it('names the place and the reason of a fault', () => {
    expect(problemsOfResponse('stock', 200, items({ ...stock, available: '118' }))).toEqual([
      '/items/0/available must be number, got "118"',
    ]);
    expect(problemsOfResponse('stock', 418, {})[0]).toMatch(
      /^\/ status 418 is not documented for stock; documented are 200/,
    );
  });
});

describe.each(operations)('the classes of src/onec/contract for %s', (operation) => {
  const examples = documentedExamples()
    .filter((example) => example.operation === operation && (example.status ?? 200) === 200)
    .map(({ name, status, value }) => {
      const direction: Direction = status ? 'response' : 'request';
      return { name, direction, value: value as Json };
    });

  it.each(examples)('accept the $direction example $name', ({ direction, value }) => {
    expect(problemsOfClass(operation, direction, value)).toEqual([]);
  });

  it.each(examples)(
    'judge every change of the $direction example $name as the document does',
    ({ direction, value }) => {
      const disagreements = mutationsOf(value).flatMap(({ title, body }) => {
        const schema = problemsOfSchema(operation, direction, body);
        const reader = problemsOfClass(operation, direction, body);
        const lenient = direction === 'response' && (NOT_NEEDED[operation]?.test(title) ?? false);
        const stricter = UNSAYABLE[operation]?.test(title) ?? false;
        const verdict = `${schema.length ? 'refused' : 'taken'}, ${reader.length ? 'refused' : 'taken'}`;
        const agree = lenient
          ? verdict === 'refused, taken'
          : stricter
            ? verdict === 'taken, refused'
            : schema.length > 0 === reader.length > 0;
        return agree ? [] : [{ title, schema, reader }];
      });

      expect(disagreements).toEqual([]);
    },
  );
});
