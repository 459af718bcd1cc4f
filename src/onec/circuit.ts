import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { circuitBreaker, CircuitState, ConsecutiveBreaker, ExponentialBackoff, handleType } from 'cockatiel';
import { OneCMetrics } from '../metrics/onec.metrics';
import { OneCUnavailableError } from './errors';
import { type Question } from './question';
import { untilAborted } from './until-aborted';

/** Questions that have to fail one after another, each with all its attempts, before 1C counts as away. */
const FAILED_QUESTIONS = 5;
/** The first ping after the break, and the longest pause between two of them. */
const FIRST_PING_MS = 1000;
const LONGEST_PAUSE_MS = 10_000;
const TICK_MS = 250;

export type CircuitStateName = 'closed' | 'open';

/**
 * The breaker around 1C. It opens after consecutive failed questions; while it is open nobody waits in vain, those who
 * wait for a slot or between attempts are told at once, and 1C is asked by `ping` alone until it answers.
 */
@Injectable()
export class OneCCircuit implements OnApplicationShutdown {
  private readonly logger = new Logger(OneCCircuit.name);
  private readonly policy = circuitBreaker(handleType(OneCUnavailableError), {
    halfOpenAfter: new ExponentialBackoff({ initialDelay: FIRST_PING_MS, maxDelay: LONGEST_PAUSE_MS }),
    breaker: new ConsecutiveBreaker(FAILED_QUESTIONS),
  });
  private readonly underWay = new Set<Question>();
  private readonly waiting = new Set<() => void>();
  private probe?: NodeJS.Timeout;
  private changedAt = Date.now();
  private ping: () => Promise<unknown> = () => Promise.resolve();

  constructor(private readonly metrics: OneCMetrics) {
    this.policy.onBreak(() => this.opened());
    this.policy.onReset(() => this.closed());
    metrics.watchBreaker(() => this.state.name);
  }

  /** What is known of 1C, and since when (milliseconds since the epoch). */
  get state(): { name: CircuitStateName; since: number } {
    return { name: this.isOpen ? 'open' : 'closed', since: this.changedAt };
  }

  get isOpen(): boolean {
    return this.policy.state !== CircuitState.Closed;
  }

  /** Resolves when 1C is there, at once where it is; rejects with the signal's reason. */
  async whenClosed(signal: AbortSignal): Promise<void> {
    while (this.isOpen) {
      await untilAborted(
        new Promise<void>((resolve) => this.waiting.add(resolve)),
        signal,
        () => signal.reason as Error,
      );
    }
  }

  /** @param ping asks 1C once; the breaker makes use of it while it is open */
  probeBy(ping: () => Promise<unknown>): void {
    this.ping = ping;
  }

  /** Lets a question pass and learns from how it ends. */
  async pass<T>(question: Question, ask: () => Promise<T>): Promise<T> {
    if (this.isOpen) question.breakOff();
    this.underWay.add(question);
    try {
      return await (question.brokenOff ? ask() : this.policy.execute(ask));
    } finally {
      this.underWay.delete(question);
    }
  }

  onApplicationShutdown(): void {
    clearTimeout(this.probe);
  }

  private opened(): void {
    this.changedAt = Date.now();
    for (const question of this.underWay) question.breakOff();
    if (this.probe) return;
    this.logger.error({ event: 'breaker', state: 'open', msg: '1C is away: only pings are sent until it answers' });
    this.metrics.breakerChanged('open');
    this.probeSoon();
  }

  private closed(): void {
    this.changedAt = Date.now();
    this.logger.log({ event: 'breaker', state: 'closed', msg: '1C is back' });
    this.metrics.breakerChanged('closed');
    for (const go of this.waiting) go();
    this.waiting.clear();
  }

  private probeSoon(): void {
    this.probe = setTimeout(() => {
      // Refused by the policy until the pause is over; what the ping brings decides on the next state.
      this.policy
        .execute(() => this.ping())
        .catch(() => undefined)
        .finally(() => {
          this.probe = undefined;
          if (this.isOpen) this.probeSoon();
        });
    }, TICK_MS);
    this.probe.unref();
  }
}
