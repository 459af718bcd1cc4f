import { randomInt } from 'node:crypto';
import { badRequest } from '../bot-api-error';

interface AskedQuery {
  chatId: number;
  /** Unix time, milliseconds. */
  at: number;
}

/** How many presses are remembered; the oldest are forgotten, and count as too old. */
const REMEMBERED = 10_000;

/** The presses of inline buttons that the bot may still answer. */
export class CallbackQueries {
  private readonly asked = new Map<string, AskedQuery>();
  private count = randomInt(1_000_000_000);

  /** @param lifetimeMs after which Telegram no longer takes an answer */
  constructor(private readonly lifetimeMs: number) {}

  /** @returns the id of a new query */
  ask(chatId: number): string {
    this.count += 1;
    // As long as Telegram's ids, which do not fit into a JavaScript number.
    const id = `${chatId}${String(this.count).padStart(18, '0')}`;
    this.asked.set(id, { chatId, at: Date.now() });
    if (this.asked.size > REMEMBERED) {
      const [oldest] = this.asked.keys();
      this.asked.delete(oldest ?? '');
    }
    return id;
  }

  /**
   * @returns the chat where the button was pressed
   * @throws BotApiError 400 for an unknown query and for one that is too old
   */
  chatOf(id: string): number {
    const query = this.asked.get(id);
    if (query === undefined || Date.now() - query.at > this.lifetimeMs) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    return query.chatId;
  }
}
