import { type NewItem } from '../durable-queue';
import { Handover } from '../handover';
import { type InboxUpdate } from '../inbox';
import { type OutboxMessage } from '../outbox';
import { type QueueFile } from './queue-file';
import { type SqliteQueue } from './sqlite-queue';

/** Both in one transaction, for the price of one flush to the disk. */
export class EmbeddedHandover extends Handover {
  constructor(
    private readonly file: QueueFile,
    private readonly inbox: SqliteQueue<InboxUpdate>,
    private readonly outbox: SqliteQueue<OutboxMessage>,
  ) {
    super();
  }

  async finish(updateId: string, messages: readonly NewItem<OutboxMessage>[]): Promise<void> {
    const adding = messages.length > 0 ? [this.outbox.adding(messages)] : [];
    const changes = [...adding, ...this.inbox.ending(updateId)];
    if (changes.length > 0) await this.file.commit(changes, adding.length > 0);
  }
}
