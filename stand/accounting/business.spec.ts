import { ORDER_STATUSES, type OrderStatus } from '../../src/onec/contract';
import { Business } from './business';
import { addDays } from './business/days';
import { innOf } from './business/inn';
import { balanceOf, ledgerOf } from './business/ledger';
import { cents, sumOf } from './business/money';
import { amountOf, obligationsOf, paidPercent, type PurchaseOrder, receivedPercent } from './business/purchase-order';
import { type Supplier } from './business/supplier-directory';
import { Catalogue } from './catalogue';
import { loadSampleCatalogue } from './load-catalogue';

const NOW = new Date('2026-11-24T12:00:00+03:00');
const SEEDS = [1, 7, 42, 20_261_124];

let sample: Catalogue;
beforeAll(async () => {
  sample = await loadSampleCatalogue();
});

const business = (seed = 7, now = NOW) => new Business({ catalogue: sample, seed, now });

function eachSupplier(check: (supplier: Supplier, orders: readonly PurchaseOrder[], books: Business) => void): void {
  for (const seed of SEEDS) {
    const books = business(seed);
    for (const supplier of books.directory.suppliers) check(supplier, books.ordersOf(supplier), books);
  }
}

describe('orders', () => {
  it('are 12 to 40 for each supplier, in all statuses, the newest first', () => {
    eachSupplier((_, orders) => {
      expect(orders.length).toBeGreaterThanOrEqual(12);
      expect(orders.length).toBeLessThanOrEqual(40);
      expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(ORDER_STATUSES));
      expect(orders.map(({ day }) => day)).toEqual(
        orders
          .map(({ day }) => day)
          .sort()
          .reverse(),
      );
    });
  });

  it('have numbers of their own: no two suppliers share one', () => {
    for (const seed of SEEDS) {
      const books = business(seed);
      const numbers = books.directory.suppliers.flatMap((supplier) =>
        books.ordersOf(supplier).map(({ number }) => number),
      );
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const number of numbers) expect(number).toMatch(/\d/);
    }
  });

  it('have the numbers that the demo speaks of', () => {
    for (const seed of SEEDS) {
      const books = business(seed);
      const numbers = books.ordersOf(books.directory.active('00-000077')).map(({ number }) => number);
      expect(numbers).toEqual(expect.arrayContaining(['00-00000123', 'НФ-000012', 'ЗП-0102', 'ЦБ-45', '1234/25']));
    }
  });

  it('have percents that fit their status', () => {
    const FITS: Readonly<Record<OrderStatus, (received: number, paid: number) => boolean>> = {
      draft: (received, paid) => received === 0 && paid === 0,
      awaiting_confirmation: (received, paid) => received === 0 && paid === 0,
      confirmed: (received, paid) => received === 0 && paid === 0,
      in_transit: (received, paid) => received === 0 && paid === 0,
      partially_received: (received, paid) => received > 0 && received < 100 && paid < 100,
      received: (received, paid) => received === 100 && paid < 100,
      closed: (received, paid) => received === 100 && paid === 100,
      cancelled: (received, paid) => received === 0 && paid === 0,
    };
    eachSupplier((_, orders) => {
      const unfit = orders.filter((order) => !FITS[order.status](receivedPercent(order), paidPercent(order)));
      expect(unfit).toEqual([]);
      expect(orders.filter((order) => amountOf(order) <= 0)).toEqual([]);
    });
  });

  it('never lie in the future, nor do their receipts and payments', () => {
    eachSupplier((_, orders, { today }) => {
      for (const { day, receipts, payments } of orders) {
        expect(day <= today).toBe(true);
        for (const receipt of receipts) expect(receipt.day >= day && receipt.day <= today).toBe(true);
        for (const payment of payments) expect(payment.day >= payment.receipt.day && payment.day <= today).toBe(true);
      }
    });
  });

  it('move with the time that the stand starts at', () => {
    const then = business(7, new Date('2031-03-01T12:00:00+03:00'));
    const supplier = then.directory.active('00-000077');
    expect(then.today).toBe('2031-03-01');
    expect(then.ordersOf(supplier)[0]!.day >= addDays(then.today, -5)).toBe(true);
  });

  it('are the same for the same seed, others for another', () => {
    const numbers = (books: Business) => JSON.stringify(books.ordersOf(books.directory.active('00-000077')));
    expect(numbers(business(7))).toBe(numbers(business(7)));
    expect(numbers(business(7))).not.toBe(numbers(business(8)));
  });

  it('are none where the catalogue is empty', () => {
    const books = new Business({ catalogue: new Catalogue([]), now: NOW });
    expect(books.ordersOf(books.directory.active('00-000077'))).toEqual([]);
  });

  it('are made of a catalogue without prices too', () => {
    const catalogue = new Catalogue(sample.items.slice(0, 3).map((item) => ({ ...item, prices: [] })));
    const books = new Business({ catalogue, now: NOW });
    const supplier = books.directory.active('00-000077');
    expect(books.ordersOf(supplier).length).toBeGreaterThan(12);
    expect(books.priceList.agreed(supplier, catalogue.items[0]!)).toBeUndefined();
  });
});

