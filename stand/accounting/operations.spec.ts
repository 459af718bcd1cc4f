import ExcelJS from 'exceljs';
import { inflateSync } from 'node:zlib';
import { type OneCOrder, type OneCPayment } from '../../src/onec/contract';
import { Catalogue } from './catalogue';
import { loadSampleCatalogue } from './load-catalogue';
import { OPERATION_NAMES } from './operation-names';
import { type Accounting } from './server';
import { ANNA, ask, BORIS, call, MEI, refusal, start } from './spec-support';

let accounting: Accounting;
beforeAll(async () => {
  accounting = await start();
});
afterAll(() => accounting.close());

const articles = (items: readonly { article: string }[]) => items.map(({ article }) => article);

it('answers ping with its name, its time and what it serves', async () => {
  const answer = await ask(accounting, 'ping', {});
  expect(answer).toMatchObject({ status: 'ok', version: '1.0.0', operations: OPERATION_NAMES });
  expect(answer.system).toMatch(/^1C:/);
  expect(answer.time).toMatch(/^2026-11-24T12:0\d:\d\d\+03:00$/);
});

describe('products', () => {
  it('are found by words', async () => {
    const { items, total } = await ask(accounting, 'products', { supplierId: ANNA, query: 'перчатки нитриловые M' });
    expect(total).toBe(1);
    expect(items).toEqual([
      {
        article: 'НТ-100-M',
        name: 'Перчатки нитриловые неопудренные Nitrile Gloves, размер M (100 шт)',
        unit: 'уп',
        barcode: expect.stringMatching(/^460\d{10}$/) as string,
        category: 'Перчатки',
      },
    ]);
  });

  it('are found by articles and barcodes, with those that are unknown named as they were asked', async () => {
    const [known] = (await ask(accounting, 'products', { supplierId: ANNA, articles: ['вр45002'] })).items;
    const { items, notFound } = await ask(accounting, 'products', {
      supplierId: ANNA,
      articles: [known!.barcode, 'нет-такого', 'АРТ-100'],
    });
    expect(articles(items)).toEqual(['BP-4500/2', 'АРТ-100']);
    expect(notFound).toEqual(['нет-такого']);
  });

  it('come page by page, twenty at a time', async () => {
    const all = { supplierId: ANNA };
    const first = await ask(accounting, 'products', all);
    const second = await ask(accounting, 'products', { ...all, limit: 5, offset: 20 });
    expect(first.items).toHaveLength(20);
    expect(first.total).toBe(accounting.catalogue.items.length);
    expect(articles(second.items)).toEqual(articles(accounting.catalogue.items.slice(20, 25)));
    expect((await ask(accounting, 'products', { ...all, offset: 100_000 })).items).toEqual([]);
  });
});

describe('stock', () => {
  it('is answered in the spelling of the catalogue, warehouses adding up', async () => {
    const answer = await ask(accounting, 'stock', { supplierId: ANNA, articles: ['gx539w', '3м 9322+', 'нет'] });
    expect(articles(answer.items)).toEqual(['GX 53 9W', '3M-9322+']);
    expect(answer.notFound).toEqual(['нет']);
    expect(answer.asOf).toMatch(/\+03:00$/);
    for (const { available, onHand, reserved, warehouses } of answer.items) {
      expect((warehouses ?? []).reduce((sum, warehouse) => sum + warehouse.available, 0)).toBe(available);
      expect(onHand).toBe(available + (reserved ?? 0));
    }
  });

  it('comes for each variant of a product, and once for an article asked twice', async () => {
    const { items } = await ask(accounting, 'stock', { supplierId: ANNA, articles: ['Б- 140005', 'б140005'] });
    expect(items.map(({ name }) => name.slice(-4))).toEqual(['(41)', '(42)', '(43)', '(44)']);
  });

  it('tells an item that was asked for by its barcode', async () => {
    const [item] = (await ask(accounting, 'products', { supplierId: ANNA, articles: ['HB-3310'] })).items;
    const { items } = await ask(accounting, 'stock', { supplierId: ANNA, articles: [item!.barcode] });
    expect(items).toMatchObject([{ article: 'HB-3310', barcode: item!.barcode }]);
  });
});

describe('prices', () => {
  it('are those that were agreed with the one who asks', async () => {
    const priceFor = async (supplierId: string) => {
      const { items } = await ask(accounting, 'prices', { supplierId, articles: ['BP-4500/2'] });
      return items[0];
    };
    const [anna, boris, mei] = [await priceFor(ANNA), await priceFor(BORIS), await priceFor(MEI)];
    expect(anna).toMatchObject({
      price: 14_600,
      currency: 'RUB',
      priceType: 'Закупочная',
      vatIncluded: true,
      unit: 'шт',
    });
    expect(boris).toMatchObject({ price: 16_022.04, currency: 'RUB', priceType: 'Оптовая' });
    expect(mei).toMatchObject({ price: 1068.93, currency: 'CNY', priceType: 'Закупочная' });
  });

  it('are not found where an item has none', async () => {
    const catalogue = await loadSampleCatalogue();
    const [item] = catalogue.find('HB-3310');
    const priceless = await start({ catalogue: new Catalogue([{ ...item!, prices: [] }]) });
    const answer = await ask(priceless, 'prices', { supplierId: ANNA, articles: ['HB-3310'] });
    expect(answer).toMatchObject({ items: [], notFound: ['HB-3310'] });
    await priceless.close();
  });
});

