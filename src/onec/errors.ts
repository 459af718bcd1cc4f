import { type Operation } from './contract';

export type NotFoundCode = 'supplier_not_found' | 'order_not_found' | 'code_not_found';
export type ConflictCode = 'already_linked' | 'link_pending';
export type OneCErrorCode =
  | NotFoundCode
  | ConflictCode
  | 'onec_unavailable'
  | 'forbidden'
  | 'bad_request'
  | 'code_expired'
  | 'not_supported'
  | 'cancelled';

/** What is known of a failed call. */
export interface OneCErrorFacts {
  operation: Operation;
  requestId: string;
  /** Requests that were sent; 0 where the call failed before the first. */
  attempts: number;
  /** The last HTTP status, where there was one. */
  status?: number;
  /** Free of credentials: an error of the HTTP client never gets here as it is, it holds the request's headers. */
  cause?: unknown;
}

/** A call of the accounting system that brought no answer; `code` is stable and fit for a switch. */
export abstract class OneCError extends Error {
  readonly operation: Operation;
  readonly requestId: string;
  readonly attempts: number;
  readonly status?: number;

  protected constructor(
    readonly code: OneCErrorCode,
    message: string,
    facts: OneCErrorFacts,
  ) {
    super(`${facts.operation}: ${message}`, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.operation = facts.operation;
    this.requestId = facts.requestId;
    this.attempts = facts.attempts;
    if (facts.status !== undefined) this.status = facts.status;
  }
}

/** 1C gave no readable answer within its attempts and its deadline; asking again later may help. */
export class OneCUnavailableError extends OneCError {
  constructor(facts: OneCErrorFacts) {
    super('onec_unavailable', 'the accounting system did not answer', facts);
  }
}

/** 401, 403: a wrong or missing key, or an address that is not allowed; an operator has to act. */
export class OneCForbiddenError extends OneCError {
  constructor(facts: OneCErrorFacts) {
    super('forbidden', 'the accounting system refused the API key or this address', facts);
  }
}

/**
 * The bot's own fault: the request does not fit the contract (nothing was sent then, `attempts` is 0), or 1C refused
 * it as such (400, 413). A problem that the contract does not name (another `code` with a 4xx) is this one too: the two
 * sides disagree about the contract, and asking again cannot help.
 */
export class OneCBadRequestError extends OneCError {
  constructor(facts: OneCErrorFacts) {
    super('bad_request', 'the request does not fit the contract', facts);
  }
}

/** 404: no such supplier, order or invite code. */
export class OneCNotFoundError extends OneCError {
  declare readonly code: NotFoundCode;

  constructor(code: NotFoundCode, facts: OneCErrorFacts) {
    super(code, code.replaceAll('_', ' '), facts);
  }
}

/** 409: the chat is linked already, or waits for a manager's approval. */
export class OneCConflictError extends OneCError {
  declare readonly code: ConflictCode;

  constructor(code: ConflictCode, facts: OneCErrorFacts) {
    super(code, code.replaceAll('_', ' '), facts);
  }
}

/** 410: the invite code has expired. */
export class OneCExpiredError extends OneCError {
  constructor(facts: OneCErrorFacts) {
    super('code_expired', 'the invite code has expired', facts);
  }
}

/** 422: this accounting system lacks the operation; the bot hides it. */
export class OneCNotSupportedError extends OneCError {
  constructor(facts: OneCErrorFacts) {
    super('not_supported', 'the accounting system lacks the operation', facts);
  }
}

/** The caller's own signal ended the call. */
export class OneCCancelledError extends OneCError {
  constructor(facts: OneCErrorFacts) {
    super('cancelled', 'the caller no longer waits', facts);
  }
}
