import { type Check } from '../check';
import { BAD_REQUEST, expectAnswer, expectRefusal, fail, shown } from '../expect';
import { Skipped } from '../outcome';
import { shortNumber } from '../spellings';
import { joined, same, text } from '../text';
import { lastMonth, NO_SUCH_NUMBER, type World } from '../world';
import { expectCurrency } from './goods';
import { checkPages } from './pages';

const ORDER_NOT_FOUND = { status: 404, code: 'order_not_found' };
const MAX_FILE_BYTES = 5 * 1024 * 1024;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const documentChecks: readonly Check[] = [
  {
    id: 'orders.list',
    title: text('orders: список по схеме, до 10', 'orders: a list by the schema, up to 10'),
    async run(world) {
      await world.needs('orders');
      const { items, total } = await world.ask('orders', { supplierId: await world.supplierId() });
      if (items.length > 10 || total < items.length) fail(same(`orders: ${items.length}, total ${total}`), 'paging');
      for (const { currency } of items) expectCurrency(currency);
      return text(`всего ${total}`, `${total} in all`);
    },
  },
  {
    id: 'orders.paging',
    title: text('orders: страницы не пересекаются', 'orders: pages do not overlap'),
    async run(world) {
      await world.needs('orders');
      await checkPages(world, 'orders', ({ items }) => items.map(({ number, date }) => `${number} ${date}`));
    },
  },
  {
    id: 'orders.state',
    title: text('orders: open — часть all', 'orders: open is a part of all'),
    async run(world) {
      await world.needs('orders');
      const supplierId = await world.supplierId();
      const open = await world.ask('orders', { supplierId, state: 'open', limit: 100 });
      const all = await world.ask('orders', { supplierId, state: 'all', limit: 100 });
      const over = open.items.filter(({ status }) => status === 'closed' || status === 'cancelled');
      if (open.total > all.total || over.length > 0) {
        const odd = over.map(({ number, status }) => `${number} ${status}`).join(', ');
        fail(same(`orders: open ${open.total}, all ${all.total}; ${odd}`), 'order-state');
      }
      return same(`open ${open.total}, all ${all.total}`);
    },
  },
  {
    id: 'orders.number',
    title: text('orders по номеру: заказ со строками', 'orders by number: the order with its lines'),
    async run(world) {
      const number = await orderNumber(world);
      const order = await findOrder(world, number, number);
      if (!Array.isArray(order.lines)) fail(text(`${number}: lines нет`, `${number}: no lines`), 'order-lines');
      return text(`${number}: строк ${order.lines.length}`, `${number}: ${order.lines.length} lines`);
    },
  },
  {
    id: 'orders.short-number',
    title: text('orders: номер без префикса и нулей', 'orders: a number without prefix and zeros'),
    async run(world) {
      const numbers = [world.options.order, ...(await world.orders()).map(({ number }) => number)];
      const number = numbers.find((one) => one !== undefined && shortNumber(one) !== undefined);
      if (number === undefined)
        throw new Skipped(text('номера без префиксов и нулей', 'numbers have no prefix and zeros'));
      const short = shortNumber(number) ?? number;
      await findOrder(world, short, number);
      return same(`${short} ─▶ ${number}`);
    },
  },
  {
    id: 'orders.unknown',
    title: text('orders: нет номера — 404 order_not_found', 'orders: no such number, 404 order_not_found'),
    async run(world) {
      await world.needs('orders');
      const request = { supplierId: await world.supplierId(), number: NO_SUCH_NUMBER };
      expectRefusal('orders', await world.call('orders', request), ORDER_NOT_FOUND, 'order-number');
    },
  },
  {
    id: 'payments.list',
    title: text('payments: сальдо и платежи по схеме', 'payments: balance and payments by the schema'),
    async run(world) {
      await world.needs('payments');
      const { balance, items, total } = await world.ask('payments', { supplierId: await world.supplierId() });
      if (items.length > 10 || total < items.length) fail(same(`payments: ${items.length}, total ${total}`), 'paging');
      for (const { currency } of [balance, ...items]) expectCurrency(currency);
      return text(
        `сальдо ${balance.amount} ${balance.currency}, всего ${total}`,
        `balance ${balance.amount} ${balance.currency}, ${total} in all`,
      );
    },
  },
  {
    id: 'payments.paging',
    title: text('payments: страницы не пересекаются', 'payments: pages do not overlap'),
    async run(world) {
      await world.needs('payments');
      await checkPages(world, 'payments', ({ items }) => items.map((item) => Object.values(item).join(' ')));
    },
  },
  {
    id: 'payments.unknown',
    title: text('payments: нет документа — 404 или пусто', 'payments: no such document, 404 or nothing'),
    async run(world) {
      await world.needs('payments');
      const reply = await world.call('payments', { supplierId: await world.supplierId(), document: NO_SUCH_NUMBER });
      if (reply.kind === 'reply' && reply.status === 404) {
        expectRefusal('payments', reply, ORDER_NOT_FOUND, 'order-number');
      } else if (expectAnswer('payments', reply, 'order-number').items.length > 0) {
        fail(shown(reply), 'order-number');
      }
    },
  },
  ...(['pdf', 'xlsx'] as const).map((format): Check => ({
    id: `reconciliation.${format}`,
    title: text(`reconciliation: настоящий ${format.toUpperCase()}`, `reconciliation: a real ${format.toUpperCase()}`),
    async run(world) {
      await world.needs('reconciliation');
      const request = { supplierId: await world.supplierId(), ...lastMonth(), format };
      const { file } = await world.ask('reconciliation', request);
      const bytes = Buffer.from(file.contentBase64, 'base64');
      const faults = [
        ...(bytes.toString('base64') === file.contentBase64 ? [] : ['base64']),
        ...((format === 'pdf' ? isPdf(bytes) : isXlsx(bytes))
          ? []
          : [`${format}: ${bytes.subarray(0, 8).toString('latin1')}`]),
        ...(file.mimeType === (format === 'pdf' ? 'application/pdf' : XLSX) ? [] : [file.mimeType]),
        ...(file.name.toLowerCase().endsWith(`.${format}`) && !/[\\/]/.test(file.name) ? [] : [file.name]),
        ...(bytes.length <= MAX_FILE_BYTES ? [] : [`${bytes.length} > ${MAX_FILE_BYTES}`]),
      ];
      if (faults.length > 0) fail(joined([same('reconciliation'), ...faults.map(same)]), 'file');
      return text(`${file.name}, ${bytes.length} байт`, `${file.name}, ${bytes.length} bytes`);
    },
  })),
  {
    id: 'reconciliation.period',
    title: text('reconciliation: начало позже конца — 400', 'reconciliation: a beginning after the end is 400'),
    async run(world) {
      await world.needs('reconciliation');
      const request = { supplierId: await world.supplierId(), from: '2026-03-02', to: '2026-03-01', format: 'pdf' };
      expectRefusal('reconciliation', await world.call('reconciliation', request), BAD_REQUEST, 'check-the-body');
    },
  },
];

