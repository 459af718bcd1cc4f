import { type FaultMode } from './faults';

/** One request as the accounting system saw it. */
export interface RequestRecord {
  /** ISO 8601, when it came. */
  at: string;
  /** As in the path; may be one that does not exist. */
  operation: string;
  /** The header X-Request-Id, or one of our own where there was none. */
  requestId: string;
  /** Counted from 1: which request with this id and operation it is. */
  attempt: number;
  /** Of HTTP; 0 where no answer was sent. */
  status: number;
  /** From the request to the end of the answer. */
  ms: number;
  /** Code of the contract where the answer was an error. */
  code?: string;
  /** The fault that hit it. */
  fault?: FaultMode;
  /** The beginning of the request's body, phones and invite codes left out. */
  body: string;
}

const MAX_RECORDS = 1000;
const MAX_BODY_CHARACTERS = 300;
const SECRET_FIELDS = new Set(['phone', 'inviteCode']);

/** The last requests, the oldest first. */
export class RequestLog {
  readonly records: RequestRecord[] = [];
  private readonly attempts = new Map<string, number>();

  /** @param ended is told each request when it has ended */
  constructor(private readonly ended: (record: RequestRecord) => void) {}

  /** @returns which request with this id and operation this is, counted from 1 */
  attempt(operation: string, requestId: string): number {
    const key = `${operation} ${requestId}`;
    const attempt = (this.attempts.get(key) ?? 0) + 1;
    this.attempts.delete(key);
    this.attempts.set(key, attempt);
    const [oldest] = this.attempts.keys();
    if (this.attempts.size > MAX_RECORDS && oldest !== undefined) this.attempts.delete(oldest);
    return attempt;
  }

  add(record: RequestRecord): void {
    this.records.push(record);
    if (this.records.length > MAX_RECORDS) this.records.shift();
    this.ended(record);
  }
}

/** @returns the beginning of a body without what must not be kept */
export function summaryOf(body: unknown): string {
  if (body === undefined) return '';
  const text = JSON.stringify(body, (key, value: unknown) => (SECRET_FIELDS.has(key) ? '***' : value));
  return text.length > MAX_BODY_CHARACTERS ? `${text.slice(0, MAX_BODY_CHARACTERS)}…` : text;
}
