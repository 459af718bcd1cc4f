import { DurableQueue } from './durable-queue';

/** What Telegram is still to be told: one call of the Bot API. */
export interface OutboxMessage {
  method: 'sendMessage' | 'editMessageText' | 'sendDocument';
  /** The parameters of the method; plain JSON. */
  payload: Record<string, unknown>;
  /** The file of `sendDocument`. */
  document?: { name: string; base64: string };
}

/** The messages that Telegram has not accepted yet. Their lane is the chat. */
export abstract class Outbox extends DurableQueue<OutboxMessage> {}