async function orderNumber(world: World): Promise<string> {
  await world.needs('orders');
  return world.options.order ?? (await world.orders())[0]?.number ?? '';
}

/** The order that a number was asked for, among all that it may mean: else Failed. */
async function findOrder(world: World, asked: string, number: string) {
  const request = { supplierId: await world.supplierId(), number: asked, limit: 100 };
  const { items } = expectAnswer('orders', await world.call('orders', request), 'order-number');
  // `--order 123` names an order whose full number only the answer tells.
  const order = items.find((one) => one.number === number) ?? (asked === world.options.order ? items[0] : undefined);
  const answered = items.map((one) => one.number).join(', ') || '-';
  return (
    order ??
    fail(
      text(`${asked} ─▶ ${answered}, ждали ${number}`, `${asked} ─▶ ${answered}, expected ${number}`),
      'order-number',
    )
  );
}

/** By the first and the last bytes (ISO 32000-1, 7.5.2 and 7.5.5). */
function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 5).toString('latin1') === '%PDF-' && bytes.subarray(-1024).includes('%%EOF');
}

/** A ZIP archive that has the parts which every workbook has (ECMA-376). */
function isXlsx(bytes: Buffer): boolean {
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]));
  return isZip && bytes.includes('[Content_Types].xml') && bytes.includes('xl/workbook.xml');
}
