import { Inject, Injectable, Logger, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { KeptValues } from '../../cache/kept-values';
import { CONTEXT_TTL_MS, type Intent, type Understanding } from '../../classifier/understanding';
import { maskPersonalData } from '../personal-data/mask-personal-data';
import { type FeedbackEntry } from './feedback-entry';
import { FeedbackStore } from './feedback-store';

/** A failing store is told to the log no oftener. */
const TELL_EVERY_MS = 10 * 60_000;

/** An entry without a label, and what the buttons of the question back ask for. */
interface Asked {
  entry: Omit<FeedbackEntry, 'intents'>;
  candidates: Intent[];
  /** Articles and number of the document, also those that the conversation gave. */
  about: string[];
}

/**
 * Keeps the messages that the classifier can learn from: those that were not understood, and those on which the bot asked
 * back and was told by a button. What people wrote is stripped of personal data before it is kept anywhere. Nobody waits
 * for it, and no failure of a store reaches an answer.
 */
@Injectable()
export class FeedbackService implements OnApplicationShutdown {
  private readonly logger = new Logger(FeedbackService.name);
  /** The last work of each chat: a press is looked at after what it answers. */
  private readonly underWay = new Map<number, Promise<void>>();
  private toldAt = -Infinity;

  /** @param store `null` where the operator wants nothing kept */
  constructor(
    @Optional() @Inject(FeedbackStore) private readonly store: FeedbackStore | null,
    private readonly values: KeptValues,
  ) {}

  /**
   * Notes how a message was understood.
   *
   * @param names that may occur in the text, such as the person's own
   */
  understood(chatId: number, text: string, understanding: Understanding, names: readonly string[] = []): void {
    const { store } = this;
    if (!store) return;
    const candidates = understanding.candidates.filter((intent) => intent !== 'other');
    const isAskedBack = !understanding.sure && candidates.length > 0;
    const isUnknown = !isAskedBack && understanding.intents.every((intent) => intent === 'other');
    if (!isAskedBack && !isUnknown) {
      const forget = () => this.values.delete(keyOf(chatId));
      // Most messages: there is nothing to wait for.
      if (this.underWay.has(chatId)) this.start(chatId, forget);
      else void forget();
      return;
    }
    this.start(chatId, async () => {
      const entry = entryOf(maskPersonalData(text, names), understanding);
      if (isUnknown) {
        await this.values.delete(keyOf(chatId));
        return store.add({ ...entry, intents: null });
      }
      const asked: Asked = { entry, candidates, about: objectsOf(understanding) };
      return this.values.set(keyOf(chatId), asked, CONTEXT_TTL_MS);
    });
  }

  /** Notes a pressed button: where it answers the question back, the message has got its label. */
  pressed(chatId: number, pressed: Understanding): void {
    const { store } = this;
    if (!store) return;
    this.start(chatId, async () => {
      const asked = await this.values.get<Asked>(keyOf(chatId));
      if (!asked || !isAnswer(asked, pressed)) return;
      await this.values.delete(keyOf(chatId));
      await store.add({ ...asked.entry, intents: pressed.intents });
    });
  }

  /** Waits for what is being written. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay.values());
  }

  private start(chatId: number, work: () => Promise<void>): void {
    const done = (this.underWay.get(chatId) ?? Promise.resolve())
      .then(work)
      .catch((error: Error) => this.tell(error))
      .finally(() => {
        if (this.underWay.get(chatId) === done) this.underWay.delete(chatId);
      });
    this.underWay.set(chatId, done);
  }

  private tell(error: Error): void {
    const now = performance.now();
    if (now - this.toldAt < TELL_EVERY_MS) return;
    this.toldAt = now;
    this.logger.warn({
      msg: 'Messages to learn from cannot be kept, answers are not affected: check DATA_DIR, or Redis where it is set',
      reason: error.message,
    });
  }
}

const keyOf = (chatId: number): string => `asked-back:${chatId}`;

/** What stands in the text alone: a line to learn from holds nothing of the conversation. */
function entryOf(text: string, { articles, order, product }: Understanding): Omit<FeedbackEntry, 'intents'> {
  const stands = (slot: string | null): boolean => slot !== null && text.includes(slot);
  return {
    at: new Date().toISOString(),
    text,
    articles: articles.filter(stands),
    order: stands(order) ? order : null,
    product: stands(product) ? product : null,
  };
}

function objectsOf({ articles, order }: Understanding): string[] {
  return [...articles, ...(order === null ? [] : [order])];
}

/** An older button of the chat may ask for the same intent, but not for the same things. */
function isAnswer({ candidates, about }: Asked, pressed: Understanding): boolean {
  return (
    pressed.intents.every((intent) => candidates.includes(intent)) &&
    objectsOf(pressed).every((object) => about.includes(object))
  );
}
