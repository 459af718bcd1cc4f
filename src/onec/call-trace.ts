import { type Operation } from './contract';

/** One request on the wire: `status` where 1C answered, `code` where the attempt failed. */
export interface AttemptTrace {
  status?: number;
  code?: string;
  ms: number;
}

/** One call of an operation with all its attempts; `ms` includes the pauses and the wait for a free slot. */
export interface OneCCallTrace {
  operation: Operation;
  requestId: string;
  attempts: AttemptTrace[];
  ms: number;
}

/**
 * What one question cost, as plain JSON for the log and for the demo's panel. A caller makes one, passes it along, and
 * reads it when the answer is there.
 */
export interface CallTrace {
  /** Counted per article: `joined` waited for a request that another asker had already sent. */
  cache: { hits: number; misses: number; joined: number };
  /** Requests of others that this question joined are not listed: they are in the trace of who sent them. */
  onec: OneCCallTrace[];
}

export function createCallTrace(): CallTrace {
  return { cache: { hits: 0, misses: 0, joined: 0 }, onec: [] };
}
