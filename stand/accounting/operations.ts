import { type Operation, type RequestOf, type ResponseOf } from '../../src/onec/contract';
import { type Business } from './business';
import { type Day, dayOf, moscowTime } from './business/days';
import { sumOf } from './business/money';
import { findByNumber } from './business/order-number';
import {
  amountOf,
  isOpen,
  type Obligation,
  paidPercent,
  type PurchaseOrder,
  receivedPercent,
} from './business/purchase-order';
import { type CatalogueItem } from './catalogue-item';
import { Problem } from './problem';
import { actOf } from './reconciliation/act';
import { writeAct } from './reconciliation/act-file';

/** The company whose books these are. */
const COMPANY = 'ООО «Торговый дом „Полюс“»';
const SYSTEM = '1C: demo stand of supplier-bot';
const VERSION = '1.0.0';
const DEFAULT_PRODUCTS = 20;
const DEFAULT_DOCUMENTS = 10;

/** What answers an operation; takes a body that was validated, throws Problem. */
export type Operations = {
  [O in Operation]: (request: RequestOf<O>) => ResponseOf<O> | Promise<ResponseOf<O>>;
};

/**
 * The operations of the contract over the books of the demo company.
 *
 * @param served the names that `ping` tells
 * @param clock the time of the stand
 */
export function createOperations(business: Business, served: readonly Operation[], clock: () => Date): Operations {
  const { directory, priceList, catalogue } = business;
  const asOf = () => moscowTime(clock());

  return {
    ping: () => ({ status: 'ok', system: SYSTEM, version: VERSION, time: asOf(), operations: [...served] }),

    identify: ({ chatId }) => ({ supplier: directory.identify(chatId) }),

    link: ({ chatId, phone, inviteCode }) => ({
      supplier:
        phone === undefined ? directory.linkByCode(chatId, inviteCode ?? '') : directory.linkByPhone(chatId, phone),
    }),

    unlink: ({ supplierId, chatId }) => {
      directory.unlink(directory.active(supplierId), chatId);
      return {};
    },

    products: ({ supplierId, query, articles, limit = DEFAULT_PRODUCTS, offset = 0 }) => {
      directory.active(supplierId);
      const asked = articles ? lookUp(catalogue, articles) : undefined;
      const found = asked?.items ?? (query?.trim() ? catalogue.search(query) : catalogue.items);
      const items = found.slice(offset, offset + limit).map(({ article, name, unit, barcode, category }) => ({
        article,
        name,
        unit,
        barcode,
        category,
      }));
      return { items, total: found.length, notFound: asked?.notFound ?? [] };
    },

    stock: ({ supplierId, articles }) => {
      directory.active(supplierId);
      const { items, notFound } = lookUp(catalogue, articles);
      return { items: items.map((item) => stockOf(business, item)), notFound, asOf: asOf() };
    },

    prices: ({ supplierId, articles }) => {
      const supplier = directory.active(supplierId);
      const { items, notFound } = lookUp(catalogue, articles, (item) => priceList.agreed(supplier, item) !== undefined);
      return {
        items: items.flatMap((item) => {
          const agreed = priceList.agreed(supplier, item);
          return agreed ? [{ article: item.article, name: item.name, barcode: item.barcode, ...agreed }] : [];
        }),
        notFound,
        asOf: asOf(),
      };
    },

    orders: ({ supplierId, number, state = 'all', limit = DEFAULT_DOCUMENTS, offset = 0 }) => {
      const orders = business.ordersOf(directory.active(supplierId));
      const found = number === undefined ? orders : ordersByNumber(number, orders);
      const wanted = found.filter((order) => number !== undefined || state === 'all' || isOpen(order));
      const items = wanted.slice(offset, offset + limit).map((order) => orderOf(order, number !== undefined));
      return { items, total: wanted.length };
    },

    payments: ({ supplierId, document, limit = DEFAULT_DOCUMENTS, offset = 0 }) => {
      const supplier = directory.active(supplierId);
      const all = business.obligationsOf(supplier);
      const meant = document === undefined ? undefined : ordersByNumber(document, business.ordersOf(supplier));
      const wanted = meant ? all.filter(({ order }) => meant.includes(order)) : all;
      const overdue = all.filter(({ receipt }) => receipt.dueDay < business.today);
      return {
        balance: {
          amount: sumOf(all.map(({ open }) => open)),
          overdue: sumOf(overdue.map(({ open }) => open)),
          currency: supplier.profile.currency,
        },
        items: wanted.slice(offset, offset + limit).map(paymentOf),
        total: wanted.length,
      };
    },

    reconciliation: async ({ supplierId, from, to, format }) => {
      const supplier = directory.active(supplierId);
      const period = { from: contractDay(from), to: contractDay(to) };
      if (period.from > period.to) throw new Problem(400, 'bad_request', 'from: must not be later than to');
      const act = actOf({
        company: COMPANY,
        supplier: supplier.name,
        inn: supplier.inn,
        currency: supplier.profile.currency,
        ...period,
        statement: business.statement(supplier, period.from, period.to),
      });
      const { mimeType, content } = await writeAct(act, format);
      const name = `Акт сверки ${period.from} - ${period.to}.${format}`;
      return { file: { name, mimeType, contentBase64: content.toString('base64') } };
    },
  };
}

