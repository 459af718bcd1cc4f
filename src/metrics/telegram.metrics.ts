import { Injectable } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';
import { DURATION_BUCKETS, METRIC_PREFIX } from './metric-name';
import { registerReadGauge } from './read-gauge';

export type TelegramCallResult =
  | 'ok'
  /** 403: the person stopped the bot. */
  | 'blocked'
  /** 429. */
  | 'too_many_requests'
  /** An edit that would change nothing. */
  | 'unchanged'
  /** Another 4xx: the call is faulty, the token is wrong (401), or somebody else polls (409). */
  | 'refused'
  /** 5xx. */
  | 'server_error'
  | 'timeout'
  /** No connection, or a broken one. */
  | 'connection'
  /** Ended from this side: the process stops. */
  | 'abandoned';

/** A poll lasts as long as nobody writes: its time says nothing. */
const LONG_POLL = 'getUpdates';

/** Counts and times the calls of the Bot API. */
@Injectable()
export class TelegramMetrics {
  private readonly calls: Counter<'method' | 'result'>;
  private readonly seconds: Histogram<'method'>;
  private readonly deliverySeconds: Histogram;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.calls = new Counter({
      name: `${METRIC_PREFIX}telegram_calls_total`,
      help: 'Calls of the Bot API by method and result, messages among them; too_many_requests (429): the limits of sending are set too high',
      labelNames: ['method', 'result'],
      registers,
    });
    this.seconds = new Histogram({
      name: `${METRIC_PREFIX}telegram_call_duration_seconds`,
      help: 'How long Telegram takes for one call, by method, failed ones included; long polls are left out',
      labelNames: ['method'],
      buckets: DURATION_BUCKETS,
      registers,
    });
    this.deliverySeconds = new Histogram({
      name: `${METRIC_PREFIX}delivery_duration_seconds`,
      help: 'Time from when a message could be sent until Telegram took it; long with short calls: the limits of sending hold it back',
      buckets: DURATION_BUCKETS,
      registers,
    });
  }

  /** @param method of the Bot API */
  called(method: string, result: TelegramCallResult, seconds: number): void {
    this.calls.inc({ method, result });
    if (method !== LONG_POLL) this.seconds.observe({ method }, seconds);
  }

  /** @param seconds since the message was stored, or could be sent without that */
  delivered(seconds: number): void {
    this.deliverySeconds.observe(seconds);
  }

  /** @param read how many chats are known to be unreachable now */
  watchUnreachableChats(read: () => number): void {
    registerReadGauge(this.registry, {
      name: 'unreachable_chats',
      help: 'Chats whose person stopped the bot and has not written since, as far as this process knows',
      read: () => [{ value: read() }],
    });
  }
}