describe('orders', () => {
  it('are listed the newest first, without lines, page by page', async () => {
    const first = await ask(accounting, 'orders', { supplierId: ANNA });
    expect(first.items).toHaveLength(10);
    expect(first.total).toBeGreaterThan(12);
    expect(first.items.every(({ lines }) => lines === undefined)).toBe(true);
    const rest = await ask(accounting, 'orders', { supplierId: ANNA, limit: 100, offset: 10 });
    expect(first.items.length + rest.items.length).toBe(first.total);
    const dates = [...first.items, ...rest.items].map(({ date }) => date);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it('are without the finished ones where the open ones are asked for', async () => {
    const { items } = await ask(accounting, 'orders', { supplierId: ANNA, state: 'open', limit: 100 });
    const statuses = new Set(items.map(({ status }) => status));
    expect(statuses).toEqual(
      new Set(['draft', 'awaiting_confirmation', 'confirmed', 'in_transit', 'partially_received']),
    );
  });

  it('come with their lines by number, whatever their state', async () => {
    const { items, total } = await ask(accounting, 'orders', { supplierId: ANNA, number: '1234', state: 'open' });
    expect(total).toBe(1);
    const [order] = items as [OneCOrder];
    expect(order).toMatchObject({ number: '1234/25', status: 'closed', receivedPercent: 100, paidPercent: 100 });
    const sum = order.lines!.reduce((total, { quantity, price }) => total + Math.round(quantity * price! * 100), 0);
    expect(sum).toBe(Math.round(order.amount * 100));
    expect(order.lines!.every(({ quantity, received }) => quantity === received)).toBe(true);
  });

  it('are found by the bare number', async () => {
    const { items } = await ask(accounting, 'orders', { supplierId: ANNA, number: '123' });
    expect(items.map(({ number }) => number)).toEqual(['00-00000123']);
  });

  it('of another supplier do not exist', async () => {
    expect(await refusal(accounting, 'orders', { supplierId: BORIS, number: '00-00000123' })).toMatchObject({
      status: 404,
      code: 'order_not_found',
    });
  });
});

describe('payments', () => {
  it('have a balance that adds up from their own members', async () => {
    for (const supplierId of [ANNA, BORIS, MEI]) {
      const { balance, items } = await ask(accounting, 'payments', { supplierId, limit: 100 });
      const open = (payment: OneCPayment & { paidAmount?: number }) =>
        payment.status === 'paid' ? 0 : Math.round(payment.amount * 100) - Math.round((payment.paidAmount ?? 0) * 100);
      const overdue = items.filter(({ dueDate }) => dueDate! < '2026-11-24');
      expect(items.reduce((sum, payment) => sum + open(payment), 0)).toBe(Math.round(balance!.amount * 100));
      expect(overdue.reduce((sum, payment) => sum + open(payment), 0)).toBe(Math.round(balance!.overdue! * 100));
      expect(new Set(items.map(({ currency }) => currency))).toEqual(new Set([balance!.currency]));
    }
  });

  it('are found by the number of their order', async () => {
    const { items, total } = await ask(accounting, 'payments', { supplierId: ANNA, document: 'цб-45' });
    expect(items).toMatchObject([{ document: 'ЦБ-45', status: 'planned' }]);
    expect(total).toBe(1);
  });

  it('are none for an order that nothing was received of', async () => {
    const answer = await ask(accounting, 'payments', { supplierId: ANNA, document: 'ЗП-0102' });
    expect(answer).toMatchObject({ items: [], total: 0 });
    expect(answer.balance!.amount).toBeGreaterThan(0);
  });

  it('do not exist for an unknown document', async () => {
    const problem = await refusal(accounting, 'payments', { supplierId: ANNA, document: '999999' });
    expect(problem).toMatchObject({ status: 404, code: 'order_not_found' });
  });
});

describe('reconciliation', () => {
  const period = { from: '2026-01-01', to: '2026-11-24' };
  const fileFor = async (format: 'pdf' | 'xlsx', supplierId = ANNA) => {
    const { file } = await ask(accounting, 'reconciliation', { supplierId, ...period, format });
    return { ...file, content: Buffer.from(file.contentBase64, 'base64') };
  };

  it('is a workbook whose columns add up to the balance of the payments', async () => {
    const { name, mimeType, content } = await fileFor('xlsx');
    expect(name).toBe('Акт сверки 2026-01-01 - 2026-11-24.xlsx');
    expect(mimeType).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(content as unknown as ArrayBuffer);
    const rows = (workbook.worksheets[0]!.getSheetValues() as (unknown[] | undefined)[]).flatMap((row) =>
      row ? [row.slice(1)] : [],
    );
    expect(rows[0]).toEqual(['Акт сверки взаимных расчётов за период с 01.01.2026 по 24.11.2026']);
    expect(rows[2] ?? rows[1]).toBeDefined();
    const table = rows
      .slice(rows.findIndex(([first]) => first === 'Дата') + 1)
      .filter((row) => typeof row[1] === 'string');
    const [opening, ...rest] = table;
    const closing = rest.at(-1)!;
    const turnover = rest.at(-2)!;
    const documents = rest.slice(0, -2);
    expect(documents.length).toBeGreaterThan(5);
    const sum = (column: number) =>
      documents.reduce((total, row) => total + Math.round(Number(row[column] ?? 0) * 100), 0);
    expect([sum(2), sum(3)]).toEqual([Math.round(Number(turnover[2]) * 100), Math.round(Number(turnover[3]) * 100)]);
    expect(Math.round(Number(opening![4]) * 100) + sum(3) - sum(2)).toBe(Math.round(Number(closing[4]) * 100));
    const { balance } = await ask(accounting, 'payments', { supplierId: ANNA });
    expect(closing[4]).toBe(balance!.amount);
  });

  it('is a PDF with fonts of its own', async () => {
    const { name, mimeType, content } = await fileFor('pdf');
    expect([name, mimeType]).toEqual(['Акт сверки 2026-01-01 - 2026-11-24.pdf', 'application/pdf']);
    const text = content.toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(text).toMatch(/\/FontName \/[A-Z]+\+DejaVuSans/);
    // The letters of the text, as the font's own table tells them.
    const streams = [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, data]) =>
      inflated(Buffer.from(data!, 'latin1')),
    );
    const letters = streams
      .filter((stream) => stream.includes('beginbfrange') || stream.includes('beginbfchar'))
      .join('\n');
    for (const letter of 'Актсверки') expect(letters).toContain(letter.charCodeAt(0).toString(16).padStart(4, '0'));
  });

  it('of another supplier has other numbers', async () => {
    const [anna, boris] = [await fileFor('xlsx'), await fileFor('xlsx', BORIS)];
    expect(anna.contentBase64).not.toBe(boris.contentBase64);
  });

  it('takes times for days', async () => {
    const { file } = await ask(accounting, 'reconciliation', {
      supplierId: ANNA,
      from: '2026-01-01T00:00:00+03:00',
      to: '2026-03-31T22:30:00Z',
      format: 'xlsx',
    });
    // Half past one at night of the first of April in Moscow.
    expect(file.name).toBe('Акт сверки 2026-01-01 - 2026-04-01.xlsx');
  });

  it('refuses a period that ends before it begins', async () => {
    const request = { supplierId: ANNA, from: '2026-02-01', to: '2026-01-01', format: 'pdf' };
    expect(await refusal(accounting, 'reconciliation', request)).toMatchObject({
      code: 'bad_request',
      detail: 'from: must not be later than to',
    });
  });
});