/** The items of the articles, each once and in the order asked, and the articles that gave none. */
function lookUp(
  catalogue: Business['catalogue'],
  articles: readonly string[],
  counts: (item: CatalogueItem) => boolean = () => true,
): { items: CatalogueItem[]; notFound: string[] } {
  const items = new Set<CatalogueItem>();
  const notFound: string[] = [];
  for (const article of articles) {
    const found = catalogue.find(article).filter(counts);
    for (const item of found) items.add(item);
    if (found.length === 0) notFound.push(article);
  }
  return { items: [...items], notFound };
}

/** An added member of stock and prices: by it the asker knows the item that it named by its barcode. */
interface WithBarcode {
  barcode?: string;
}

function stockOf(business: Business, item: CatalogueItem): ResponseOf<'stock'>['items'][number] & WithBarcode {
  const { reserved, expected } = business.commitmentsOf(item);
  return {
    article: item.article,
    name: item.name,
    barcode: item.barcode,
    unit: item.unit,
    available: item.quantity,
    onHand: item.quantity + reserved,
    reserved: reserved || undefined,
    expected: expected || undefined,
    warehouses:
      item.warehouses.length > 0
        ? item.warehouses.map(({ name, quantity }) => ({ name, available: quantity }))
        : undefined,
  };
}

function ordersByNumber(number: string, orders: readonly PurchaseOrder[]): PurchaseOrder[] {
  const found = findByNumber(number, orders);
  if (found.length === 0) throw new Problem(404, 'order_not_found', `This supplier has no order "${number}"`);
  return found;
}

function orderOf(order: PurchaseOrder, withLines: boolean): ResponseOf<'orders'>['items'][number] {
  return {
    number: order.number,
    date: order.day,
    status: order.status,
    statusText: order.statusText,
    amount: amountOf(order),
    currency: order.currency,
    expectedDate: order.expectedDay,
    receivedPercent: receivedPercent(order),
    paidPercent: paidPercent(order),
    comment: order.comment,
    lines: withLines
      ? order.lines.map(({ item, quantity, received, price }) => ({
          article: item.article,
          name: item.name,
          quantity,
          received,
          unit: item.unit,
          price,
        }))
      : undefined,
  };
}

/** With the added member `paidAmount` for a partial payment: the contract's members do not tell how much is open. */
function paymentOf(obligation: Obligation): ResponseOf<'payments'>['items'][number] & { paidAmount?: number } {
  const { order, receipt, status, paid, paidDay } = obligation;
  return {
    document: order.number,
    date: receipt.day,
    amount: receipt.amount,
    currency: order.currency,
    dueDate: receipt.dueDay,
    paidDate: paidDay,
    status,
    paidAmount: status === 'partial' ? paid : undefined,
  };
}

/** @param date of the contract, a day or a time with its offset */
function contractDay(date: string): Day {
  return date.length > 10 ? dayOf(new Date(date)) : date;
}
