import { DurableQueue } from './durable-queue';

/** An update as Telegram sent it (Bot API, `Update`): JSON that only the bot understands. */
export interface InboxUpdate {
  update_id: number;
}

/** The updates that are confirmed to Telegram and not answered yet. Their id is that of the update, their lane the chat. */
export abstract class Inbox extends DurableQueue<InboxUpdate> {}
