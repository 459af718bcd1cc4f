import { performance } from 'node:perf_hooks';
import { type AttemptTrace } from './call-trace';
import { type Operation } from './contract';

/** One call of an operation: what its attempts have in common. Carried through the HTTP client in its request config. */
export class Question {
  readonly attempts: AttemptTrace[] = [];
  /** 1C is away: the question is not asked any further. */
  brokenOff = false;
  /** The pause before the next attempt, decided together with whether there is one. */
  pauseMs = 0;

  private readonly startedAt = performance.now();
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private attemptStartedAt?: number;
  private readonly onCallerAbort = () => this.controller.abort();

  /**
   * @param deadlineMs budget of all attempts, from now on, waiting and pauses included
   * @param caller the caller's own signal
   */
  constructor(
    readonly operation: Operation,
    readonly requestId: string,
    private readonly deadlineMs: number,
    private readonly caller?: AbortSignal,
  ) {
    this.timer = setTimeout(() => this.controller.abort(), Math.max(0, deadlineMs));
    caller?.addEventListener('abort', this.onCallerAbort, { once: true });
    if (caller?.aborted) this.controller.abort();
  }

  /** Aborted by the deadline or by the caller, whichever comes first. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get cancelled(): boolean {
    return this.caller?.aborted ?? false;
  }

  get elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }

  get remainingMs(): number {
    return this.deadlineMs - (performance.now() - this.startedAt);
  }

  /** An attempt got its slot and is about to be sent. */
  beginAttempt(): void {
    this.attemptStartedAt = performance.now();
  }

  /** @returns the record of the attempt under way; nothing where none was sent */
  endAttempt(result: { status?: number; code?: string }): AttemptTrace | undefined {
    if (this.attemptStartedAt === undefined) return undefined;
    const ms = Math.round(performance.now() - this.attemptStartedAt);
    this.attemptStartedAt = undefined;
    const attempt: AttemptTrace = { ...result, ms };
    this.attempts.push(attempt);
    return attempt;
  }

  /** Ends a question that waits for a slot or for its next attempt; one that is being answered goes on. */
  breakOff(): void {
    if (this.attemptStartedAt !== undefined) return;
    this.brokenOff = true;
    this.controller.abort();
  }

  /** Frees the timer and the caller's signal. */
  close(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.onCallerAbort);
  }
}

declare module 'axios' {
  interface AxiosRequestConfig {
    question?: Question;
  }
}
