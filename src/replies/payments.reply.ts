import type { Language } from '../classifier/understanding';
import type { OneCBalance, OneCPayment } from '../onec/contract';
import { formatDate } from './dates';
import { formatMoney } from './format';
import { message } from './messages';
import type { ReplyOptions } from './options';
import { blocks, given, lines, pageLine } from './text';

/** One page of an answer to `payments`. */
export interface PaymentsAnswer {
  balance?: OneCBalance | null;
  items: OneCPayment[];
  /** How many there are in all; default: as many as are shown. */
  total?: number | null;
  offset?: number;
  /** The document that was asked for. */
  document?: string | null;
}

/** What is owed: a positive balance to the supplier, a negative one to the company (contract, `payments`). HTML. */
function renderBalance({ amount, overdue, currency }: OneCBalance, language: Language): string {
  if (amount === 0) return message(language, 'payment.balanceZero');
  const money = (value: number) => ({ amount: formatMoney(value, currency, language) });
  if (amount < 0) return message(language, 'payment.balanceReverse', money(-amount));
  return lines(
    message(language, 'payment.balanceOwed', money(amount)),
    !!overdue && overdue > 0 && message(language, 'payment.overdue', money(overdue)),
  );
}

/** "оплачено 20.11.2026", "просрочено, срок был 15.11.2026". HTML. */
function statusWithDate(payment: OneCPayment, options: ReplyOptions): string {
  const { language } = options;
  const due = given(payment.dueDate) ? { date: formatDate(payment.dueDate, options, 'short') } : null;
  switch (payment.status) {
    case 'paid':
      return given(payment.paidDate)
        ? message(language, 'payment.paidOn', { date: formatDate(payment.paidDate, options, 'short') })
        : message(language, 'payment.paid');
    case 'overdue':
      return due ? message(language, 'payment.overdueDue', due) : message(language, 'payment.overdueStatus');
    case 'partial':
      return due ? message(language, 'payment.partialDue', due) : message(language, 'payment.partial');
    case 'planned':
      return due ? message(language, 'payment.plannedDue', due) : message(language, 'payment.planned');
  }
}

const STATUS_KEYS = {
  planned: 'payment.planned',
  paid: 'payment.paid',
  overdue: 'payment.overdueStatus',
  partial: 'payment.partial',
} as const;

function paymentCard(payment: OneCPayment, options: ReplyOptions): string {
  const { language } = options;
  const date = (value: string) => ({ date: formatDate(value, options) });
  return blocks(
    message(language, 'payment.documentTitle', { document: payment.document, ...date(payment.date) }),
    lines(
      message(language, 'payment.amount', { amount: formatMoney(payment.amount, payment.currency, language) }),
      message(language, 'payment.status', { status: message(language, STATUS_KEYS[payment.status]) }),
      given(payment.dueDate) && message(language, 'payment.dueDate', date(payment.dueDate)),
      given(payment.paidDate) && message(language, 'payment.paidDate', date(payment.paidDate)),
    ),
  );
}

function paymentEntry(payment: OneCPayment, options: ReplyOptions): string {
  const { language } = options;
  const amount = formatMoney(payment.amount, payment.currency, language);
  const date = formatDate(payment.date, options, 'short');
  return lines(
    message(language, 'payment.entry', { amount, status: statusWithDate(payment, options) }),
    message(language, 'payment.entryDocument', { document: payment.document, date }),
  );
}

/** Answer to a question about payments: the balance and a page of the list, or one document. Telegram HTML. */
export function renderPayments(data: PaymentsAnswer, options: ReplyOptions): string {
  const { language } = options;
  const { items, offset = 0, document } = data;
  const [first] = items;
  if (given(document)) {
    if (!first) return message(language, 'payment.notFound', { document });
    if (items.length === 1) return paymentCard(first, options);
  }
  // The balance opens the list; on the later pages it would only repeat itself.
  const balance = data.balance && offset === 0 && !given(document) ? renderBalance(data.balance, language) : '';
  if (!first) return blocks(balance, message(language, offset > 0 ? 'payment.endOfList' : 'payment.none'));
  return blocks(
    message(language, 'payment.title'),
    balance,
    ...items.map((payment) => paymentEntry(payment, options)),
    pageLine(offset, items.length, data.total ?? offset + items.length, language),
  );
}
