import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { RedisUnavailableError } from './redis-unavailable.error';
import { serverAdvice } from './server-advice';
import { withinDeadline } from './within-deadline';

/** Before everything that the bot keeps in Redis. */
export const KEY_PREFIX = 'supplier-bot:';

/** A command that has not been answered by then has failed. */
export const COMMAND_DEADLINE_MS = 300;

/** The deadline of commands that somebody waits for who can do without. */
export const SHORT_DEADLINE_MS = 150;

/** The start waits so long for the first answer, and no longer. */
const FIRST_ANSWER_MS = 500;
const PING_INTERVAL_MS = 1000;
const PING_INTERVAL_WHILE_DOWN_MS = 200;
const MAX_RECONNECT_PAUSE_MS = 2000;

/** A connection on which PING is not answered for so long is given up for a new one. */
const SILENCE_MS = 2000;

export interface RedisState {
  state: 'up' | 'down';
  /** Milliseconds since the epoch. */
  since: number;
  /** Why it is down; nothing of the credentials. */
  reason?: string;
}

export interface RunOptions<T> {
  /** COMMAND_DEADLINE_MS unless told; a command with a shorter one fails at once while Redis is slow. */
  deadlineMs?: number;
  /** Gets a result that came after the deadline, when the caller had gone. */
  late?: (value: T) => void;
  /** Sent to a Redis that does not answer as well: one that is frozen does it after the thaw, right behind what came before. */
  whileDown?: boolean;
}

type MessageListener = (message: string) => void;

/**
 * The connection to Redis that all parts of the process share, with a second one for subscriptions.
 *
 * Nothing waits for a Redis that is away: every command has a deadline, and after one that was missed all fail at once
 * until PING is answered again. It connects again forever, with growing pauses and jitter.
 */
export class RedisConnection {
  /** Host and port, fit for a log. */
  readonly address: string;

  private readonly logger = new Logger(RedisConnection.name);
  private readonly commands: Redis;
  private readonly subscriptions: Redis;
  private readonly channels = new Map<string, Set<MessageListener>>();
  private readonly events = new EventEmitter<{ up: []; down: []; resubscribed: [] }>().setMaxListeners(0);
  private current: RedisState = { state: 'down', since: Date.now(), reason: 'not connected yet' };
  private isSlow = false;
  private isAdvised = false;
  private isClosed = false;
  private wake: () => void = () => undefined;

  /** @param url `redis://` or, for TLS, `rediss://`, with credentials and the number of the database (REDIS_URL) */
  constructor(url: string) {
    this.address = new URL(url).host;
    const options: RedisOptions = {
      lazyConnect: true,
      connectionName: 'supplier-bot',
      disableClientInfo: true,
      enableOfflineQueue: false,
      // Their callers have heard that they failed.
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
      connectTimeout: SILENCE_MS,
      commandTimeout: SILENCE_MS,
      disconnectTimeout: 200,
      keepAlive: 10_000,
      retryStrategy: (attempt) => jittered(Math.min(50 * 2 ** Math.min(attempt, 10), MAX_RECONNECT_PAUSE_MS)),
      // After a failover the old master only reads: the address leads to the new one by now.
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
    };
    this.commands = new Redis(url, options);
    this.subscriptions = new Redis(url, options);
    this.commands.on('ready', () => this.wake());
    this.commands.on('close', () => this.markDown('the connection is closed'));
    for (const client of [this.commands, this.subscriptions]) {
      // Only the message: the error of AUTH carries the password among its arguments.
      client.on('error', (error: Error) => this.noteReason(error.message));
    }
    this.subscriptions.on('ready', () => void this.resubscribe());
    this.subscriptions.on('message', (channel: string, message: string) => {
      for (const listener of this.channels.get(channel) ?? []) listener(message);
    });
  }

  get state(): Readonly<RedisState> {
    return this.current;
  }

  /** Connects, and waits for the first answer no longer than half a second; never rejects. */
  async open(): Promise<void> {
    for (const client of [this.commands, this.subscriptions]) client.connect().catch(() => undefined);
    const watching = this.watch();
    if (this.current.state === 'down') {
      const answered = new Promise<void>((resolve) => this.events.once('up', resolve));
      await Promise.race([answered, pause(FIRST_ANSWER_MS), watching]);
    }
    if (this.current.state === 'up') return;
    this.logger.error({
      msg: 'Redis does not answer: check REDIS_URL and the server; updates wait until it does, the bot goes on trying',
      address: this.address,
      reason: this.current.reason,
    });
  }

  /** Ends both connections; every later command fails. */
  close(): void {
    this.isClosed = true;
    this.wake();
    this.markDown('closed');
    this.commands.disconnect();
    this.subscriptions.disconnect();
  }

  /** The full name of a key or channel. */
  key(name: string): string {
    return `${KEY_PREFIX}${name}`;
  }

