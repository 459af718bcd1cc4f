import { type InternalAxiosRequestConfig } from 'axios';
import { type OneCError, type OneCErrorFacts } from './errors';

/** Why an attempt brought no answer and what follows from it. */
export interface Verdict {
  /** For the log and the trace: the problem's code, the network's code, or one of our own. */
  code: string;
  status?: number;
  retry: boolean;
  /** Milliseconds that 1C asked to wait for. */
  retryAfterMs?: number;
  /** How grave it is when it is logged; `debug` for answers that the contract names. */
  level: 'debug' | 'warn' | 'error';
  /** The sentence of the log: what happened, and what to do where somebody can do something. */
  message: string;
  /** More of it, free of credentials. */
  detail?: string;
  /** The error of the whole call, should this attempt be the last. */
  toError: (facts: OneCErrorFacts) => OneCError;
}

/**
 * A failed attempt on its way through the interceptors. It never leaves this module: `config`, which the retry needs,
 * holds the credentials.
 */
export class AttemptFailure extends Error {
  constructor(
    readonly config: InternalAxiosRequestConfig | undefined,
    readonly verdict: Verdict,
  ) {
    super(verdict.message);
    this.name = AttemptFailure.name;
  }
}
