import { type OneCProblem } from './contract';
import { type Verdict } from './attempt-failure';
import {
  OneCBadRequestError,
  OneCConflictError,
  OneCExpiredError,
  OneCForbiddenError,
  OneCNotFoundError,
  OneCNotSupportedError,
  OneCUnavailableError,
  OneCCancelledError,
  type OneCErrorFacts,
} from './errors';

type ToError = Verdict['toError'];

const unavailable: ToError = (facts) => new OneCUnavailableError(facts);
const badRequest: ToError = (facts) => new OneCBadRequestError(facts);

/** The answers that the contract names by status and code (contract, Errors). */
const NAMED: Record<string, ToError> = {
  '404 supplier_not_found': (facts: OneCErrorFacts) => new OneCNotFoundError('supplier_not_found', facts),
  '404 order_not_found': (facts: OneCErrorFacts) => new OneCNotFoundError('order_not_found', facts),
  '404 code_not_found': (facts: OneCErrorFacts) => new OneCNotFoundError('code_not_found', facts),
  '409 already_linked': (facts: OneCErrorFacts) => new OneCConflictError('already_linked', facts),
  '409 link_pending': (facts: OneCErrorFacts) => new OneCConflictError('link_pending', facts),
  '410 code_expired': (facts: OneCErrorFacts) => new OneCExpiredError(facts),
  '422 not_supported': (facts: OneCErrorFacts) => new OneCNotSupportedError(facts),
};

/** Failures of TLS that no repetition mends, by Node's and OpenSSL's codes. */
const CERTIFICATE = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$/;

/** The request could not even be formed: a broken address, mostly. */
const UNSENDABLE = /^ERR_(INVALID|UNESCAPED|BAD_OPTION|BAD_REQUEST|NOT_SUPPORT)/;

/**
 * What an answer other than 200 means (contract, Errors). A 4xx that the table does not name and that carries no
 * problem is a page of some web server on the way and counts as 502.
 *
 * @param status HTTP status
 * @param problem the body, where it is a problem with a code
 */
export function verdictOnStatus(status: number, problem: OneCProblem | undefined, retryAfterMs?: number): Verdict {
  const detail = problem && [problem.title, problem.detail].filter(Boolean).join(': ');
  const base = { status, code: problem?.code ?? `http_${status}`, ...(detail ? { detail } : {}) };

  if (status === 401 || status === 403) {
    return {
      ...base,
      retry: false,
      level: 'error',
      message:
        '1C refuses the bot: check ONEC_API_KEY (and ONEC_BASIC_USER, ONEC_BASIC_PASSWORD), and whether 1C allows this address',
      toError: (facts) => new OneCForbiddenError(facts),
    };
  }
  if (status === 400 || status === 413) {
    return { ...base, retry: false, level: 'error', message: '1C calls the request faulty', toError: badRequest };
  }
  if (status === 429 || status >= 500) {
    return {
      ...base,
      retry: true,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      level: 'warn',
      message: status === 429 ? '1C asks for fewer requests' : '1C failed',
      toError: unavailable,
    };
  }
  if (status < 400 || !problem) {
    return {
      ...base,
      retry: true,
      level: 'warn',
      message: `not an answer by the contract: check that ONEC_BASE_URL is the address of the HTTP service itself`,
      toError: unavailable,
    };
  }
  const named = NAMED[`${status} ${problem.code}`];
  if (named) return { ...base, retry: false, level: 'debug', message: '1C answered with a problem', toError: named };
  return {
    ...base,
    retry: false,
    level: 'error',
    message: '1C answered with a problem that the contract does not name',
    toError: badRequest,
  };
}

/** A body that is not JSON or does not fit the schema counts as 502 (contract, Errors). */
export function verdictOnBody(status: number, code: 'unreadable_body' | 'unfitting_body', detail: string): Verdict {
  const message = code === 'unreadable_body' ? 'the body is not a JSON object' : 'the body does not fit the contract';
  return { status, code, retry: true, level: 'warn', message, detail, toError: unavailable };
}

/** The same question would bring the same answer: not retried. */
export function verdictOnSize(limitBytes: number): Verdict {
  return {
    code: 'response_too_large',
    retry: false,
    level: 'error',
    message: `1C answered with more than ${limitBytes} bytes, which is refused: its HTTP service should answer less`,
    toError: unavailable,
  };
}

/** The question's own end: the caller left, the breaker opened, or the deadline over all attempts passed. */
export function verdictOnAbort({ cancelled, brokenOff }: { cancelled: boolean; brokenOff: boolean }): Verdict {
  if (cancelled) {
    return {
      code: 'cancelled',
      retry: false,
      level: 'debug',
      message: 'the caller no longer waits',
      toError: (facts) => new OneCCancelledError(facts),
    };
  }
  const [code, message] = brokenOff ? ['breaker_open', '1C is away'] : ['deadline', 'ONEC_DEADLINE_MS passed'];
  return { code, retry: false, level: brokenOff ? 'debug' : 'warn', message, toError: unavailable };
}

/** No answer at all: a broken or refused connection, a timeout of the attempt, a failure of TLS. */
export function verdictOnConnection(code: string, detail: string): Verdict {
  if (UNSENDABLE.test(code)) {
    return {
      code,
      retry: false,
      level: 'error',
      message: 'the request cannot be sent: check ONEC_BASE_URL',
      detail,
      toError: badRequest,
    };
  }
  if (CERTIFICATE.test(code)) {
    return {
      code,
      retry: false,
      level: 'error',
      message: "1C's certificate is not trusted: check its name and dates, and ONEC_CA_FILE for a private authority",
      detail,
      toError: unavailable,
    };
  }
  const message = code === 'timeout' ? 'no complete answer within ONEC_TIMEOUT_MS' : 'the connection failed';
  return { code, retry: true, level: 'warn', message, detail, toError: unavailable };
}
