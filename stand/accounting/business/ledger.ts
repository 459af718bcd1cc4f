import { type Day } from './days';
import { sumOf } from './money';
import { type PurchaseOrder } from './purchase-order';

/** A line of the account of one supplier: a receipt is a credit (we owe), a payment a debit. */
export interface LedgerEntry {
  day: Day;
  document: string;
  debit: number;
  credit: number;
}

/** The entries of a period between two balances; a positive balance is owed to the supplier. */
export interface Statement {
  opening: number;
  entries: readonly LedgerEntry[];
  debit: number;
  credit: number;
  closing: number;
}

/** @returns every receipt and payment of the orders, in the order of their days */
export function ledgerOf(orders: readonly PurchaseOrder[]): LedgerEntry[] {
  const entries = orders.flatMap(({ number, receipts, payments }) => [
    ...receipts.map((receipt) => ({
      day: receipt.day,
      document: `Поступление товаров ${receipt.number} (заказ ${number})`,
      debit: 0,
      credit: receipt.amount,
    })),
    ...payments.map((payment) => ({
      day: payment.day,
      document: `Списание с расчётного счёта ${payment.number} (заказ ${number})`,
      debit: payment.amount,
      credit: 0,
    })),
  ]);
  return entries.sort((a, b) => a.day.localeCompare(b.day) || b.credit - a.credit);
}

export function balanceOf(entries: readonly LedgerEntry[]): number {
  return sumOf(entries.flatMap(({ debit, credit }) => [credit, -debit]));
}

/** @param from first day @param to last day, both included */
export function statementOf(ledger: readonly LedgerEntry[], from: Day, to: Day): Statement {
  const opening = balanceOf(ledger.filter(({ day }) => day < from));
  const entries = ledger.filter(({ day }) => day >= from && day <= to);
  return {
    opening,
    entries,
    debit: sumOf(entries.map(({ debit }) => debit)),
    credit: sumOf(entries.map(({ credit }) => credit)),
    closing: sumOf([opening, balanceOf(entries)]),
  };
}
