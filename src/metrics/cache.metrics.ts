import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import { METRIC_PREFIX } from './metric-name';

export type CacheLookupResult = 'hit' | 'miss' | 'joined';

/** Counts what the cache spares the accounting system. */
@Injectable()
export class CacheMetrics {
  private readonly lookups: Counter<'operation' | 'result'>;
  private readonly staleAnswers: Counter<'operation'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.lookups = new Counter({
      name: `${METRIC_PREFIX}cache_lookups_total`,
      help: 'Answers looked for in the cache, one an article, by operation: hit, miss (1C was asked) or joined (another had asked for it already)',
      labelNames: ['operation', 'result'],
      registers,
    });
    this.staleAnswers = new Counter({
      name: `${METRIC_PREFIX}cache_stale_answers_total`,
      help: 'Answers past their time that were shown with their age because 1C was away, one an article, by operation',
      labelNames: ['operation'],
      registers,
    });
  }

  /**
   * @param operation of the contract
   * @param count articles, or 1 for a whole answer
   */
  lookedUp(operation: string, result: CacheLookupResult, count: number): void {
    if (count > 0) this.lookups.inc({ operation, result }, count);
  }

  /** @param operation of the contract */
  servedStale(operation: string, count: number): void {
    if (count > 0) this.staleAnswers.inc({ operation }, count);
  }
}
