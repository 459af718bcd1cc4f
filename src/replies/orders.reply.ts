import type { Language } from '../classifier/understanding';
import type { OneCOrder, OneCOrderLine } from '../onec/contract';
import { formatDate } from './dates';
import { formatMoney, formatNumber, formatPercent, formatPrice } from './format';
import { escapeHtml } from './html';
import { message } from './messages';
import type { ReplyOptions } from './options';
import { blocks, facts, field, given, lines, pageLine, shorten } from './text';
import { formatQuantity } from './units';

/** One page of an answer to `orders`. */
export interface OrdersAnswer {
  items: OneCOrder[];
  /** How many there are in all; default: as many as are shown. */
  total?: number | null;
  offset?: number;
  /** Which orders were asked for; default: `all`. */
  state?: 'open' | 'all';
}

/** Lines of an order in one answer; the rest is counted. */
export const ORDER_LINES_SHOWN = 25;

/** The system's own wording of the status where it has one, else ours. HTML. */
function statusText(order: OneCOrder, language: Language): string {
  return given(order.statusText)
    ? escapeHtml(order.statusText.trim())
    : message(language, `order.statuses.${order.status}`);
}

const orderTitle = (order: OneCOrder, options: ReplyOptions, style: 'long' | 'short') =>
  message(options.language, 'order.title', { number: order.number, date: formatDate(order.date, options, style) });

function orderLine(line: OneCOrderLine, index: number, order: OneCOrder, language: Language): string {
  const name = shorten(line.name);
  const values = { index: formatNumber(index + 1, language), article: line.article, name };
  return lines(
    message(language, 'order.line', values),
    facts(
      escapeHtml(formatQuantity(line.quantity, line.unit, language)),
      line.price != null &&
        message(language, 'order.linePrice', { price: formatPrice(line.price, order.currency, language) }),
      line.received != null &&
        message(language, 'order.lineReceived', { quantity: formatQuantity(line.received, line.unit, language) }),
    ),
  );
}

function orderLines(order: OneCOrder, language: Language): string {
  const all = order.lines ?? [];
  if (all.length === 0) return '';
  const shown = all.slice(0, ORDER_LINES_SHOWN);
  const count = all.length - shown.length;
  return blocks(
    lines(
      message(language, 'order.lines', { count: all.length }),
      ...shown.map((line, index) => orderLine(line, index, order, language)),
    ),
    count > 0 && `<i>${message(language, 'order.moreLines', { count })}</i>`,
  );
}

/** One order with its lines. Telegram HTML. */
export function renderOrder({ order }: { order: OneCOrder }, options: ReplyOptions): string {
  const { language } = options;
  const percent = (value: number) => ({ percent: formatPercent(value, language) });
  return blocks(
    orderTitle(order, options, 'long'),
    lines(
      message(language, 'order.status', { status: statusText(order, language) }),
      message(language, 'order.amount', { amount: formatMoney(order.amount, order.currency, language) }),
      given(order.expectedDate) &&
        message(language, 'order.expected', { date: formatDate(order.expectedDate, options) }),
      order.receivedPercent != null && message(language, 'order.received', percent(order.receivedPercent)),
      order.paidPercent != null && message(language, 'order.paid', percent(order.paidPercent)),
      field(language, 'order.comment', 'comment', order.comment),
    ),
    orderLines(order, language),
  );
}

function orderEntry(order: OneCOrder, options: ReplyOptions): string {
  const { language } = options;
  const percent = (value: number) => ({ percent: formatPercent(value, language) });
  return lines(
    orderTitle(order, options, 'short'),
    facts(statusText(order, language), formatMoney(order.amount, order.currency, language)),
    facts(
      given(order.expectedDate) &&
        message(language, 'order.expectedShort', { date: formatDate(order.expectedDate, options, 'short') }),
      order.receivedPercent != null && message(language, 'order.receivedShort', percent(order.receivedPercent)),
      order.paidPercent != null && message(language, 'order.paidShort', percent(order.paidPercent)),
    ),
  );
}

/** A page of the list of orders, or that there are none. Telegram HTML. */
export function renderOrders(data: OrdersAnswer, options: ReplyOptions): string {
  const { language } = options;
  const { items, offset = 0, state = 'all' } = data;
  if (items.length === 0) {
    if (offset > 0) return message(language, 'order.endOfList');
    return message(language, state === 'open' ? 'order.noneOpen' : 'order.none');
  }
  return blocks(
    message(language, state === 'open' ? 'order.listTitleOpen' : 'order.listTitleAll'),
    ...items.map((order) => orderEntry(order, options)),
    pageLine(offset, items.length, data.total ?? offset + items.length, language),
  );
}

/** Several orders match the number that was asked for: which one? Telegram HTML. */
export function renderMatchingOrders(
  { number, items, total }: { number: string; items: OneCOrder[]; total?: number | null },
  options: ReplyOptions,
): string {
  const { language } = options;
  const count = Math.max(total ?? 0, items.length);
  return blocks(
    count === 1
      ? message(language, 'order.matchingSingle', { number })
      : message(language, 'order.matching', { number, count }),
    ...items.map((order) => orderEntry(order, options)),
    pageLine(0, items.length, count, language),
  );
}

/** No order has the number that was asked for. Telegram HTML. */
export function renderOrderNotFound({ number }: { number: string }, { language }: ReplyOptions): string {
  return message(language, 'order.notFound', { number });
}
