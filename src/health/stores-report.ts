import { Inject, Injectable, Optional } from '@nestjs/common';
import { QueueCensus } from '../queue/queue-census';
import { type QueueCounts } from '../queue/durable-queue';
import { RedisConnection } from '../redis/redis-connection';
import { keptFor } from './kept-for';

/** However many probes come, the stores are asked once in so long. */
const KEEP_MS = 1000;

interface StoreReport {
  status: 'up' | 'down';
  [fact: string]: string | QueueCounts;
}

/**
 * What an operator wants to know of the queues and of Redis. It is told and decides nothing: a dead item is no reason
 * to take a replica out of service, and a store that is away shows in the reception of updates.
 */
@Injectable()
export class StoresReport {
  private readonly census = keptFor(KEEP_MS, () => this.queues.take());

  constructor(
    private readonly queues: QueueCensus,
    @Optional() @Inject(RedisConnection) private readonly redis: RedisConnection | null,
  ) {}

  /** Never rejects, and never takes longer than the census of the queues. */
  async read(): Promise<Record<string, StoreReport>> {
    return { queues: this.ofQueues(await this.census()), ...this.ofRedis() };
  }

  private ofQueues(census: Awaited<ReturnType<QueueCensus['take']>>): StoreReport {
    const counts = Object.fromEntries(census.map(({ name, counts }) => [name, counts ?? 'the store does not answer']));
    if (census.every(({ isUp }) => isUp)) return { status: 'up', ...counts };
    return { status: 'down', reason: 'nothing can be stored, see the log: answers go past the queues', ...counts };
  }

  private ofRedis(): { redis?: StoreReport } {
    if (!this.redis) return {};
    // Why it is down names its address: that is in the log.
    const { state, since } = this.redis.state;
    return { redis: { status: state, since: new Date(since).toISOString() } };
  }
}
