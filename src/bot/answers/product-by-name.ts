import { Injectable } from '@nestjs/common';
import { AccountingService } from '../../cache/accounting.service';
import type { Answer, Question } from '../dialogue/question';
import type { AnswerTopic } from '../keyboards/callback-data';
import { PRODUCTS_TO_CHOOSE, renderAskArticle, renderChooseProduct, renderProducts } from '../../replies';
import { replyOptions } from './reply-options';

/** Either the articles that a question is about, or what to ask back first. */
export type Resolution = { articles: string[] } | { answer: Answer };

/** Finds out which articles a question means where it names a product in words, or nothing at all. */
@Injectable()
export class ProductByName {
  constructor(private readonly accounting: AccountingService) {}

  /** @param topic what the buttons of a choice ask for */
  async resolve(question: Question, topic: AnswerTopic): Promise<Resolution> {
    const { articles, product, intents } = question.understanding;
    if (articles.length > 0) return { articles };
    const options = replyOptions(question);
    if (!product) {
      return { answer: { html: renderAskArticle({ intents }, options), outcome: 'asked_back', buttons: [] } };
    }
    const page = { query: product, limit: PRODUCTS_TO_CHOOSE };
    const { items, total } = await this.accounting.products(question.supplier.id, page, question.options);
    const [only, another] = items;
    if (!only) {
      const html = renderProducts({ items: [], query: product, notFound: [] }, options);
      return { answer: { html, outcome: 'not_found', buttons: [] } };
    }
    if (!another) return { articles: [only.article] };
    return {
      answer: {
        html: renderChooseProduct({ items, query: product, total }, options),
        outcome: 'asked_back',
        buttons: items.map(({ article }) => [{ label: article, action: { topic, words: [article] } }]),
        articles: items.map(({ article }) => article),
      },
    };
  }
}
