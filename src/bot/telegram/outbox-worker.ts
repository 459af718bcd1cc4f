import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { TelegramMetrics } from '../../metrics/telegram.metrics';
import type { ClaimedItem, NewItem } from '../../queue/durable-queue';
import { Outbox, type OutboxMessage } from '../../queue/outbox';
import { Postpone, QueueRunner, type WorkContext } from '../../queue/queue-runner';
import { SendLimits } from '../../queue/send-limits';
import { ChatTurns } from '../chat-turns';
import { RecentIds } from '../recent-ids';
import { ChatReachability } from './chat-reachability';
import { refusalOf, type Refusal, TelegramApi, type TelegramMethod } from './telegram-api';

/** Chats that are written to at the same time; Telegram's limits are kept by SendLimits. */
const CONCURRENCY = 200;
/** Pauses while Telegram is away or fails; the last one is repeated. */
const PAUSES_MS = [500, 1000, 2000, 5000, 15_000];
/** A message that Telegram has not taken for so long is of no use any more. */
const LONGEST_LIFE_MS = 24 * 60 * 60 * 1000;
/** Messages that are remembered, so that none is said again when the store is back. */
const REMEMBERED = 10_000;
const DRAIN_TICK_MS = 10;
const NEVER = new AbortController().signal;
setMaxListeners(0, NEVER);
/** Two chats that are refused within so long are refused for the sum of all sending. */
const SLOWED_TOGETHER_MS = 1000;
/** Telegram will never take the message: it is faulty, the person stopped the bot, the file is too large. */
const FINAL_REFUSALS = new Set([400, 403, 413]);
/** A refusal of an edit that means: this message cannot be changed any more. */
const NOT_EDITABLE = /message (?:to edit not found|can't be edited)/;

/**
 * Tells Telegram what is in the outbox, each chat in order, within Telegram's limits. A message leaves the outbox when
 * Telegram has taken it or never will; while Telegram is away it waits.
 */
@Injectable()
export class OutboxWorker {
  private readonly logger = new Logger(OutboxWorker.name);
  private readonly runner: QueueRunner<OutboxMessage>;
  /** Failures of Telegram for one message so far; forgotten with the process, like the pauses that follow from them. */
  private readonly failures = new Map<string, number>();
  private lastSlowed = { chatId: NaN, at: 0 };
  /** Telegram has failed: until then nothing is tried past the outbox. By `performance.now()`. */
  private awayUntil = 0;

  /** Messages of one chat follow one another, also where some go past the outbox. */
  private readonly turns = new ChatTurns();
  /**
   * Said past the outbox. A store that was frozen does what it was asked to before: it stores them after the thaw and
   * gives them out.
   */
  private readonly saidPast = new RecentIds<string>(REMEMBERED);
  /** Out of the outbox, in case its store takes a message, gives it out and only then falls silent. */
  private readonly said = new RecentIds<string>(REMEMBERED);

  constructor(
    private readonly outbox: Outbox,
    private readonly api: TelegramApi,
    private readonly limits: SendLimits,
    private readonly reachability: ChatReachability,
    private readonly metrics: TelegramMetrics,
  ) {
    this.runner = new QueueRunner(outbox, (item, context) => this.say(item, context), {
      name: 'outbox',
      concurrency: CONCURRENCY,
    });
  }

  start(): void {
    this.runner.start();
  }

  /** Sends what is in the outbox already, for so long at most; the rest is left to the next process. */
  async stop(finishMs: number): Promise<void> {
    const until = Date.now() + finishMs;
    while (Date.now() < until && (await this.isBusy())) await pause(DRAIN_TICK_MS);
    await this.runner.stop({ finishMs: Math.max(0, until - Date.now()) });
  }

  /**
   * Sends past the outbox, while its store does not answer: in order, each until Telegram takes it or never will.
   *
   * @param messages of one chat
   * @throws the reason why it is to be sent again; nothing of what follows was sent then
   */
  async sendNow(messages: readonly NewItem<OutboxMessage>[], signal?: AbortSignal): Promise<void> {
    const [first] = messages;
    if (!first) return;
    await this.turns.run(Number(first.lane), async () => {
      for (const message of messages) {
        if (this.said.has(message.id) || this.saidPast.has(message.id)) continue;
        await this.send(claimed(message), { signal: signal ?? NEVER });
        this.saidPast.add(message.id);
      }
    });
  }

  /**
   * Says a message that lies in no store, once: whoever calls keeps what it answers until Telegram has taken it.
   *
   * @param message the only one that its chat gets now
   * @returns false where Telegram has not taken it, or would be asked too often: the outbox is to have it then
   */
  async sayAtOnce(message: NewItem<OutboxMessage>): Promise<boolean> {
    if (performance.now() < this.awayUntil) return false;
    const chatId = Number(message.lane);
    const item = claimed(message);
    return this.turns.run(chatId, async () => {
      if ((await this.limits.take(chatId, item.priority)) > 0) return false;
      try {
        await this.tell(item, chatId);
        return true;
      } catch (error) {
        if (error instanceof Postpone) return false;
        throw error;
      }
    });
  }

  private say(item: ClaimedItem<OutboxMessage>, context: WorkContext): Promise<void> {
    return this.turns.run(Number(item.lane), async () => {
      if (this.saidPast.has(item.id)) return;
      await this.send(item, context);
      this.said.add(item.id);
    });
  }

  private async isBusy(): Promise<boolean> {
    try {
      const { waiting, claimed } = await this.outbox.counts();
      return waiting + claimed > 0;
    } catch {
      // A store that does not answer gives out no messages either.
      return false;
    }
  }

  private async send(item: ClaimedItem<OutboxMessage>, { signal }: WorkContext): Promise<void> {
    const chatId = Number(item.lane);
    await this.waitForTurn(item, chatId, signal);
    await this.tell(item, chatId);
  }

  /** Resolves where there is nothing more to do for the message; rejects with Postpone where it is to be sent again. */
  private async tell(item: ClaimedItem<OutboxMessage>, chatId: number): Promise<void> {
    try {
      await this.call(item.body);
      this.metrics.delivered((Date.now() - item.addedAt) / 1000);
      this.awayUntil = 0;
    } catch (error) {
      await this.explain(item, chatId, error);
    }
    this.failures.delete(item.id);
  }

  private async waitForTurn({ priority }: ClaimedItem<OutboxMessage>, chatId: number, signal: AbortSignal) {
    for (;;) {
      const waitMs = await this.limits.take(chatId, priority);
      if (waitMs === 0) return;
      await pause(waitMs, undefined, { signal });
    }
  }

  private call({ method, payload, document }: OutboxMessage): Promise<unknown> {
    if (!document) return this.api.call(method, payload as never, { unread: true });
    const file = { source: Buffer.from(document.base64, 'base64'), filename: document.name };
    return this.api.call(method, { ...payload, document: file } as never);
  }

  /** Returns where there is nothing more to do for the message; throws Postpone where it is to be sent again. */
  private async explain(item: ClaimedItem<OutboxMessage>, chatId: number, error: unknown): Promise<void> {
    const refusal = refusalOf(error);
    if (refusal?.description.includes('message is not modified')) return;
    if (refusal && FINAL_REFUSALS.has(refusal.code)) return this.giveUp(item, chatId, refusal);
    if (Date.now() - item.addedAt > LONGEST_LIFE_MS) {
      this.logger.error({ ...this.about(item), chatId, msg: 'Telegram was away for too long: the message is dropped' });
      return;
    }
    if (refusal?.code === 429) return this.slowDown(item, chatId, refusal);
    const failures = (this.failures.get(item.id) ?? 0) + 1;
    this.failures.set(item.id, failures);
    const waitMs = PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1]!;
    this.awayUntil = performance.now() + waitMs;
    const reason = refusal ? `${refusal.code} ${refusal.description}` : nameOf(error);
    this.logger.warn({ ...this.about(item), chatId, failures, reason, waitMs, msg: 'Telegram did not take a message' });
    throw new Postpone(Date.now() + waitMs, reason);
  }

  /**
   * Telegram asks to wait. It does not say whether it was too much for the chat or in all; that it refuses several chats
   * at once tells.
   */
  private async slowDown(
    item: ClaimedItem<OutboxMessage>,
    chatId: number,
    { retryAfter = 1 }: Refusal,
  ): Promise<never> {
    const waitMs = retryAfter * 1000;
    this.logger.warn({ ...this.about(item), chatId, retryAfter, msg: 'Telegram asks to slow down' });
    const { lastSlowed } = this;
    this.lastSlowed = { chatId, at: Date.now() };
    const isForAll = lastSlowed.chatId !== chatId && Date.now() - lastSlowed.at < SLOWED_TOGETHER_MS;
    await (isForAll ? this.limits.pauseAll(waitMs) : this.limits.pauseChat(chatId, waitMs));
    throw new Postpone(Date.now() + waitMs, 'too many requests');
  }

  private async giveUp(
    item: ClaimedItem<OutboxMessage>,
    chatId: number,
    { code, description }: Refusal,
  ): Promise<void> {
    if (code === 403) return this.reachability.markUnreachable(chatId);
    if (item.body.method === 'editMessageText' && NOT_EDITABLE.test(description)) {
      const { message_id: _, ...payload } = item.body.payload;
      // What the changed message should have said is said in a new one.
      await this.call({ method: 'sendMessage', payload }).catch((error: unknown) => this.explain(item, chatId, error));
      return;
    }
    this.logger.error({ ...this.about(item), chatId, code, reason: description, msg: 'Telegram refuses a message' });
  }

  private about({ id, body: { method } }: ClaimedItem<OutboxMessage>): { id: string; method: TelegramMethod } {
    return { id, method };
  }
}

/** As it would come out of the outbox now. */
function claimed(message: NewItem<OutboxMessage>): ClaimedItem<OutboxMessage> {
  return { priority: 'answer', ...message, tries: 1, addedAt: Date.now() };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.name;
}