describe('suppliers that may not ask', () => {
  it.each(['00-000080', '00-000081', '00-000082', '00-999999'])(
    '%s is not found by any operation',
    async (supplierId) => {
      const requests = {
        unlink: { chatId: 77 },
        products: { query: 'лампа' },
        stock: { articles: ['12345'] },
        prices: { articles: ['12345'] },
        orders: {},
        payments: {},
        reconciliation: { from: '2026-01-01', to: '2026-11-24', format: 'pdf' },
      };
      for (const [operation, request] of Object.entries(requests)) {
        const problem = await refusal(accounting, operation, { supplierId, ...request });
        expect(problem).toMatchObject({ status: 404, code: 'supplier_not_found' });
      }
    },
  );
});

it('allows what may be kept, and for whom', async () => {
  const kept = async (operation: string, body: object) =>
    (await call(accounting, operation, body)).headers.get('cache-control');
  const one = { supplierId: ANNA, articles: ['12345'] };
  expect(await kept('stock', one)).toBe('public, max-age=300');
  expect(await kept('products', one)).toBe('public, max-age=300');
  expect(await kept('prices', one)).toBe('private, max-age=300');
  expect(await kept('identify', { chatId: 77 })).toBe('private, max-age=60');
  expect(await kept('orders', { supplierId: ANNA })).toBe('no-store');
  expect(await kept('stock', { supplierId: 'nobody', articles: [] })).toBe('no-store');
});

it('allows what it is told to allow', async () => {
  const other = await start({ cacheControl: { stock: 'private, max-age=1' } });
  const { headers } = await call(other, 'stock', { supplierId: ANNA, articles: ['12345'] });
  expect(headers.get('cache-control')).toBe('private, max-age=1');
  await other.close();
});

function inflated(bytes: Buffer): string {
  try {
    return inflateSync(bytes).toString('latin1');
  } catch {
    return '';
  }
}
