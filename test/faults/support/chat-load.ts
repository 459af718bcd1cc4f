import { setTimeout as pause } from 'node:timers/promises';
import { type ChatMessage } from '../../../stand/telegram/server';
import { eventuallyWithin } from './eventually-within';
import { type Stage } from './stage';

export interface LoadOptions {
  /** Average pause of a person between two questions, milliseconds. */
  pauseMs?: number;
  /** Questions of a person that may wait for their answers at the same time. */
  depth?: number;
}

/** What the bot said in a chat. */
export interface Said {
  /** When Telegram accepted it, milliseconds since the epoch. */
  at: number;
  text: string;
  /** The article whose facts it tells. */
  article?: string;
}

interface Asked {
  at: number;
  article: string;
}

export interface Question extends Asked {
  chatId: number;
}

interface Chat {
  asked: Asked[];
  said: Said[];
  answered: Set<string>;
}

/** An answer that came once more. */
export interface Repeat {
  chatId: number;
  /** The one before. */
  first: Said;
  second: Said;
}

export interface LoadReport {
  asked: number;
  answered: number;
  repeats: Repeat[];
  /** Questions without an answer. */
  unanswered: Question[];
  /** Chats in which an answer came before that of an earlier question. */
  disordered: string[];
  /** What was said that is no answer of facts. */
  others: Said[];
  /** From a question to its answer, milliseconds, in ascending order. */
  waits: number[];
}

/**
 * People who ask without end, each question of a chat about another article, so that every answer can be told to belong
 * to its question.
 */
export class ChatLoad {
  private readonly chats = new Map<number, Chat>();
  private readonly asking: Promise<void>[] = [];
  private readonly pauseMs: number;
  private readonly depth: number;
  private isOver = false;

  constructor(
    private readonly stage: Stage,
    { pauseMs = 150, depth = 3 }: LoadOptions = {},
  ) {
    this.pauseMs = pauseMs;
    this.depth = depth;
    for (const chatId of stage.chats) this.chats.set(chatId, { asked: [], said: [], answered: new Set() });
    stage.telegram.events.on('message', ({ chatId, message }) => this.note(chatId, message));
  }

  /** Begins to ask in all chats, or in some. */
  start(chatIds: readonly number[] = this.stage.chats): this {
    this.asking.push(...chatIds.map((chatId, index) => this.askOn(chatId, index)));
    return this;
  }

  /** One question more in one chat. */
  ask(chatId: number): string {
    const chat = this.chats.get(chatId)!;
    const { articles } = this.stage;
    const article = articles[(chatId * 37 + chat.asked.length) % articles.length]!;
    chat.asked.push({ at: Date.now(), article });
    this.stage.telegram.user(chatId).send(`есть ${article}?`);
    return article;
  }

