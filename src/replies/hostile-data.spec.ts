import type { OneCOrder, Operation } from '../onec/contract';
import * as replies from './index';

/** What a name in an accounting system can hold, and more; every field of the answers below is made of it. */
const EVIL = `<b>"О&О"</i> &lt; {{name}} $t(thanks) $& <script>`;
const now = Date.parse('2026-11-24T10:19:00+03:00');

const notFound = [{ article: EVIL, nearest: [EVIL] }];
const product = { article: EVIL, name: EVIL, unit: EVIL, barcode: EVIL, category: EVIL };
const stockItem = {
  ...product,
  available: 5,
  expected: 2,
  reserved: 1,
  onHand: 6,
  warehouses: [{ name: EVIL, available: 5 }],
};
const priceItem = { ...product, price: 1, currency: 'RUB', priceType: EVIL, validFrom: EVIL };
const order: OneCOrder = {
  number: EVIL,
  date: EVIL,
  status: 'draft',
  statusText: EVIL,
  amount: 1,
  currency: 'RUB',
  expectedDate: EVIL,
  comment: EVIL,
  lines: [{ article: EVIL, name: EVIL, quantity: 1, received: 1, unit: EVIL, price: 1 }],
};
const payment = { document: EVIL, date: EVIL, amount: 1, currency: 'RUB', dueDate: EVIL, status: 'planned' as const };
const contact = { manager: { name: EVIL, phone: EVIL, email: EVIL, telegram: EVIL }, managerContact: EVIL };
const help = {
  ...contact,
  contactName: EVIL,
  supplierName: EVIL,
  operations: new Set<Operation>(['stock', 'prices']),
  exampleArticle: EVIL,
};
const age = { asOf: EVIL, receivedAt: now };
const twice = <Item>(item: Item) => [item, item];

const answers: [string, (options: replies.ReplyOptions) => string][] = [
  ['stock card', (o) => replies.renderStock({ items: [stockItem], notFound, ...age }, o)],
  ['stock list', (o) => replies.renderStock({ items: twice(stockItem), notFound: twice(notFound).flat(), ...age }, o)],
  ['price card', (o) => replies.renderPrices({ items: [priceItem], notFound, ...age }, o)],
  ['price list', (o) => replies.renderPrices({ items: twice(priceItem), notFound, ...age }, o)],
  [
    'both',
    (o) =>
      replies.renderStockAndPrices(
        { stock: { items: [stockItem], notFound, ...age }, prices: { items: [priceItem], notFound, ...age } },
        o,
      ),
  ],
  ['product card', (o) => replies.renderProducts({ items: [product], notFound }, o)],
  ['product list', (o) => replies.renderProducts({ items: twice(product), query: EVIL, notFound }, o)],
  ['no products', (o) => replies.renderProducts({ items: [], query: EVIL, notFound: [] }, o)],
  ['order', (o) => replies.renderOrder({ order }, o)],
  ['orders', (o) => replies.renderOrders({ items: twice(order) }, o)],
  ['matching orders', (o) => replies.renderMatchingOrders({ number: EVIL, items: twice(order) }, o)],
  ['no order', (o) => replies.renderOrderNotFound({ number: EVIL }, o)],
  ['payments', (o) => replies.renderPayments({ items: twice(payment) }, o)],
  ['payment', (o) => replies.renderPayments({ items: [payment], document: EVIL }, o)],
  ['no payment', (o) => replies.renderPayments({ items: [], document: EVIL }, o)],
  ['act', (o) => replies.renderReconciliationCaption({ from: EVIL, to: '2026-11-24' }, o)],
  ['manager', (o) => replies.renderManager(contact, o)],
  ['contact', (o) => replies.renderManager({ managerContact: EVIL }, o)],
  ['help', (o) => replies.renderHelp(help, o)],
  ['start', (o) => replies.renderStart(help, o)],
  ['not understood', (o) => replies.renderNotUnderstood(help, o)],
  ['trouble', (o) => replies.renderSystemAway(contact, o)],
  ['which intent', (o) => replies.renderAskIntent({ candidates: ['stock'], articles: [EVIL] }, o)],
  ['which product', (o) => replies.renderChooseProduct({ items: [product], query: EVIL }, o)],
];

describe.each(['ru', 'en'] as const)('data from outside, in %s', (language) => {
  it.each(answers)('stay text: %s', (_, render) => {
    const html = render({ language, now, timeZone: 'Europe/Moscow' });
    // The splitter mends whatever Telegram would refuse: an answer that it leaves alone is well-formed.
    expect(replies.splitHtml(html)).toEqual([html]);
    expect(html.replace(/<\/?(b|i|code)>/g, '')).not.toMatch(/[<>"]/);
    expect(replies.plainText(html)).toContain(EVIL);
  });
});
