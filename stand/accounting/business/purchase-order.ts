import { type OrderStatus, type PaymentStatus } from '../../../src/onec/contract';
import { type CatalogueItem } from '../catalogue-item';
import { type Day } from './days';
import { fromCents, cents, percentOf, sumOf } from './money';

export interface OrderLine {
  item: CatalogueItem;
  quantity: number;
  received: number;
  price: number;
}

/** Goods that came in: from that day on they are owed. */
export interface Receipt {
  number: string;
  day: Day;
  amount: number;
  dueDay: Day;
}

/** Money that went out, for one receipt. */
export interface Payment {
  number: string;
  day: Day;
  amount: number;
  receipt: Receipt;
}

/** An order of the company to a supplier, with what became of it. */
export interface PurchaseOrder {
  number: string;
  day: Day;
  status: OrderStatus;
  statusText?: string;
  expectedDay?: Day;
  comment?: string;
  currency: string;
  lines: readonly OrderLine[];
  receipts: readonly Receipt[];
  payments: readonly Payment[];
}

/** Statuses of orders that still are to be supplied. */
const OPEN: readonly OrderStatus[] = [
  'draft',
  'awaiting_confirmation',
  'confirmed',
  'in_transit',
  'partially_received',
];
/** Statuses of orders whose goods are on their way as far as the warehouse knows. */
const EXPECTED: readonly OrderStatus[] = ['confirmed', 'in_transit', 'partially_received'];

export function isOpen({ status }: PurchaseOrder): boolean {
  return OPEN.includes(status);
}

export function isExpected({ status }: PurchaseOrder): boolean {
  return EXPECTED.includes(status);
}

/** @returns the cost of so much of a line */
export function costOf(quantity: number, price: number): number {
  return fromCents(Math.round(quantity * cents(price)));
}

export function amountOf({ lines }: PurchaseOrder): number {
  return sumOf(lines.map(({ quantity, price }) => costOf(quantity, price)));
}

export function receivedPercent(order: PurchaseOrder): number {
  return percentOf(sumOf(order.lines.map(({ received, price }) => costOf(received, price))), amountOf(order));
}

export function paidPercent(order: PurchaseOrder): number {
  return percentOf(sumOf(order.payments.map(({ amount }) => amount)), amountOf(order));
}

/** What is owed, or was, for one receipt. */
export interface Obligation {
  order: PurchaseOrder;
  receipt: Receipt;
  status: PaymentStatus;
  paid: number;
  open: number;
  /** Of the last payment. */
  paidDay?: Day;
}

/** @returns one obligation for each receipt, as it stands on the day */
export function obligationsOf(order: PurchaseOrder, today: Day): Obligation[] {
  return order.receipts.map((receipt) => {
    const payments = order.payments.filter((payment) => payment.receipt === receipt);
    const paid = sumOf(payments.map(({ amount }) => amount));
    const open = fromCents(cents(receipt.amount) - cents(paid));
    return {
      order,
      receipt,
      status: open <= 0 ? 'paid' : paid > 0 ? 'partial' : receipt.dueDay < today ? 'overdue' : 'planned',
      paid,
      open,
      paidDay: payments.at(-1)?.day,
    };
  });
}
