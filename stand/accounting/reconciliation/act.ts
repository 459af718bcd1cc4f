import { type Day, russianDay } from '../business/days';
import { type Statement } from '../business/ledger';

/** What an act of reconciliation is made of. */
export interface ActData {
  company: string;
  supplier: string;
  inn?: string;
  /** ISO 4217. */
  currency: string;
  from: Day;
  to: Day;
  statement: Statement;
}

/** A line of the table; amounts are undefined where the cell stays empty. */
export interface ActRow {
  day: string;
  document: string;
  debit?: number;
  credit?: number;
  /** Owed to the supplier where positive. */
  balance?: number;
  /** Balances and turnovers stand out from the documents. */
  total: boolean;
}

/** The act as it is written down, whatever the format of the file. */
export interface Act {
  title: string;
  parties: string;
  columns: readonly string[];
  rows: readonly ActRow[];
  conclusion: string;
}

/** Puts the statement of a period into the words and rows of an act of reconciliation. */
export function actOf({ company, supplier, inn, currency, from, to, statement }: ActData): Act {
  let balance = statement.opening;
  const documents = statement.entries.map(({ day, document, debit, credit }) => {
    balance = Math.round((balance + credit - debit) * 100) / 100;
    return {
      day: russianDay(day),
      document,
      debit: debit || undefined,
      credit: credit || undefined,
      balance,
      total: false,
    };
  });
  const { opening, debit, credit, closing } = statement;
  return {
    title: `Акт сверки взаимных расчётов за период с ${russianDay(from)} по ${russianDay(to)}`,
    parties: `между ${company} и ${supplier}${inn === undefined ? '' : ` (ИНН ${inn})`}, валюта ${currency}`,
    columns: ['Дата', 'Документ', 'Дебет', 'Кредит', 'Сальдо'],
    rows: [
      { day: russianDay(from), document: 'Сальдо начальное', balance: opening, total: true },
      ...documents,
      { day: '', document: 'Обороты за период', debit, credit, total: true },
      { day: russianDay(to), document: 'Сальдо конечное', balance: closing, total: true },
    ],
    conclusion: conclusionOf(closing, company, supplier, currency, russianDay(to)),
  };
}

function conclusionOf(closing: number, company: string, supplier: string, currency: string, day: string): string {
  if (closing === 0) return `На ${day} задолженность отсутствует.`;
  const creditor = closing > 0 ? supplier : company;
  return `На ${day} задолженность в пользу ${creditor}: ${formatAmount(Math.abs(closing))} ${currency}.`;
}

/** @returns `1 234 567,80`; an empty text for an empty cell */
export function formatAmount(amount: number | undefined): string {
  return amount === undefined
    ? ''
    : amount.toLocaleString('ru-RU', { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: true });
}
