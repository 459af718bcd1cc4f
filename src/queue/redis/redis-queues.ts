import { type RedisConnection } from '../../redis/redis-connection';
import { type InboxUpdate } from '../inbox';
import { type OutboxMessage } from '../outbox';
import { type PromisedQuestion } from '../promised';
import { RedisHandover } from './redis-handover';
import { RedisQueue } from './redis-queue';

/** The queues of all replicas that share the connection's database. */
export function redisQueues(redis: RedisConnection) {
  const inbox = new RedisQueue<InboxUpdate>(redis, 'inbox');
  const outbox = new RedisQueue<OutboxMessage>(redis, 'outbox');
  const promised = new RedisQueue<PromisedQuestion>(redis, 'promised');
  return { inbox, outbox, promised, handover: new RedisHandover(inbox, outbox) };
}
