import { DurableQueue } from './durable-queue';

/** A question that could not be answered while 1C was away: JSON that only the bot understands. */
export interface PromisedQuestion {
  /** When it was asked, milliseconds since the epoch. */
  askedAt: number;
}

/** The questions that the bot has promised to answer when 1C is back. Their lane is the chat. */
export abstract class Promised extends DurableQueue<PromisedQuestion> {}
