import { Injectable } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';
import { DURATION_BUCKETS, METRIC_PREFIX } from './metric-name';
import { registerReadGauge, stateSamples } from './read-gauge';

export type OneCAttemptResult =
  | 'ok'
  /** A problem of the contract that is an answer: not found, expired, not supported. */
  | 'problem'
  /** 401, 403. */
  | 'forbidden'
  /** 429. */
  | 'too_many_requests'
  /** 5xx. */
  | 'server_error'
  /** A page of a web server, a body that is not JSON, too long, or outside the contract. */
  | 'unfitting'
  | 'timeout'
  /** No connection, a broken one, or one whose certificate is not trusted. */
  | 'connection'
  /** Ended from this side while it was under way: the deadline of the question, or nobody waited any more. */
  | 'abandoned';

const BREAKER_STATES = ['closed', 'open'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** Counts and times the requests to the accounting system, and shows its breaker. */
@Injectable()
export class OneCMetrics {
  private readonly attempts: Counter<'operation' | 'result'>;
  private readonly seconds: Histogram<'operation'>;
  private readonly calls: Counter<'operation' | 'result'>;
  private readonly changes: Counter<'state'>;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.attempts = new Counter({
      name: `${METRIC_PREFIX}onec_attempts_total`,
      help: 'Requests sent to 1C by operation and result, each retry by itself; anything but ok and problem is a fault of 1C or of the way to it',
      labelNames: ['operation', 'result'],
      registers,
    });
    this.seconds = new Histogram({
      name: `${METRIC_PREFIX}onec_attempt_duration_seconds`,
      help: 'How long 1C takes for one request, by operation, failed ones included',
      labelNames: ['operation'],
      buckets: DURATION_BUCKETS,
      registers,
    });
    this.calls = new Counter({
      name: `${METRIC_PREFIX}onec_calls_total`,
      help: 'Calls of 1C with all their attempts, by operation and by ok or the code of the error; onec_unavailable: nobody was answered in spite of the retries',
      labelNames: ['operation', 'result'],
      registers,
    });
    this.changes = new Counter({
      name: `${METRIC_PREFIX}onec_breaker_changes_total`,
      help: 'How often the breaker before 1C opened and closed; many openings: 1C comes and goes',
      labelNames: ['state'],
      registers,
    });
    for (const state of BREAKER_STATES) this.changes.inc({ state }, 0);
  }

  /** @param operation of the contract */
  attempted(operation: string, result: OneCAttemptResult, seconds: number): void {
    this.attempts.inc({ operation, result });
    this.seconds.observe({ operation }, seconds);
  }

  /**
   * @param operation of the contract
   * @param result `ok`, or the stable code of the error
   */
  called(operation: string, result: string): void {
    this.calls.inc({ operation, result });
  }

  breakerChanged(state: BreakerState): void {
    this.changes.inc({ state });
  }

  /** @param read the state of the breaker now */
  watchBreaker(read: () => BreakerState): void {
    registerReadGauge(this.registry, {
      name: 'onec_breaker_state',
      help: '1 for the state of the breaker before 1C; open: 1C is away, suppliers are told so at once or get older answers',
      labelNames: ['state'],
      read: () => stateSamples(BREAKER_STATES, read()),
    });
  }
}
