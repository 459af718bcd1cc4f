import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { PEOPLE, type Person } from '../people';
import { type ApiCallRecord } from './api/api-call';
import { BotApi } from './api/bot-api';
import { Faults } from './api/faults';
import { botMethods } from './api/methods/bot-methods';
import { messageMethods } from './api/methods/message-methods';
import { updateMethods } from './api/methods/update-methods';
import { RateLimiter, type SendingLimits, TELEGRAM_SENDING_LIMITS } from './api/rate-limiter';
import { pushBounded } from './bounded';
import { BotProfile } from './chats/bot-profile';
import { CallbackQueries } from './chats/callback-queries';
import { Conversations } from './chats/conversations';
import { Files } from './chats/files';
import { type TelegramEvents } from './events';
import { EventStreams } from './people/event-streams';
import { PersonSide } from './people/person-side';
import { TelegramUser } from './people/telegram-user';
import { userRouter } from './people/user-router';
import { LongPoll } from './updates/long-poll';
import { UpdateQueue } from './updates/update-queue';
import { Webhook } from './updates/webhook';
import { TELEGRAM_PACE, type WebhookPace } from './updates/webhook-delivery';

export type { ApiCallRecord } from './api/api-call';
export type { Fault } from './api/faults';
export type * from './bot-api.types';
export type { SeenAction } from './chats/conversation';
export type { CallbackAnswer, ChatEvents, TelegramEvents } from './events';
export type { ContactCard } from './people/person-side';
export type { NextMessageOptions, TelegramUser } from './people/telegram-user';

export interface TelegramOptions {
  /** The bot's token; its first part is the bot's user id. */
  token: string;
  /** 0, or nothing, takes a free port. */
  port?: number;
  host?: string;
  /** The accounts that there are; those of the demo without it. */
  people?: readonly Person[];
  botUsername?: string;
  botName?: string;
  /** Whether to refuse messages above Telegram's limits of sending with 429; `true` keeps 30/s, 1/s a chat, bursts of 5. */
  enforceLimits?: boolean | SendingLimits;
  /** Messages that a chat keeps, 1000 without it; older ones are forgotten, and cannot be edited any more. */
  historyLimit?: number;
  /** Calls that are remembered, 5000 without it. */
  callsLimit?: number;
  /** Files that are remembered, 500 without it. */
  filesLimit?: number;
  /** How long the bot may take to answer the press of a button, 15 s without it. */
  callbackLifetimeMs?: number;
  /** How patient the webhook delivery is; as Telegram without it. */
  webhookPace?: Partial<WebhookPace>;
  /** The id of the first update; random without it, as at Telegram. */
  firstUpdateId?: number;
}

/** A running local Telegram: the Bot API for a bot, and people for tests and for a chat page. */
export interface LocalTelegram {
  /** Root of the Bot API, for TELEGRAM_API_ROOT; the people's side is under `/_tg`. */
  readonly url: string;
  readonly token: string;
  readonly events: EventEmitter<TelegramEvents>;
  /** What the bot called, the oldest first, bounded; may be emptied by `calls.length = 0`. */
  readonly calls: ApiCallRecord[];
  readonly faults: Faults;
  /** The people's side over HTTP, to be mounted under any prefix. */
  readonly router: Router;
  /** @throws PersonError for an account that there is not */
  user(id: number): TelegramUser;
  /** Opens one more account. */
  addPerson(person: Person): TelegramUser;
  /** Ends at once, whatever waits: polls, event streams, idle connections. */
  close(): Promise<void>;
}

/** Longer than clients keep an idle connection, so that they never write into one that is just being closed. */
const KEEP_ALIVE_MS = 120_000;

/**
 * Starts a local Telegram on a socket of its own.
 * @throws the error of `listen`, for example EADDRINUSE where the port is taken
 */
export async function startTelegram(options: TelegramOptions): Promise<LocalTelegram> {
  const { token, port = 0, host = '127.0.0.1', historyLimit = 1_000, callsLimit = 5_000, enforceLimits } = options;
  const hub = new EventEmitter<TelegramEvents>().setMaxListeners(0);
  const calls: ApiCallRecord[] = [];
  const record = (call: ApiCallRecord): void => {
    pushBounded(calls, call, callsLimit);
    hub.emit('call', call);
  };

  const profile = new BotProfile(token, options.botUsername ?? 'supplier_local_bot', options.botName ?? 'Supplier Bot');
  const conversations = new Conversations(options.people ?? PEOPLE, hub, historyLimit);
  const files = new Files(options.filesLimit ?? 500);
  const callbacks = new CallbackQueries(options.callbackLifetimeMs ?? 15_000);
  const updates = new UpdateQueue(options.firstUpdateId);
  const longPoll = new LongPoll(updates);
  const faults = new Faults();
  const limits = enforceLimits === true ? TELEGRAM_SENDING_LIMITS : enforceLimits || undefined;

  const webhook: Webhook = new Webhook(updates, (response) => api.runReply(response), {
    ...TELEGRAM_PACE,
    ...options.webhookPace,
  });
  const methods = {
    ...updateMethods(updates, longPoll, webhook),
    ...messageMethods({
      conversations,
      files,
      bot: profile.user,
      ...(limits && { rateLimiter: new RateLimiter(limits) }),
    }),
    ...botMethods({ profile, conversations, callbacks, files, hub }),
  };
  const api = new BotApi(token, methods, files, faults, record);

  const side = new PersonSide({ conversations, files, updates, callbacks, profile });
  const streams = new EventStreams(hub);
  const router = userRouter(side, streams, faults);
  const pages = express().disable('x-powered-by').use('/_tg', router);

  const server = createServer((request, response) => {
    if (api.serves(request.url ?? '')) {
      api.handle(request, response);
    } else {
      pages(request, response);
    }
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;

  const users = new Map<number, TelegramUser>();
  const user = (id: number): TelegramUser => {
    const known = users.get(id) ?? new TelegramUser(side.conversation(id), side, historyLimit);
    users.set(id, known);
    return known;
  };
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    token,
    events: hub,
    calls,
    faults,
    router,
    user,
    addPerson(person) {
      conversations.add(person);
      users.delete(person.id);
      return user(person.id);
    },
    close() {
      webhook.remove();
      streams.close();
      for (const known of users.values()) {
        known.close();
      }
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        longPoll.close();
      });
    },
  };
}
