import { Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';
import { registerReadGauge } from './read-gauge';

const ITEM_STATES = ['waiting', 'claimed', 'dead'] as const;

export interface QueueReading {
  name: string;
  /** Whether the store answers and can be written to. */
  isUp: boolean;
  /** Missing where the store did not answer in time. */
  counts?: Readonly<Record<(typeof ITEM_STATES)[number], number>>;
}

/** Shows what lies in the durable queues, and whether their stores answer and can be written to. */
@Injectable()
export class StoreMetrics {
  constructor(private readonly registry: Registry) {}

  /** @param read must answer in bounded time */
  watchQueues(read: () => Promise<readonly QueueReading[]>): void {
    registerReadGauge(this.registry, {
      name: 'queue_items',
      help: 'Items by queue (inbox: updates to be answered, outbox: messages to be sent, promised: answers promised while 1C is away) and state; dead: set aside after too many tries, kept for a week',
      labelNames: ['queue', 'state'],
      read: async () =>
        (await read()).flatMap(({ name: queue, counts }) =>
          counts ? ITEM_STATES.map((state) => ({ labels: { queue, state }, value: counts[state] })) : [],
        ),
    });
    registerReadGauge(this.registry, {
      name: 'queue_up',
      help: '1 where the store of the queue answers and can be written to, else 0: answers go past the queues then, and no update is confirmed before its answer',
      labelNames: ['queue'],
      read: async () => (await read()).map(({ name: queue, isUp }) => ({ labels: { queue }, value: isUp ? 1 : 0 })),
    });
  }

  /** @param read whether Redis answers now */
  watchRedis(read: () => boolean): void {
    registerReadGauge(this.registry, {
      name: 'redis_up',
      help: '1 while Redis answers, else 0: questions are answered without a cache, and no update is confirmed; missing without REDIS_URL',
      read: () => [{ value: read() ? 1 : 0 }],
    });
  }
}
