import { Injectable } from '@nestjs/common';
import { AccountingService } from '../../cache/accounting.service';
import { buttonLabel, renderPayments } from '../../replies';
import { OneCNotFoundError } from '../../onec/errors';
import type { Answer, Question } from '../dialogue/question';
import type { Button } from '../keyboards/inline-keyboards';
import { pageButtons } from './page-buttons';
import { replyOptions, withAge } from './reply-options';

const PAGE = 10;

/** Answers what the company owes and has paid: in all, or by one document. */
@Injectable()
export class PaymentsAnswer {
  constructor(private readonly accounting: AccountingService) {}

  async answer(question: Question, document: string | null): Promise<Answer> {
    const { offset, asker } = question;
    const received = await this.find(question, document);
    const { balance, items, total = offset + items.length } = received;
    const words = document ? [document] : [];
    const refresh: Button = {
      label: buttonLabel('refresh', asker.language),
      action: { topic: 'payments', words, offset, inPlace: true, fresh: true },
    };
    const all: Button = { label: buttonLabel('payments', asker.language), action: { topic: 'payments', words: [] } };
    const html = renderPayments({ balance, items, total, offset, document }, replyOptions(question));
    return {
      html: withAge(html, received, question),
      outcome: received.stale ? 'stale' : items.length > 0 || !document ? 'answered' : 'not_found',
      away: received.stale,
      buttons: [
        ...pageButtons(question, { topic: 'payments', words }, { size: PAGE, shown: items.length, total }),
        document ? [all, refresh] : [refresh],
      ],
    };
  }

  private async find(question: Question, document: string | null): ReturnType<AccountingService['payments']> {
    const { offset, supplier, options, now } = question;
    const page = { ...(document ? { document } : {}), limit: PAGE, offset };
    try {
      return await this.accounting.payments(supplier.id, page, options);
    } catch (error) {
      if (error instanceof OneCNotFoundError && error.code === 'order_not_found') {
        return { items: [], total: 0, receivedAt: now };
      }
      throw error;
    }
  }
}
