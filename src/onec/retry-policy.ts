import { type AxiosInstance } from 'axios';
import axiosRetry from 'axios-retry';
import { type Settings } from '../config/settings';
import { AttemptFailure } from './attempt-failure';

const FIRST_PAUSE_MS = 200;

/**
 * Repeats what is worth repeating (contract, Errors): a condition of our own, because the built-in ones repeat neither a
 * POST nor a timeout, and pauses of our own, because the built-in ones obey any `Retry-After`. A pause that the deadline
 * does not leave room for ends the question at once.
 */
export function registerRetry(http: AxiosInstance, settings: Settings): void {
  axiosRetry(http, {
    retries: settings.onecMaxAttempts - 1,
    retryCondition: (error: unknown) => error instanceof AttemptFailure && planNext(error),
    retryDelay: (_, error: unknown) => (error as AttemptFailure).config?.question?.pauseMs ?? 0,
  });
}

function planNext({ verdict, config }: AttemptFailure): boolean {
  const question = config?.question;
  if (!question || !verdict.retry || question.signal.aborted) return false;
  question.pauseMs = Math.max(pauseMs(question.attempts.length), verdict.retryAfterMs ?? 0);
  return question.pauseMs < question.remainingMs;
}

/** About 200 ms after the first attempt, 400 ms after the second and so on, a quarter more or less. */
export function pauseMs(attempt: number, random: () => number = Math.random): number {
  return Math.round(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.75 + random() / 2));
}

/**
 * Reads `Retry-After` (RFC 9110, section 10.2.3): seconds or an HTTP date.
 *
 * @returns milliseconds from now, 0 for a time that has passed; nothing for an absent or unreadable header
 */
export function retryAfterMs(header: unknown, now: number = Date.now()): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
