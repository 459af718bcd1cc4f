import { type OneCAttemptResult } from '../metrics/onec.metrics';
import { type AttemptTrace } from './call-trace';

/** Codes of attempts that did not end by themselves (see verdict.ts). */
const ABANDONED = new Set(['cancelled', 'deadline', 'breaker_open']);

/** Answers outside the contract; `http_404` and the like are pages of a web server on the way. */
const UNFITTING = /^(unreadable_body|unfitting_body|response_too_large|http_[1-4]\d\d)$/;

/** Sums an attempt up in one of a few words; its code may be anything that 1C made up. */
export function attemptResultOf({ status, code }: AttemptTrace): OneCAttemptResult {
  if (code === undefined) return 'ok';
  if (ABANDONED.has(code)) return 'abandoned';
  if (code === 'timeout') return 'timeout';
  if (status === 429) return 'too_many_requests';
  if (status === 401 || status === 403) return 'forbidden';
  if (UNFITTING.test(code)) return 'unfitting';
  if (status === undefined || status < 400) return 'connection';
  return status >= 500 ? 'server_error' : 'problem';
}
