import { type RedisConnection } from '../../redis/redis-connection';
import { type InboxUpdate } from '../inbox';
import { type OutboxMessage } from '../outbox';
import { RedisHandover } from './redis-handover';
import { RedisQueue } from './redis-queue';

/** The queues of all replicas that share the connection's database. */
export function redisQueues(redis: RedisConnection) {
  const inbox = new RedisQueue<InboxUpdate>(redis, 'inbox');
  const outbox = new RedisQueue<OutboxMessage>(redis, 'outbox');
  return { inbox, outbox, handover: new RedisHandover(inbox, outbox) };
}
