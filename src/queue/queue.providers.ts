import { type Provider } from '@nestjs/common';
import { Settings } from '../config/settings';
import { RedisConnection } from '../redis/redis-connection';
import { EmbeddedHandover } from './embedded/embedded-handover';
import { EmbeddedSendLimits } from './embedded/embedded-send-limits';
import { QueueFile } from './embedded/queue-file';
import { SqliteQueue } from './embedded/sqlite-queue';
import { Handover } from './handover';
import { Inbox, type InboxUpdate } from './inbox';
import { Outbox, type OutboxMessage } from './outbox';
import { Promised, type PromisedQuestion } from './promised';
import { redisQueues } from './redis/redis-queues';
import { RedisSendLimits } from './redis/redis-send-limits';
import { SendLimits } from './send-limits';

/** The queues of the process and the way from the inbox to the outbox. */
export abstract class Queues {
  abstract readonly inbox: Inbox;
  abstract readonly outbox: Outbox;
  abstract readonly promised: Promised;
  abstract readonly handover: Handover;
}

/** Where the queues are kept: in Redis where REDIS_URL is set, else in a file under DATA_DIR. */
export function createQueues(settings: Pick<Settings, 'dataDir'>, redis: RedisConnection | null): Queues {
  return redis ? redisQueues(redis) : embeddedQueues(settings.dataDir);
}

function embeddedQueues(folder: string): Queues {
  const file = new QueueFile(folder);
  const inbox = new SqliteQueue<InboxUpdate>(file, 'inbox');
  const outbox = new SqliteQueue<OutboxMessage>(file, 'outbox');
  const promised = new SqliteQueue<PromisedQuestion>(file, 'promised');
  return { inbox, outbox, promised, handover: new EmbeddedHandover(file, inbox, outbox) };
}

function createSendLimits(settings: Settings, redis: RedisConnection | null): SendLimits {
  const rates = {
    perSecond: settings.telegramMaxPerSecond,
    perChatPerSecond: settings.telegramMaxPerChatPerSecond,
  };
  return redis ? new RedisSendLimits(redis, rates) : new EmbeddedSendLimits(rates);
}

export const queueProviders: Provider[] = [
  { provide: Queues, inject: [Settings, RedisConnection], useFactory: createQueues },
  { provide: Inbox, inject: [Queues], useFactory: ({ inbox }: Queues) => inbox },
  { provide: Outbox, inject: [Queues], useFactory: ({ outbox }: Queues) => outbox },
  { provide: Promised, inject: [Queues], useFactory: ({ promised }: Queues) => promised },
  { provide: Handover, inject: [Queues], useFactory: ({ handover }: Queues) => handover },
  { provide: SendLimits, inject: [Settings, RedisConnection], useFactory: createSendLimits },
];
