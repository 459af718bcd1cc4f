import { Injectable } from '@nestjs/common';
import { renderManager } from '../../replies';
import type { Answer, Question } from '../dialogue/question';
import type { AnswerTopic } from '../keyboards/callback-data';
import { ArticleFactsAnswer } from './article-facts.answer';
import { Contact } from './contact';
import { FailureAnswer } from './failure.answer';
import { HelpAnswer } from './help.answer';
import { OrdersAnswer } from './orders.answer';
import { PaymentsAnswer } from './payments.answer';
import { ProductsAnswer } from './products.answer';
import { ReconciliationAnswer } from './reconciliation.answer';
import { replyOptions } from './reply-options';
import { topicsOf } from './topics';

/** Answers a question topic by topic; a topic that fails says so and leaves the others alone. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly facts: ArticleFactsAnswer,
    private readonly products: ProductsAnswer,
    private readonly orders: OrdersAnswer,
    private readonly payments: PaymentsAnswer,
    private readonly reconciliation: ReconciliationAnswer,
    private readonly help: HelpAnswer,
    private readonly contact: Contact,
    private readonly failures: FailureAnswer,
  ) {}

  async answer(question: Question): Promise<Answer[]> {
    const { sure, intents } = question.understanding;
    if (!sure) return [await this.help.askBack(question)];
    const topics = topicsOf(intents);
    if (topics.length === 0) return [await this.help.notUnderstood(question)];
    return Promise.all(topics.map((topic) => this.topic(question, topic)));
  }

  /** Answers one topic; never throws. */
  async topic(question: Question, topic: AnswerTopic): Promise<Answer> {
    try {
      return await this.answerTopic(question, topic);
    } catch (error) {
      return this.failures.answer(error, question.asker, question.now);
    }
  }

  private answerTopic(question: Question, topic: AnswerTopic): Answer | Promise<Answer> {
    const { order } = question.understanding;
    switch (topic) {
      case 'stock':
      case 'price':
      case 'stock_and_price':
        return this.facts.answer(question, topic);
      case 'product':
      case 'search':
        return this.products.answer(question);
      case 'order':
      case 'orders':
        return order
          ? this.orders.one(question, order)
          : this.orders.list(question, question.allOrders ? 'all' : 'open');
      case 'payments':
        return this.payments.answer(question, order);
      case 'reconciliation':
        return this.reconciliation.answer(question);
      case 'manager': {
        const html = renderManager(this.contact.of(question.asker.chatId), replyOptions(question));
        return { html, outcome: 'answered', buttons: [] };
      }
      case 'help':
        return this.help.help(question);
    }
  }
}
