import { type NewItem } from '../durable-queue';
import { Handover } from '../handover';
import { type InboxUpdate } from '../inbox';
import { type OutboxMessage } from '../outbox';
import { type QueueFile } from './queue-file';
import { type SqliteQueue } from './sqlite-queue';

/**
 * Both in one transaction. It is not flushed to the disk: a power failure that takes the messages away brings the update
 * back with them, which is answered again.
 */
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
    const ending = this.inbox.ending(updateId);
    if (adding.length + ending.length === 0) return;
    await this.file.commit([...adding, ...ending], ending.length === 0 ? 'durable' : 'now');
  }

  /** The file belongs to this process: what lies in it is known. */
  mayGoAhead(lane: string): boolean {
    return !this.outbox.hasUnderWay(lane);
  }
}
