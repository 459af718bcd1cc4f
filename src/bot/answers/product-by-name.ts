import { Injectable } from '@nestjs/common';
import type { Answer, Question } from '../dialogue/question';
import type { AnswerTopic } from '../keyboards/callback-data';
import { PRODUCTS_TO_CHOOSE, renderAskArticle, renderChooseProduct, renderProducts } from '../../replies';
import { ProductSearch } from './product-search';
import { replyOptions } from './reply-options';

/** Either the articles that a question is about, or what to say first. */
export type Resolution = { articles: string[] } | { answer: Answer };

/** Finds out which articles a question means where it names a product in words, or nothing at all. */
@Injectable()
export class ProductByName {
  constructor(private readonly search: ProductSearch) {}

  /** @param topic what the buttons of a choice ask for */
  async resolve(question: Question, topic: AnswerTopic): Promise<Resolution> {
    const { articles, product, intents } = question.understanding;
    if (articles.length > 0) return { articles };
    if (product) return this.byName(question, product, topic);
    const html = renderAskArticle({ intents }, replyOptions(question));
    return { answer: { html, outcome: 'asked_back', buttons: [] } };
  }

  /**
   * Looks for what may be a product's name rather than an article ("подшипник 6205"), once the article is not known.
   *
   * @param topic what the buttons of a choice ask for
   * @returns null where no product goes by the name either
   */
  async insteadOfArticle(question: Question, topic: AnswerTopic): Promise<Resolution | null> {
    const { nameWithArticle } = question.understanding;
    if (nameWithArticle === undefined) return null;
    const resolution = await this.byName(question, nameWithArticle, topic);
    return 'answer' in resolution && resolution.answer.outcome === 'not_found' ? null : resolution;
  }

  private async byName(question: Question, product: string, topic: AnswerTopic): Promise<Resolution> {
    const options = replyOptions(question);
    const { items, total } = await this.search.find(question, product, PRODUCTS_TO_CHOOSE);
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
