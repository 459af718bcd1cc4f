import { setMaxListeners } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { type PendingUpdate, type UpdateQueue } from './update-queue';
import { type WebhookSettings } from './webhook-settings';

export interface WebhookPace {
  /** How long a bot may take for its answer. */
  timeoutMs: number;
  /** The pause after the second failure; it doubles with every further one. The first is repeated at once. */
  retryPauseMs: number;
  /** From here on the pauses no longer grow. */
  maxRetryPauseMs: number;
}

export const TELEGRAM_PACE: WebhookPace = { timeoutMs: 60_000, retryPauseMs: 2_000, maxRetryPauseMs: 60_000 };

export interface WebhookError {
  /** Unix time, seconds. */
  date: number;
  message: string;
}

/** Runs the method that a bot put into its answer to an update. */
export type ReplyRunner = (response: IncomingMessage) => Promise<void>;

/** The updates of one chat: only the first of them is under way. */
interface Lane {
  updates: PendingUpdate[];
  failures: number;
  /** When it may be tried again; it waits for this timer. */
  retry?: NodeJS.Timeout;
}

const MAX_RETRY_AFTER_SECONDS = 3600;

/**
 * Sends updates to a webhook: in order within a chat, at most `maxConnections` at once, again after growing pauses
 * until the bot answers 2xx.
 */
export class WebhookDelivery {
  private readonly lanes = new Map<string, Lane>();
  private readonly ready: string[] = [];
  private readonly agent: http.Agent;
  private readonly stopListening: () => void;
  private readonly aborter = new AbortController();
  private active = 0;
  private error: WebhookError | undefined;

  constructor(
    readonly settings: WebhookSettings,
    private readonly queue: UpdateQueue,
    private readonly runReply: ReplyRunner,
    private readonly pace: WebhookPace,
  ) {
    const keepAlive = { keepAlive: true, maxSockets: settings.maxConnections };
    this.agent = settings.url.startsWith('http:')
      ? new http.Agent(keepAlive)
      : new https.Agent({ ...keepAlive, ca: settings.certificate });
    setMaxListeners(0, this.aborter.signal);
    for (const update of queue.all()) {
      this.enqueue(update);
    }
    this.stopListening = queue.onPush((update) => {
      this.enqueue(update);
      this.deliver();
    });
    this.deliver();
  }

  get lastError(): WebhookError | undefined {
    return this.error;
  }

  /** Stops at once; what is not confirmed stays in the queue. */
  close(): void {
    this.stopListening();
    this.aborter.abort();
    for (const lane of this.lanes.values()) {
      clearTimeout(lane.retry);
    }
    this.lanes.clear();
    this.agent.destroy();
  }

  private enqueue(update: PendingUpdate): void {
    const lane = this.lanes.get(update.lane);
    if (lane !== undefined) {
      lane.updates.push(update);
      return;
    }
    this.lanes.set(update.lane, { updates: [update], failures: 0 });
    this.ready.push(update.lane);
  }

  private deliver(): void {
    while (this.active < this.settings.maxConnections && !this.aborter.signal.aborted) {
      const name = this.ready.shift();
      const lane = name === undefined ? undefined : this.lanes.get(name);
      const update = lane?.updates[0];
      if (name === undefined || lane === undefined || update === undefined) {
        return;
      }
      this.active += 1;
      void this.attempt(name, lane, update);
    }
  }

  private async attempt(name: string, lane: Lane, update: PendingUpdate): Promise<void> {
    const failure = await this.send(update);
    this.active -= 1;
    if (this.aborter.signal.aborted) {
      return;
    }
    if (failure === undefined) {
      this.queue.confirm(update.id);
      lane.updates.shift();
      lane.failures = 0;
      if (lane.updates.length > 0) {
        this.ready.push(name);
      } else {
        this.lanes.delete(name);
      }
    } else {
      this.error = { date: Math.floor(Date.now() / 1000), message: failure.message };
      const pauseMs = failure.retryAfterMs ?? this.pauseAfter(lane.failures);
      lane.failures += 1;
      lane.retry = setTimeout(() => {
        this.ready.push(name);
        this.deliver();
      }, pauseMs);
    }
    this.deliver();
  }

  private pauseAfter(earlierFailures: number): number {
    return earlierFailures === 0
      ? 0
      : Math.min(this.pace.retryPauseMs * 2 ** (earlierFailures - 1), this.pace.maxRetryPauseMs);
  }

  /** @returns nothing where the bot took the update */
  private async send(update: PendingUpdate): Promise<{ message: string; retryAfterMs?: number } | undefined> {
    try {
      const response = await this.post(update.json);
      const status = response.statusCode ?? 0;
      if (status >= 200 && status <= 299) {
        await this.runReply(response);
        return undefined;
      }
      response.resume();
      const retryAfter = Math.min(Number(response.headers['retry-after'] ?? 0), MAX_RETRY_AFTER_SECONDS);
      return {
        message: `Wrong response from the webhook: ${status} ${response.statusMessage ?? ''}`.trimEnd(),
        ...(retryAfter > 0 && { retryAfterMs: retryAfter * 1000 }),
      };
    } catch (error) {
      return { message: describe(error) };
    }
  }

  private post(body: string): Promise<IncomingMessage> {
    const { url, secretToken } = this.settings;
    const { request } = url.startsWith('http:') ? http : https;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        url,
        {
          method: 'POST',
          agent: this.agent,
          signal: this.aborter.signal,
          timeout: this.pace.timeoutMs,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            ...(secretToken !== '' && { 'x-telegram-bot-api-secret-token': secretToken }),
          },
        },
        resolve,
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error('Read timeout expired')));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}

/** As getWebhookInfo words it. */
function describe(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ECONNREFUSED':
      return 'Connection refused';
    case 'ECONNRESET':
      return 'Connection reset by peer';
    case 'ETIMEDOUT':
      return 'Connection timed out';
    case 'ENOTFOUND':
      return 'Failed to resolve host: No address associated with hostname';
    default:
      return message;
  }
}
