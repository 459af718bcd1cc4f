import { Injectable } from '@nestjs/common';
import { AccountingService } from '../../cache/accounting.service';
import { buttonLabel, renderAskArticle, renderProducts } from '../../replies';
import type { Answer, Question } from '../dialogue/question';
import type { Button } from '../keyboards/inline-keyboards';
import { NearestArticles } from './nearest-articles';
import { pageButtons } from './page-buttons';
import { ProductSearch } from './product-search';
import { replyOptions } from './reply-options';

const PAGE = 10;

/** Answers what an article is, or which products go by a name. */
@Injectable()
export class ProductsAnswer {
  constructor(
    private readonly accounting: AccountingService,
    private readonly search: ProductSearch,
    private readonly nearest: NearestArticles,
  ) {}

  async answer(question: Question): Promise<Answer> {
    const { articles, product, intents } = question.understanding;
    if (articles.length > 0) return this.byArticles(question, articles);
    if (product) return this.byQuery(question, product);
    return { html: renderAskArticle({ intents }, replyOptions(question)), outcome: 'asked_back', buttons: [] };
  }

  private async byArticles(question: Question, articles: string[]): Promise<Answer> {
    const { items, notFound } = await this.accounting.products(question.supplier.id, { articles }, question.options);
    const { nameWithArticle } = question.understanding;
    if (items.length === 0 && nameWithArticle !== undefined) {
      const named = await this.byQuery(question, nameWithArticle);
      if (named.outcome === 'answered') return named;
    }
    const missing = await this.nearest.of(question, notFound);
    return {
      html: renderProducts({ items, notFound: missing }, replyOptions(question)),
      outcome: items.length > 0 ? 'answered' : 'not_found',
      buttons: factButtons(
        question,
        items.map(({ article }) => article),
      ),
      articles,
    };
  }

  private async byQuery(question: Question, query: string): Promise<Answer> {
    const { offset } = question;
    const { items, total = offset + items.length } = await this.search.find(question, query, PAGE, offset);
    const found = items.map(({ article }) => article);
    return {
      html: renderProducts({ items, total, offset, query, notFound: [] }, replyOptions(question)),
      outcome: items.length > 0 ? 'answered' : 'not_found',
      buttons: [
        ...factButtons(question, found),
        ...pageButtons(question, { topic: 'search', words: [query] }, { size: PAGE, shown: items.length, total }),
      ],
      articles: found,
    };
  }
}

/** Stock and price of the products that were found. */
function factButtons({ asker: { language } }: Question, articles: string[]): Button[][] {
  if (articles.length === 0) return [];
  return [
    [
      { label: buttonLabel('stock', language), action: { topic: 'stock', words: articles } },
      { label: buttonLabel('price', language), action: { topic: 'price', words: articles } },
    ],
  ];
}
