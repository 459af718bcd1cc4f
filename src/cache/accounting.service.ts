import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings';
import { CacheMetrics } from '../metrics/cache.metrics';
import {
  MAX_ARTICLES_PER_REQUEST,
  type OneCOrdersRequest,
  type OneCPaymentsRequest,
  type OneCPriceItem,
  type OneCProduct,
  type OneCReconciliationRequest,
  type OneCStockItem,
  type OneCSupplier,
  type Operation,
  type RequestOf,
  type ResponseOf,
} from '../onec/contract';
import { type CallTrace } from '../onec/call-trace';
import { OneCCancelledError } from '../onec/errors';
import { OneCService, type CallOptions, type OneCAnswer } from '../onec/onec.service';
import { AnswerCache, type AnswerCacheOptions } from './answer-cache';
import { byArticleKey, entriesOf, knownOf, type ArticleEntry, type Known } from './article-answers';
import { cachePolicy } from './cache-control';
import { CacheStore } from './cache-store';
import { type Errand } from './single-flight';

export type { Known } from './article-answers';

export interface AskOptions {
  /** A UUID, the same for all that one message asks. */
  requestId?: string;
  /** Ends the wait with OneCCancelledError; what others wait for as well goes on. */
  signal?: AbortSignal;
  /** Collects what the question cost. */
  trace?: CallTrace;
  /** Passes over what is kept (the refresh button); what 1C answers is kept all the same. */
  fresh?: boolean;
  /** Told whenever 1C is about to be asked, before the request is sent. */
  onAsk?: () => void;
}

/** A whole answer of 1C; `receivedAt` in milliseconds since the epoch; `stale`: past its time, since 1C is away. */
export type Received<T> = T & { receivedAt: number; stale?: boolean };

export interface ProductsByArticle {
  articles: readonly string[];
}

export interface ProductsByQuery {
  query: string;
  limit?: number;
  offset?: number;
}

type ArticleOperation = 'stock' | 'prices' | 'products';

/**
 * What the accounting system knows, as the bot asks for it: from the cache where the contract's caching rules allow,
 * else from 1C, each thing once for all who ask at the same time. What was answered to one supplier never reaches
 * another, unless 1C called the answer `public`.
 *
 * Every method throws OneCError as OneCService.call does; a cache that fails is passed over.
 */
@Injectable()
export class AccountingService {
  private readonly stockItems: AnswerCache<ArticleEntry<OneCStockItem>>;
  private readonly priceItems: AnswerCache<ArticleEntry<OneCPriceItem>>;
  private readonly productItems: AnswerCache<ArticleEntry<OneCProduct>>;
  private readonly productPages: AnswerCache<Received<ResponseOf<'products'>>>;
  private readonly suppliers: AnswerCache<Received<ResponseOf<'identify'>>>;
  private readonly orderPages: AnswerCache<Received<ResponseOf<'orders'>>>;
  private readonly paymentPages: AnswerCache<Received<ResponseOf<'payments'>>>;

  constructor(
    private readonly onec: OneCService,
    private readonly settings: Settings,
    store: CacheStore,
    metrics: CacheMetrics,
  ) {
    const cache = <T>(operation: Operation, options: AnswerCacheOptions = {}) =>
      new AnswerCache<T>(store, metrics, operation, options);
    const byArticle = { batchSize: MAX_ARTICLES_PER_REQUEST };
    // Answers about one supplier: nobody of another waits for them.
    const ofSupplier = { lastScope: 'private' } as const;
    this.stockItems = cache('stock', byArticle);
    this.priceItems = cache('prices', byArticle);
    this.productItems = cache('products', byArticle);
    this.productPages = cache('products', { shelf: 'products?query' });
    this.suppliers = cache('identify', ofSupplier);
    this.orderPages = cache('orders', ofSupplier);
    this.paymentPages = cache('payments', ofSupplier);
  }

  /**
   * @param chatId Telegram's chat id; a private entry is the chat's own
   * @throws OneCNotFoundError `supplier_not_found` for a chat that 1C does not know
   */
  async identify(chatId: number, options: AskOptions = {}): Promise<OneCSupplier> {
    const owner = String(chatId);
    const { supplier } = await this.whole(this.suppliers, 'identify', owner, owner, { chatId }, options);
    return supplier;
  }

  stock(supplierId: string, articles: readonly string[], options: AskOptions = {}): Promise<Known<OneCStockItem>> {
    return this.known(this.stockItems, 'stock', supplierId, articles, options);
  }

  prices(supplierId: string, articles: readonly string[], options: AskOptions = {}): Promise<Known<OneCPriceItem>> {
    return this.known(this.priceItems, 'prices', supplierId, articles, options);
  }

  /** Products by their articles or barcodes, or a page of those that the words of a query find. */
  products(supplierId: string, by: ProductsByArticle, options?: AskOptions): Promise<Known<OneCProduct>>;
  products(supplierId: string, by: ProductsByQuery, options?: AskOptions): Promise<Received<ResponseOf<'products'>>>;
  products(
    supplierId: string,
    by: ProductsByArticle | ProductsByQuery,
    options: AskOptions = {},
  ): Promise<Known<OneCProduct> | Received<ResponseOf<'products'>>> {
    if ('articles' in by) return this.known(this.productItems, 'products', supplierId, by.articles, options);
    const { query, limit, offset } = by;
    const parameter = JSON.stringify([query.trim().replace(/\s+/g, ' ').toLowerCase(), limit, offset]);
    return this.whole(
      this.productPages,
      'products',
      supplierId,
      parameter,
      { supplierId, query, limit, offset },
      options,
    );
  }