  /** @returns what the work brings; rejects with RedisUnavailableError, whatever the reason */
  async run<T>(work: (redis: Redis) => Promise<T>, options: RunOptions<T> = {}): Promise<T> {
    const { deadlineMs = COMMAND_DEADLINE_MS, late, whileDown = false } = options;
    if (this.current.state === 'down' && !whileDown)
      throw new RedisUnavailableError(`Redis is away: ${this.current.reason}`);
    if (this.isSlow && deadlineMs < COMMAND_DEADLINE_MS) throw new RedisUnavailableError('Redis is slow');
    try {
      return await withinDeadline(work(this.commands), deadlineMs, () => this.missed(deadlineMs), late);
    } catch (reason) {
      if (reason instanceof RedisUnavailableError) throw reason;
      throw new RedisUnavailableError(`Redis failed: ${messageOf(reason)}`, { cause: reason });
    }
  }

  /**
   * Calls the listener with every message of the channel. Messages that are sent while the connection is away are lost:
   * `onResubscribed` tells when to look for oneself.
   *
   * @returns ends it
   */
  subscribe(channel: string, listener: MessageListener): () => void {
    const listeners = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, listeners.add(listener));
    if (this.subscriptions.status === 'ready') void this.resubscribe();
    return () => listeners.delete(listener);
  }

  onUp(listener: () => void): () => void {
    return this.listen('up', listener);
  }

  onResubscribed(listener: () => void): () => void {
    return this.listen('resubscribed', listener);
  }

  private listen(event: 'up' | 'resubscribed', listener: () => void): () => void {
    this.events.on(event, listener);
    return () => this.events.off(event, listener);
  }

  /** PING decides whether Redis is up: a connection to a frozen server looks alive. */
  private async watch(): Promise<void> {
    while (!this.isClosed) {
      if (this.commands.status === 'ready') await this.ping();
      // A subscription that is never written to would not notice a dead connection.
      if (this.subscriptions.status === 'ready')
        this.subscriptions.ping().catch(() => replaceIfReady(this.subscriptions));
      if (this.isClosed) return;
      await this.pauseOrReady(this.current.state === 'up' ? PING_INTERVAL_MS : PING_INTERVAL_WHILE_DOWN_MS);
    }
  }

  private async ping(): Promise<void> {
    const answer = this.commands.ping();
    const failureWithin = (ms: number) =>
      withinDeadline(answer, ms, () => new Error(noAnswerWithin(ms))).then(() => undefined, messageOf);
    const [delay, failure] = await Promise.all([SHORT_DEADLINE_MS, COMMAND_DEADLINE_MS].map(failureWithin));
    this.isSlow = delay !== undefined;
    if (failure === undefined) return this.markUp();
    this.markDown(failure);
    // One unanswered PING at a time.
    await answer.catch(() => replaceIfReady(this.commands));
  }

  /** Nobody else is to wait as long for the same discovery; PING tells at once whether it was a single command. */
  private missed(deadlineMs: number): RedisUnavailableError {
    const reason = noAnswerWithin(deadlineMs);
    this.isSlow = true;
    if (deadlineMs >= COMMAND_DEADLINE_MS) this.markDown(reason);
    this.wake();
    return new RedisUnavailableError(`Redis: ${reason}`);
  }

  private markUp(): void {
    if (this.isClosed || this.current.state === 'up') return;
    this.current = { state: 'up', since: Date.now() };
    this.logger.log({ msg: 'Redis answers', address: this.address });
    if (!this.isAdvised) void this.advise();
    this.events.emit('up');
  }

  /** Once; a server that tells nothing of itself is taken as it is. */
  private async advise(): Promise<void> {
    this.isAdvised = true;
    const info = await this.commands.info().catch(() => '');
    if (this.isClosed) return;
    for (const msg of serverAdvice(info)) this.logger.warn({ msg, address: this.address });
  }

  private markDown(reason: string): void {
    if (this.current.state === 'down') return;
    this.current = { state: 'down', since: Date.now(), reason };
    if (this.isClosed) return;
    this.logger.warn({ msg: 'Redis does not answer, trying again', address: this.address, reason });
    this.events.emit('down');
  }

  private noteReason(reason: string): void {
    if (this.current.state === 'down') this.current = { ...this.current, reason };
  }

  private async resubscribe(): Promise<void> {
    if (this.channels.size === 0) return;
    try {
      await this.subscriptions.subscribe(...this.channels.keys());
      this.events.emit('resubscribed');
    } catch (error) {
      this.logger.warn({ msg: 'Redis refuses the subscriptions', address: this.address, reason: messageOf(error) });
    }
  }

  private pauseOrReady(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** A connection that still seems alive but on which PING was not answered gives way to a new one. */
function replaceIfReady(client: Redis): void {
  if (client.status === 'ready') client.disconnect(true);
}

function noAnswerWithin(ms: number): string {
  return `no answer within ${ms} ms`;
}

function jittered(ms: number): number {
  return Math.round(ms * (0.5 + Math.random() / 2));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
