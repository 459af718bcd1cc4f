import { type NewItem } from '../durable-queue';
import { Handover } from '../handover';
import { type InboxUpdate } from '../inbox';
import { type OutboxMessage } from '../outbox';
import { type RedisQueue } from './redis-queue';

/** Both in one script: one way to Redis and back. */
export class RedisHandover extends Handover {
  constructor(
    private readonly inbox: RedisQueue<InboxUpdate>,
    private readonly outbox: RedisQueue<OutboxMessage>,
  ) {
    super();
  }

  finish(updateId: string, messages: readonly NewItem<OutboxMessage>[]): Promise<void> {
    return this.inbox.handOver(updateId, this.outbox, messages);
  }

  /**
   * Another replica may have stored something of the lane, or taken the update over: then the id of a stored message keeps
   * it from being said twice.
   */
  mayGoAhead(): boolean {
    return false;
  }
}
