import { Injectable, Logger } from '@nestjs/common';
import type { Understanding } from '../../classifier/understanding';
import { KeptValues } from '../../cache/kept-values';
import { Promised, type PromisedQuestion } from '../../queue/promised';
import type { Asker } from '../dialogue/question';

/** Questions of one chat that are kept at the same time; more would only bury the person in answers. */
const MOST_PER_CHAT = 20;

type PromiseState = 'open' | 'cancelled';
/** As long as a promise lives. */
const STATE_TTL_MS = 24 * 60 * 60 * 1000;

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

  constructor(
    private readonly promised: Promised,
    private readonly values: KeptValues,
  ) {}

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
      await this.setState(id, 'open');
      return id;
    } catch (error) {
      this.logger.error({ msg: 'a question cannot be kept', updateId, reason: String(error) });
      return null;
    }
  }

  /**
   * A promise that a worker has in hand already, waiting for 1C, can no longer be taken out: it is marked instead.
   *
   * @returns false where there is nothing to cancel any more
   */
  async cancel(id: string): Promise<boolean> {
    const removed = await this.promised.remove(id).catch(() => false);
    if (!removed && (await this.stateOf(id)) !== 'open') return false;
    await this.setState(id, 'cancelled');
    return true;
  }

  async isCancelled(id: string): Promise<boolean> {
    return (await this.stateOf(id)) === 'cancelled';
  }

  async kept(id: string): Promise<void> {
    await this.values.delete(keyOf(id));
  }

  private stateOf(id: string): Promise<PromiseState | undefined> {
    return this.values.get<PromiseState>(keyOf(id));
  }

  private setState(id: string, state: PromiseState): Promise<void> {
    return this.values.set(keyOf(id), state, STATE_TTL_MS);
  }
}

function keyOf(id: string): string {
  return `promise:${id}`;
}