  /** Nobody asks any more. */
  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.asking);
  }

  /** Waits until every question that was asked is answered; rejects with those that are not. */
  async settle(withinMs: number): Promise<void> {
    await eventuallyWithin(withinMs, () => {
      const { unanswered } = this.report();
      if (unanswered.length > 0) {
        const some = unanswered.slice(0, 10).map(({ chatId, article }) => `${article} of ${chatId}`);
        throw new Error(
          `${unanswered.length} without an answer, such as ${some.join(', ')}\n${this.stage.complaints()}`,
        );
      }
    });
  }

  /** Waits until one question more is answered. */
  async goOn(withinMs: number): Promise<void> {
    const before = this.answeredSoFar;
    await eventuallyWithin(withinMs, () => {
      if (this.answeredSoFar === before) throw new Error(`no answer for ${withinMs} ms\n${this.stage.complaints()}`);
    });
  }

  /** What was said in a chat. */
  saidIn(chatId: number): readonly Said[] {
    return this.chats.get(chatId)?.said ?? [];
  }

  get askedSoFar(): number {
    return [...this.chats.values()].reduce((sum, { asked }) => sum + asked.length, 0);
  }

  get answeredSoFar(): number {
    return [...this.chats.values()].reduce((sum, { answered }) => sum + answered.size, 0);
  }

  /** From a question to its answer, milliseconds in ascending order, of the questions asked between two moments. */
  waitsOf(from: number, to: number): number[] {
    const waits = [...this.chats.values()].flatMap(({ asked, said }) =>
      asked
        .filter(({ at }) => at >= from && at <= to)
        .flatMap(({ at, article }) => {
          const answer = said.find((message) => message.article === article);
          return answer ? [answer.at - at] : [];
        }),
    );
    return waits.sort((a, b) => a - b);
  }

  answeredBetween(from: number, to: number): number {
    return this.times().filter((at) => at >= from && at <= to).length;
  }

  /** The most messages that Telegram accepted in any span of so many milliseconds. */
  mostWithin(ms: number): number {
    const times = this.times();
    return Math.max(0, ...times.map((from, index) => times.findLastIndex((at) => at < from + ms) - index + 1));
  }

  /** When each message of the bot was accepted, in ascending order. */
  private times(): number[] {
    return [...this.chats.values()].flatMap(({ said }) => said.map(({ at }) => at)).sort((a, b) => a - b);
  }

  report(): LoadReport {
    const report: LoadReport = {
      asked: this.askedSoFar,
      answered: this.answeredSoFar,
      repeats: [],
      unanswered: [],
      disordered: [],
      others: [],
      waits: [],
    };
    for (const [chatId, chat] of this.chats) addTo(report, chatId, chat);
    report.waits.sort((a, b) => a - b);
    return report;
  }

  private note(chatId: number, { from, text = '' }: ChatMessage): void {
    const chat = this.chats.get(chatId);
    if (!chat || !from.is_bot) return;
    const article = /Артикул: (LT-\d+)/.exec(text)?.[1];
    chat.said.push({ at: Date.now(), text, ...(article && { article }) });
    if (article) chat.answered.add(article);
  }

  private async askOn(chatId: number, index: number): Promise<void> {
    const chat = this.chats.get(chatId)!;
    // Not all in one moment.
    await pause((this.pauseMs * index) / this.stage.chats.length);
    while (!this.isOver && !this.stage.isClosed) {
      if (chat.asked.length - chat.answered.size < this.depth) this.ask(chatId);
      await pause(this.pauseMs * (0.5 + Math.random()));
    }
  }
}

function addTo(report: LoadReport, chatId: number, { asked, said }: Chat): void {
  const askedAt = new Map(asked.map(({ article, at }) => [article, at]));
  const latest = new Map<string, Said>();
  const order: string[] = [];
  for (const message of said) {
    const { article } = message;
    const earlier = article && latest.get(article);
    if (!article) {
      report.others.push(message);
      continue;
    }
    if (earlier) report.repeats.push({ chatId, first: earlier, second: message });
    else order.push(article);
    latest.set(article, message);
    if (!earlier) report.waits.push(message.at - (askedAt.get(article) ?? NaN));
  }
  const inOrder = asked.map(({ article }) => article).filter((article) => latest.has(article));
  if (inOrder.join() !== order.join()) report.disordered.push(`${chatId}: ${order.join(' ')}`);
  for (const question of asked) if (!latest.has(question.article)) report.unanswered.push({ chatId, ...question });
}

/** Between Telegram's acceptance of a message and the note of it; what was on its way is accepted after the death. */
const NOTE_MS = 1000;

/** A repeated answer in a few words. */
export function describeRepeat(load: ChatLoad, deaths: readonly number[], { chatId, first, second }: Repeat): string {
  const said = load.saidIn(chatId);
  const between = said.slice(said.indexOf(first) + 1, said.indexOf(second)).map(({ article }) => article);
  const death = deaths.filter((at) => at <= second.at).at(-1) ?? NaN;
  return `${first.article} of ${chatId}: ${death - first.at} ms before the death, again ${second.at - death} ms after it, between them ${between.length}`;
}

/**
 * Whether an answer was repeated in the one way that is allowed: the process died, at one of these moments, between
 * Telegram's acceptance of the answer and its own note of it. The chat gets nothing else in between then, since nothing
 * follows before the note.
 */
export function isLastBeforeDeath(load: ChatLoad, deaths: readonly number[], repeat: Repeat): boolean {
  const { chatId, first, second } = repeat;
  const said = load.saidIn(chatId);
  const adjacent = said.indexOf(second) - said.indexOf(first) === 1;
  return adjacent && deaths.some((at) => Math.abs(at - first.at) < NOTE_MS && at <= second.at);
}
