import { Injectable } from '@nestjs/common';
import { AccountingService } from '../../cache/accounting.service';
import { OneCNotFoundError } from '../../onec/errors';
import { buttonLabel, renderMatchingOrders, renderOrder, renderOrderNotFound, renderOrders } from '../../replies';
import type { Answer, Question } from '../dialogue/question';
import { inRows } from '../keyboards/in-rows';
import type { Button } from '../keyboards/inline-keyboards';
import { pageButtons } from './page-buttons';
import { replyOptions, withAge } from './reply-options';
import { SupportedOperations } from './supported-operations';

const PAGE = 5;
/** Stands for "all orders" in a button; without it the open ones are meant. */
export const ALL_ORDERS = 'all';

/** Answers about the company's orders to the supplier: one by its number, or a list. */
@Injectable()
export class OrdersAnswer {
  constructor(
    private readonly accounting: AccountingService,
    private readonly supported: SupportedOperations,
  ) {}

  async one(question: Question, number: string): Promise<Answer> {
    const options = replyOptions(question);
    const { language } = question.asker;
    const list: Button = { label: buttonLabel('orders', language), action: { topic: 'orders', words: [] } };
    const found = await this.find(question, number);
    const { items, total } = found;
    const [order, another] = items;
    if (!order) {
      return { html: renderOrderNotFound({ number }, options), outcome: 'not_found', buttons: [[list]] };
    }
    if (another) {
      return {
        html: renderMatchingOrders({ number, items, total }, options),
        outcome: 'asked_back',
        buttons: numberButtons(items.map((item) => item.number)),
      };
    }
    const refresh: Button = {
      label: buttonLabel('refresh', language),
      action: { topic: 'order', words: [order.number], inPlace: true, fresh: true },
    };
    const payment: Button = {
      label: buttonLabel('payment', language),
      action: { topic: 'payments', words: [order.number] },
    };
    const row = this.supported.has('payments') ? [payment, refresh] : [refresh];
    return {
      html: withAge(renderOrder({ order }, options), found, question),
      outcome: found.stale ? 'stale' : 'answered',
      away: found.stale,
      buttons: [row, [list]],
    };
  }

  async list(question: Question, state: 'open' | 'all'): Promise<Answer> {
    const { offset, supplier, asker } = question;
    const page = { state, limit: PAGE, offset };
    const received = await this.accounting.orders(supplier.id, page, question.options);
    const { items, total = offset + items.length } = received;
    const words = state === 'all' ? [ALL_ORDERS] : [];
    const other: Button =
      state === 'all'
        ? { label: buttonLabel('openOrders', asker.language), action: { topic: 'orders', words: [] } }
        : { label: buttonLabel('allOrders', asker.language), action: { topic: 'orders', words: [ALL_ORDERS] } };
    return {
      html: withAge(renderOrders({ items, total, offset, state }, replyOptions(question)), received, question),
      outcome: received.stale ? 'stale' : 'answered',
      away: received.stale,
      buttons: [
        ...numberButtons(items.map((item) => item.number)),
        ...pageButtons(question, { topic: 'orders', words }, { size: PAGE, shown: items.length, total }),
        [other],
      ],
    };
  }

  private async find(question: Question, number: string): ReturnType<AccountingService['orders']> {
    try {
      return await this.accounting.orders(question.supplier.id, { number }, question.options);
    } catch (error) {
      if (error instanceof OneCNotFoundError && error.code === 'order_not_found') {
        return { items: [], total: 0, receivedAt: question.now };
      }
      throw error;
    }
  }
}

/** One button an order, two in a row. */
function numberButtons(numbers: string[]): Button[][] {
  return inRows(
    numbers.map((number): Button => ({ label: `№ ${number}`, action: { topic: 'order', words: [number] } })),
    2,
  );
}
