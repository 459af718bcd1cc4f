import { Injectable, Logger } from '@nestjs/common';
import type { Understanding } from '../../classifier/understanding';
import { Promised, type PromisedQuestion } from '../../queue/promised';
import type { Asker } from '../dialogue/question';

/** Questions of one chat that are kept at the same time; more would only bury the person in answers. */
const MOST_PER_CHAT = 20;

/** A question that waits for 1C, with all that it takes to answer it. */
export interface KeptQuestion extends PromisedQuestion {
  asker: Asker;
  understanding: Understanding;
  allOrders?: boolean;
  /** In the person's own words, to be quoted in the answer; none for a button. */
  text?: string;
}

/** Keeps the questions that could not be answered while 1C was away. */
@Injectable()
export class PromisesService {
  private readonly logger = new Logger(PromisesService.name);

  constructor(private readonly promised: Promised) {}

  /**
   * @returns the id under which the promise can be cancelled; null where the chat has enough of them, or where they
   * cannot be stored: then nothing may be promised
   */
  async make(question: KeptQuestion): Promise<string | null> {
    const { chatId, updateId } = question.asker;
    const lane = String(chatId);
    const id = String(updateId);
    try {
      if ((await this.promised.laneLength(lane)) >= MOST_PER_CHAT) return null;
      await this.promised.add([{ id, lane, body: question }]);
      return id;
    } catch (error) {
      this.logger.error({ msg: 'a question cannot be kept', updateId, reason: String(error) });
      return null;
    }
  }

  /** @returns false where there is nothing to cancel any more */
  async cancel(id: string): Promise<boolean> {
    try {
      return await this.promised.remove(id);
    } catch {
      return false;
    }
  }
}
