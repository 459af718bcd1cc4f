import { Injectable } from '@nestjs/common';
import { distance } from 'fastest-levenshtein';
import { AccountingService } from '../../cache/accounting.service';
import { articleKey } from '../../onec/article-key';
import type { Missing } from '../../replies';
import type { Question } from '../dialogue/question';

/** Articles of one question for which offers are looked up; for more the list would be of no use. */
const LOOKED_UP = 5;
const OFFERED = 3;
/** Products that are compared with one unknown article. */
const CANDIDATES = 50;
/** Offers are a courtesy: the answer waits no longer for them. */
const PATIENCE_MS = 1500;

/** Offers known articles for one that the accounting system does not know: most often it was mistyped. */
@Injectable()
export class NearestArticles {
  constructor(private readonly accounting: AccountingService) {}

  /** @returns each article with the nearest known ones, nearest first; without any where they cannot be had */
  async of(question: Question, notFound: readonly string[]): Promise<Missing[]> {
    const looked = await Promise.all(
      notFound
        .slice(0, LOOKED_UP)
        .map(async (article) => ({ article, nearest: await this.nearest(question, article) })),
    );
    return [...looked, ...notFound.slice(LOOKED_UP).map((article) => ({ article, nearest: [] }))];
  }

  private async nearest({ supplier, options }: Question, article: string): Promise<string[]> {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    for (const query of [article, beginningOf(article)]) {
      if (query === '') continue;
      try {
        const { items } = await this.accounting.products(
          supplier.id,
          { query, limit: CANDIDATES },
          { signal: patience, trace: options.trace },
        );
        const near = rankByDistance(
          article,
          items.map((item) => item.article),
        );
        if (near.length > 0) return near;
      } catch {
        // Whatever is wrong with the accounting system has been logged where it was asked.
        return [];
      }
    }
    return [];
  }
}

/** The part of an article that a slip near its end leaves whole. */
function beginningOf(article: string): string {
  const length = Math.ceil(article.length * 0.6);
  return length < article.length ? article.slice(0, length).replace(/[\s\-./\\]+$/, '') : '';
}

/** @returns known articles that differ from `article` by a slip or two, nearest first */
export function rankByDistance(article: string, known: readonly string[]): string[] {
  const key = articleKey(article);
  const tolerance = Math.max(1, Math.floor(key.length / 3));
  return [...new Set(known)]
    .map((candidate) => ({ candidate, apart: distance(key, articleKey(candidate)) }))
    .filter(({ apart }) => apart <= tolerance)
    .sort((one, other) => one.apart - other.apart)
    .slice(0, OFFERED)
    .map(({ candidate }) => candidate);
}
