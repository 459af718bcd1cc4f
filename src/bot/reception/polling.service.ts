import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Update } from 'telegraf/types';
import { QueueUnavailableError } from '../../queue/durable-queue';
import { Inbox } from '../../queue/inbox';
import { Lease } from '../../redis/lease';
import { RedisConnection } from '../../redis/redis-connection';
import { type ReceptionSnapshot } from '../../health/reception-state';
import { refusalOf, TelegramApi } from '../telegram/telegram-api';
import { BotIdentity } from '../telegram/bot-identity';
import { reasonOf } from '../telegram/failure-reason';
import { DirectPath } from './direct-path';
import { ALLOWED_UPDATES, Intake } from './intake';
import { UpdateSource } from './update-source';

/** Seconds that Telegram holds a poll without updates (Bot API, `getUpdates`). */
const POLL_SECONDS = 25;
/** A poll that is not answered after so long is given up. */
const POLL_DEADLINE_MS = (POLL_SECONDS + 10) * 1000;
/** After a poll without updates: a Bot API server that does not wait must not be asked without end. */
const EMPTY_PAUSE_MS = 20;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** The last poll of a stop only confirms. */
const CONFIRM_DEADLINE_MS = 500;

/**
 * Long polling of our own. Telegraf's loop waits for every handler of a batch before the next poll, so that one slow
 * question would stop everybody, and ends for good on 401 and 409; this one stores updates and polls on, whatever
 * Telegram answers, with growing pauses.
 */
@Injectable()
export class PollingService extends UpdateSource {
  private readonly logger = new Logger(PollingService.name);
  private readonly stopping = new AbortController();
  private loop: Promise<void> | null = null;
  private offset = 0;
  private prepared = false;
  private state: ReceptionSnapshot = { state: 'starting' };

  constructor(
    private readonly identity: BotIdentity,
    private readonly api: TelegramApi,
    private readonly intake: Intake,
    private readonly inbox: Inbox,
    private readonly lease: Lease,
    @Inject(RedisConnection) private readonly redis: RedisConnection | null,
    private readonly directPath: DirectPath,
  ) {
    super();
  }

  snapshot(): ReceptionSnapshot {
    return this.state;
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** Takes no more updates. What was stored but not confirmed comes again, and is known by then. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.state = { ...this.state, state: 'down', detail: 'stopping' };
    await this.loop;
  }

  /**
   * Confirms what the last poll brought, for a DATA_DIR that does not outlive the process: a next one that knows
   * nothing of it would answer it again. Where something is left to the next process, Telegram keeps it as well.
   */
  async confirm(): Promise<void> {
    if (this.offset === 0) return;
    try {
      const { waiting, claimed } = await this.inbox.counts();
      if (waiting + claimed > 0) return;
      await this.api.call(
        'getUpdates',
        { offset: this.offset, limit: 1, timeout: 0 },
        { deadlineMs: CONFIRM_DEADLINE_MS },
      );
    } catch (error) {
      this.logger.warn({ msg: 'the last updates could not be confirmed', ...reasonOf(error) });
    }
  }

  /** Of all replicas only the holder of the lease polls: Telegram refuses a second one. */
  private async run(): Promise<void> {
    const stopping = this.stopping.signal;
    while (!stopping.aborted) {
      try {
        this.state = { ...this.state, state: 'standby' };
        const lost = await this.lease.acquire(stopping);
        this.state = { ...this.state, state: 'starting' };
        await this.pollUntil(AbortSignal.any([lost, stopping]));
        if (lost.aborted) await this.pollWithoutLease(stopping);
      } catch (error) {
        if (!stopping.aborted) this.logger.error({ msg: 'polling ended', ...reasonOf(error) });
      }
    }
    await this.lease.release();
  }

  /**
   * While Redis is away nobody can hold the lease. Who held it goes on, so that suppliers are answered; should another
   * replica still reach Redis and poll, Telegram tells by 409, and this one gives way.
   */
  private async pollWithoutLease(stopping: AbortSignal): Promise<void> {
    this.logger.warn({ event: 'lease_lost', redis: this.redis?.state.state, msg: 'the lease of polling was lost' });
    if (this.redis?.state.state !== 'down') return;
    const isBack = new AbortController();
    const forget = this.redis.onUp(() => isBack.abort());
    await this.pollUntil(AbortSignal.any([isBack.signal, stopping]), 'until 409').finally(forget);
  }

  private async pollUntil(end: AbortSignal, giveWay?: 'until 409'): Promise<void> {
    let failures = 0;
    this.prepared = false;
    while (!end.aborted) {
      try {
        await this.prepare(end);
        const updates = await this.poll(end);
        if (updates.length === 0 && this.state.state === 'up') await pause(EMPTY_PAUSE_MS, undefined, { signal: end });
        if (this.state.state !== 'up') this.logger.log({ event: 'polling', msg: 'polling Telegram' });
        failures = 0;
        this.state = { state: 'up', lastPollAt: Date.now() };
        await this.take(updates, end);
      } catch (error) {
        if (end.aborted) break;
        const waitMs = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
        failures += 1;
        const reason = reasonOf(error);
        this.state = { ...this.state, state: 'down', detail: reason.cure ?? 'Telegram does not answer' };
        this.logger.error({ msg: 'polling failed', failures, waitMs, ...reason });
        if (reason.code === 409) this.prepared = false;
        if (reason.code === 409 && giveWay) return;
        await pause(waitMs, undefined, { signal: end }).catch(() => undefined);
      }
    }
  }

  /** Telegram gives updates to a poll only while no webhook is set, and Telegraf needs to know who the bot is. */
  private async prepare(signal: AbortSignal): Promise<void> {
    if (this.prepared) return;
    await this.identity.ensure();
    if (await this.hasWebhook(signal)) {
      this.logger.warn({ msg: 'a webhook was set for this bot: it is removed, since TELEGRAM_MODE is polling' });
      await this.api.call('deleteWebhook', { drop_pending_updates: false }, { signal });
    }
    this.prepared = true;
  }

  /** A Bot API server that does not know the question has no webhook either. */
  private async hasWebhook(signal: AbortSignal): Promise<boolean> {
    try {
      const { url } = await this.api.call('getWebhookInfo', {}, { signal });
      return Boolean(url);
    } catch (error) {
      if (refusalOf(error)?.code === 404) return false;
      throw error;
    }
  }

  /**
   * The next poll confirms what this one brought (Bot API, `getUpdates`, `offset`): it must be stored by then, or,
   * where the store does not answer, it must have its answer.
   */
  private async take(updates: Update[], signal: AbortSignal): Promise<void> {
    try {
      await this.intake.store(updates);
    } catch (error) {
      if (!(error instanceof QueueUnavailableError)) throw error;
      await this.directPath.answer(updates, error, signal);
    }
    const last = updates.at(-1);
    if (last) this.offset = last.update_id + 1;
  }

  private poll(signal: AbortSignal): Promise<Update[]> {
    // The first poll after a trouble is answered at once, so that it is known at once whether polling works.
    const timeout = this.state.state === 'up' ? POLL_SECONDS : 0;
    return this.api.call(
      'getUpdates',
      { offset: this.offset, limit: 100, timeout, allowed_updates: ALLOWED_UPDATES },
      { deadlineMs: POLL_DEADLINE_MS, signal },
    );
  }
}
