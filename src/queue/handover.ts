import { type NewItem } from './durable-queue';
import { Inbox } from './inbox';
import { Outbox, type OutboxMessage } from './outbox';

/** Ends an update and stores what is to be said to it. */
export abstract class Handover {
  /**
   * Resolves when the messages are stored and the update is done. Where it rejects or the process dies within it, the
   * messages may be stored while the update is still to be done; with ids derived from the update's they are not
   * stored again by the next try.
   *
   * @param updateId id of the inbox's item; where it has ended, only the messages are stored
   * @param messages in the order in which they are to be sent; there may be none
   */
  abstract finish(updateId: string, messages: readonly NewItem<OutboxMessage>[]): Promise<void>;

  /**
   * Whether a message of the lane may be said without being stored, while its update stays in the inbox until that is
   * done: only where nothing of the lane lies in the outbox, which it would overtake.
   */
  abstract mayGoAhead(lane: string): boolean;
}

/** For any two queues: the messages first, so that nothing can be lost between the two. */
export class SequentialHandover extends Handover {
  constructor(
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  async finish(updateId: string, messages: readonly NewItem<OutboxMessage>[]): Promise<void> {
    if (messages.length > 0) await this.outbox.add(messages);
    await this.inbox.done(updateId);
  }

  /** A queue at large does not know what lies in it without being asked. */
  mayGoAhead(): boolean {
    return false;
  }
}