  /** @param request as in the contract, without the supplier */
  orders(
    supplierId: string,
    request: Omit<OneCOrdersRequest, 'supplierId'> = {},
    options: AskOptions = {},
  ): Promise<Received<ResponseOf<'orders'>>> {
    const { number, state, limit, offset } = request;
    const parameter = JSON.stringify([number?.trim().toUpperCase(), state, limit, offset]);
    const full = { supplierId, number, state, limit, offset };
    return this.whole(this.orderPages, 'orders', supplierId, parameter, full, options);
  }

  /** @param request as in the contract, without the supplier */
  payments(
    supplierId: string,
    request: Omit<OneCPaymentsRequest, 'supplierId'> = {},
    options: AskOptions = {},
  ): Promise<Received<ResponseOf<'payments'>>> {
    const { document, limit, offset } = request;
    const parameter = JSON.stringify([document?.trim().toUpperCase(), limit, offset]);
    const full = { supplierId, document, limit, offset };
    return this.whole(this.paymentPages, 'payments', supplierId, parameter, full, options);
  }

  /** Always from 1C: files of megabytes are not kept in a cache that is bounded by entries. */
  async reconciliation(
    supplierId: string,
    request: Omit<OneCReconciliationRequest, 'supplierId'>,
    options: AskOptions = {},
  ): Promise<Received<ResponseOf<'reconciliation'>>> {
    options.onAsk?.();
    return received(await this.onec.call('reconciliation', { ...request, supplierId }, callOptions(options)));
  }

  /** Always from 1C. */
  async ping(options: AskOptions = {}): Promise<Received<ResponseOf<'ping'>>> {
    return received(await this.onec.ping(callOptions(options)));
  }

  private async known<O extends ArticleOperation, T extends ResponseOf<O>['items'][number]>(
    cache: AnswerCache<ArticleEntry<T>>,
    operation: O,
    supplierId: string,
    articles: readonly string[],
    options: AskOptions,
  ): Promise<Known<T>> {
    const question = byArticleKey(articles);
    const call = this.caller(operation, options);
    const fetch: Errand<ArticleEntry<T>>['fetch'] = async (keys, signal) => {
      const request = {
        supplierId,
        articles: keys.map((key) => question.wanted.get(key) ?? key),
        // A page of 20 would be the default, short of what a full request asks for.
        ...(operation === 'products' ? { limit: MAX_ARTICLES_PER_REQUEST } : {}),
      };
      const answer = await call(request as RequestOf<O>, signal);
      const body = answer.body as ResponseOf<ArticleOperation> & { items: T[] };
      return { ...this.policy(operation, answer), values: entriesOf(keys, body, answer.receivedAt) };
    };
    const keys = [...question.wanted.keys()];
    const answers = await cache.read(supplierId, keys, fetch, () => cancelled(operation, options), options);
    return knownOf(question, answers, Date.now());
  }

  private async whole<O extends Operation>(
    cache: AnswerCache<Received<ResponseOf<O>>>,
    operation: O,
    owner: string,
    parameter: string,
    request: RequestOf<O>,
    options: AskOptions,
  ): Promise<Received<ResponseOf<O>>> {
    const call = this.caller(operation, options);
    const fetch: Errand<Received<ResponseOf<O>>>['fetch'] = async (_, signal) => {
      const answer = await call(request, signal);
      return { ...this.policy(operation, answer), values: new Map([[parameter, received(answer)]]) };
    };
    const answers = await cache.read(owner, [parameter], fetch, () => cancelled(operation, options), options);
    const answer = answers.values.get(parameter)!;
    return answers.stale ? { ...answer, stale: true } : answer;
  }

  /**
   * Calls of one question: within one deadline from now, also those that are made after a wait in vain for another's.
   * Only the first has the question's request id: a request with another body is another question to 1C.
   */
  private caller<O extends Operation>(
    operation: O,
    options: AskOptions,
  ): (request: RequestOf<O>, signal: AbortSignal) => Promise<OneCAnswer<O>> {
    const startedAt = performance.now();
    let { requestId } = options;
    return (request, signal) => {
      options.onAsk?.();
      requestId ??= randomUUID();
      const deadlineMs = this.settings.onecDeadlineMs - (performance.now() - startedAt);
      const answer = this.onec.call(operation, request, { ...callOptions(options), requestId, signal, deadlineMs });
      requestId = undefined;
      return answer;
    };
  }

  private policy<O extends Operation>(operation: O, answer: OneCAnswer<O>) {
    return cachePolicy(operation, answer, this.settings.cacheTtlSeconds);
  }
}

function callOptions({ requestId, signal, trace }: AskOptions): CallOptions {
  return { ...(requestId ? { requestId } : {}), ...(signal ? { signal } : {}), ...(trace ? { trace } : {}) };
}

function cancelled(operation: Operation, { requestId = '' }: AskOptions): OneCCancelledError {
  return new OneCCancelledError({ operation, requestId, attempts: 0 });
}

function received<O extends Operation>({ body, receivedAt }: OneCAnswer<O>): Received<ResponseOf<O>> {
  return { ...body, receivedAt };
}
