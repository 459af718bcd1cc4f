import { Injectable } from '@nestjs/common';
import { AccountingService, type Known } from '../../cache/accounting.service';
import type { OneCPriceItem, OneCStockItem } from '../../onec/contract';
import {
  buttonLabel,
  type Missing,
  renderPrices,
  renderStock,
  renderStockAndPrices,
  renderUnanswered,
} from '../../replies';
import type { Answer, Question } from '../dialogue/question';
import type { Button } from '../keyboards/inline-keyboards';
import { NearestArticles } from './nearest-articles';
import { ProductByName } from './product-by-name';
import { replyOptions } from './reply-options';
import { SupportedOperations } from './supported-operations';

export type FactsTopic = 'stock' | 'price' | 'stock_and_price';

/** Buttons with the articles that were found near an unknown one. */
const OFFERS_SHOWN = 6;

interface Facts {
  html: string;
  items: { article: string }[];
  missing: Missing[];
  stale: boolean;
  unanswered: string[];
}

/** Answers about stock and prices of articles. */
@Injectable()
export class ArticleFactsAnswer {
  constructor(
    private readonly accounting: AccountingService,
    private readonly products: ProductByName,
    private readonly nearest: NearestArticles,
    private readonly supported: SupportedOperations,
  ) {}

  async answer(question: Question, topic: FactsTopic): Promise<Answer> {
    const resolution = await this.products.resolve(question, topic);
    if ('answer' in resolution) return resolution.answer;
    const { articles } = resolution;
    const facts = await this.facts(question, topic, articles);
    const found = [...new Set(facts.items.map(({ article }) => article))];
    if (found.length === 0 && facts.unanswered.length === 0) {
      const named = await this.products.insteadOfArticle(question, topic);
      if (named && 'answer' in named) return named.answer;
      if (named) return this.answer(aboutArticles(question, named.articles), topic);
    }
    const unanswered = [...new Set(facts.unanswered)];
    const open = unanswered.length > 0 && renderUnanswered(unanswered, replyOptions(question));
    return {
      html: [facts.html, open].filter(Boolean).join('\n\n'),
      outcome: facts.stale ? 'stale' : found.length > 0 ? 'answered' : 'not_found',
      buttons: [...this.offers(facts.missing, topic), ...this.actions(question, topic, found)],
      articles,
      away: facts.stale,
    };
  }

  private async facts(question: Question, topic: FactsTopic, articles: string[]): Promise<Facts> {
    const { supplier, options } = question;
    const written = replyOptions(question);
    if (topic === 'stock') {
      const stock = await this.accounting.stock(supplier.id, articles, options);
      const missing = await this.nearest.of(question, stock.notFound);
      return { ...stock, html: renderStock({ ...stock, notFound: missing }, written), missing };
    }
    if (topic === 'price') {
      const prices = await this.accounting.prices(supplier.id, articles, options);
      const missing = await this.nearest.of(question, prices.notFound);
      return { ...prices, html: renderPrices({ ...prices, notFound: missing }, written), missing };
    }
    const [stock, prices] = await Promise.all([
      this.accounting.stock(supplier.id, articles, options),
      this.accounting.prices(supplier.id, articles, options),
    ]);
    const missing = await this.nearest.of(question, unknownToBoth(stock, prices));
    const html = renderStockAndPrices(
      {
        stock: { ...stock, notFound: offersFor(stock.notFound, missing) },
        prices: { ...prices, notFound: offersFor(prices.notFound, missing) },
      },
      written,
    );
    return {
      html,
      items: [...stock.items, ...prices.items],
      missing,
      stale: stock.stale || prices.stale,
      unanswered: [...stock.unanswered, ...prices.unanswered],
    };
  }

  private offers(missing: Missing[], topic: FactsTopic): Button[][] {
    const articles = missing.flatMap(({ nearest }) => nearest).slice(0, OFFERS_SHOWN);
    return articles.map((article) => [{ label: article, action: { topic, words: [article] } }]);
  }

  private actions({ asker: { language } }: Question, topic: FactsTopic, found: string[]): Button[][] {
    if (found.length === 0) return [];
    const refresh: Button = {
      label: buttonLabel('refresh', language),
      action: { topic, words: found, inPlace: true, fresh: true },
    };
    const other = topic === 'stock' ? 'price' : topic === 'price' ? 'stock' : null;
    if (!other || !this.supported.has(other === 'price' ? 'prices' : 'stock')) return [[refresh]];
    return [[{ label: buttonLabel(other, language), action: { topic: other, words: found } }, refresh]];
  }
}

/** The same question, once it is known which articles it is about. */
function aboutArticles(question: Question, articles: string[]): Question {
  return { ...question, understanding: { ...question.understanding, articles, nameWithArticle: undefined } };
}

function unknownToBoth(stock: Known<OneCStockItem>, prices: Known<OneCPriceItem>): string[] {
  const unpriced = new Set(prices.notFound);
  return stock.notFound.filter((article) => unpriced.has(article));
}

function offersFor(notFound: string[], missing: Missing[]): Missing[] {
  return notFound.map((article) => missing.find((one) => one.article === article) ?? { article, nearest: [] });
}