describe('payments', () => {
  it('are of every status for every supplier', () => {
    eachSupplier((supplier, _, books) => {
      const statuses = new Set(books.obligationsOf(supplier).map(({ status }) => status));
      expect(statuses).toEqual(new Set(['planned', 'paid', 'overdue', 'partial']));
    });
  });

  it('add up: received less paid is the balance, and what is open of each receipt together', () => {
    eachSupplier((supplier, orders, books) => {
      const open = sumOf(books.obligationsOf(supplier).map((obligation) => obligation.open));
      const received = sumOf(orders.flatMap(({ receipts }) => receipts.map(({ amount }) => amount)));
      const paid = sumOf(orders.flatMap(({ payments }) => payments.map(({ amount }) => amount)));
      expect(cents(open)).toBe(cents(received) - cents(paid));
      expect(balanceOf(ledgerOf(orders))).toBe(open);
      expect(open).toBeGreaterThan(0);
    });
  });

  it('cover what was received of each order to the hundredth', () => {
    eachSupplier((_, orders) => {
      for (const order of orders.filter(({ status }) => ['received', 'closed'].includes(status))) {
        expect(sumOf(order.receipts.map(({ amount }) => amount))).toBe(amountOf(order));
      }
    });
  });

  it('are overdue after their day, not on it', () => {
    const receipt = { number: '1', day: '2026-11-01', amount: 10, dueDay: '2026-11-24' };
    const order = { receipts: [receipt], payments: [], lines: [] } as unknown as PurchaseOrder;
    expect(obligationsOf(order, '2026-11-24')).toMatchObject([{ status: 'planned', open: 10 }]);
    expect(obligationsOf(order, '2026-11-25')).toMatchObject([{ status: 'overdue', open: 10 }]);
  });

  it('come with the open ones first, by their date', () => {
    const books = business();
    const list = books.obligationsOf(books.directory.active('00-000077'));
    const open = list.filter((obligation) => obligation.open > 0);
    expect(list.slice(0, open.length)).toEqual(open);
    expect(open.map(({ receipt }) => receipt.dueDay)).toEqual(open.map(({ receipt }) => receipt.dueDay).sort());
  });
});

describe('statement', () => {
  it('goes from balance to balance: two periods together are the whole', () => {
    const books = business();
    const supplier = books.directory.active('00-000077');
    const first = books.statement(supplier, '2000-01-01', '2026-06-30');
    const second = books.statement(supplier, '2026-07-01', books.today);
    const whole = books.statement(supplier, '2000-01-01', books.today);
    expect(first.opening).toBe(0);
    expect(second.opening).toBe(first.closing);
    expect(second.closing).toBe(whole.closing);
    expect(first.entries.length + second.entries.length).toBe(whole.entries.length);
    expect(whole.closing).toBe(sumOf(books.obligationsOf(supplier).map(({ open }) => open)));
    expect(sumOf([whole.opening, whole.credit, -whole.debit])).toBe(whole.closing);
  });
});

describe('prices', () => {
  it('differ between any two suppliers, and are the catalogue’s own for the first', () => {
    const books = business();
    for (const item of sample.items) {
      const agreed = books.directory.suppliers.map((supplier) => books.priceList.agreed(supplier, item)!);
      const seen = agreed.map(({ price, currency }) => `${price} ${currency}`);
      expect(new Set(seen).size).toBe(seen.length);
      expect(agreed[0]).toMatchObject({ price: item.prices[0]!.value, currency: 'RUB', vatIncluded: true });
    }
  });

  it('are in the currency of the supplier', () => {
    const books = business();
    const [item] = sample.find('BP-4500/2');
    const ningbo = books.directory.active('00-000079');
    expect(books.priceList.agreed(ningbo, item!)).toMatchObject({ price: 1068.93, currency: 'CNY' });
  });
});

it('expects of an item what the open orders still lack', () => {
  const books = business();
  const open = books.directory.suppliers
    .flatMap((supplier) => books.ordersOf(supplier))
    .filter(({ status }) => ['confirmed', 'in_transit', 'partially_received'].includes(status))
    .flatMap(({ lines }) => lines)
    .filter(({ quantity, received }) => quantity > received);
  expect(open.length).toBeGreaterThan(0);
  for (const { item } of open) {
    const lacking = open
      .filter((line) => line.item === item)
      .reduce((sum, { quantity, received }) => sum + quantity - received, 0);
    expect(books.commitmentsOf(item).expected).toBe(lacking);
  }
});

it('gives taxpayer numbers that pass their check', () => {
  // Weights of the order of the Federal Tax Service on the structure of the number.
  const digit = (inn: string, weights: number[]) =>
    (weights.reduce((sum, weight, index) => sum + weight * Number(inn[index]), 0) % 11) % 10;
  const company = innOf(5, 10);
  expect(company).toHaveLength(10);
  expect(Number(company[9])).toBe(digit(company, [2, 4, 10, 3, 5, 9, 4, 6, 8]));
  const person = innOf(5, 12);
  expect(person).toHaveLength(12);
  expect(Number(person[10])).toBe(digit(person, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]));
  expect(Number(person[11])).toBe(digit(person, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]));
});
