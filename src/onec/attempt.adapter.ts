import axios, { AxiosError, CanceledError, type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import { bulkhead } from 'cockatiel';
import { type Settings } from '../config/settings';
import { type Question } from './question';
import { untilAborted } from './until-aborted';

/** Marks an attempt that outlived its budget; the HTTP client's own timeout would not end a body that drips. */
export const ATTEMPT_TIMEOUT = 'timeout';

/**
 * Sends one attempt: waits for one of `onecMaxConcurrency` slots, no longer than the question may last, then gives the
 * attempt `onecTimeoutMs` from the first byte out to the last byte in. Pauses between attempts hold no slot.
 */
export function attemptAdapter(settings: Settings): AxiosAdapter {
  const slots = bulkhead(settings.onecMaxConcurrency, Number.POSITIVE_INFINITY);
  const send = axios.getAdapter('http');

  const attempt = async (config: InternalAxiosRequestConfig, question: Question) => {
    if (question.signal.aborted) throw new CanceledError(undefined, config);
    const budget = new AbortController();
    const abort = () => budget.abort();
    const timer = setTimeout(abort, settings.onecTimeoutMs);
    question.signal.addEventListener('abort', abort, { once: true });
    question.beginAttempt();
    try {
      const response = await send({ ...config, signal: budget.signal });
      // A retry repeats the config of the answer or of the error: it must be the one with the question's signal.
      response.config = config;
      return response;
    } catch (error) {
      if (budget.signal.aborted && !question.signal.aborted) {
        throw new AxiosError('no complete answer in time', ATTEMPT_TIMEOUT, config);
      }
      if (error instanceof AxiosError) error.config = config;
      throw error;
    } finally {
      clearTimeout(timer);
      question.signal.removeEventListener('abort', abort);
    }
  };

  return (config) => {
    const { question } = config;
    if (!question) return Promise.reject(new AxiosError('a request without a question', 'ERR_BAD_OPTION', config));
    // The bulkhead is not told of the signal: cockatiel 3 forgets to wake the next in its queue after one that was
    // aborted while it waited.
    const sent = slots.execute(() => attempt(config, question));
    return untilAborted(sent, question.signal, () => new CanceledError(undefined, config));
  };
}
