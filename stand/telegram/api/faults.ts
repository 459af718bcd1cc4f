/**
 * A trouble to give the bot instead of an answer:
 * - `status` answers with an HTTP status and Telegram's error body, `retryAfter` with it for 429;
 * - `hang` never answers;
 * - `reset` breaks the connection;
 * - `latency` answers properly, `latencyMs` later.
 */
export interface Fault {
  /** Name of a Bot API method in any case; every method without it. */
  method?: string;
  mode: 'status' | 'hang' | 'reset' | 'latency';
  /** HTTP status; 500 without it. */
  status?: number;
  /** Instead of Telegram's usual description for the status. */
  description?: string;
  /** Seconds, for 429; 1 without it. */
  retryAfter?: number;
  latencyMs?: number;
  /** How many calls it concerns; all until it is cleared without it. */
  times?: number;
  /** Whether the method is done all the same and only its answer is lost; `before` without it. */
  when?: 'before' | 'after';
}

const MODES: readonly unknown[] = ['status', 'hang', 'reset', 'latency'];

/** The faults that are switched on: one for each method, and one for all methods. */
export class Faults {
  private readonly byMethod = new Map<string, Fault>();

  /**
   * Switches a fault on, in place of the one for the same method.
   * @throws RangeError for a fault that cannot be
   */
  set(fault: Fault): void {
    check(fault);
    this.byMethod.set(key(fault.method), { ...fault });
  }

  /** Switches the fault of a method off, or all without a name. */
  clear(method?: string): void {
    if (method === undefined) {
      this.byMethod.clear();
    } else {
      this.byMethod.delete(key(method));
    }
  }

  /** Those that are on, with the calls that are left to them. */
  list(): Fault[] {
    return [...this.byMethod.values()].map((fault) => ({ ...fault }));
  }

  /** @returns the fault for one call, and counts it; that of the method goes before that of all */
  take(method: string): Fault | undefined {
    if (this.byMethod.size === 0) {
      return undefined;
    }
    const fault = this.byMethod.get(key(method)) ?? this.byMethod.get(key(undefined));
    if (fault?.times !== undefined) {
      fault.times -= 1;
      if (fault.times === 0) {
        this.byMethod.delete(key(fault.method));
      }
    }
    return fault;
  }
}

const key = (method: string | undefined): string => method?.toLowerCase() ?? '';

function check(fault: Fault): void {
  const positive = (value: unknown): boolean => Number.isFinite(value) && Number(value) > 0;
  if (!MODES.includes(fault.mode)) {
    throw new RangeError(`fault mode must be one of ${MODES.join(', ')}`);
  }
  if (fault.mode === 'latency' && !positive(fault.latencyMs)) {
    throw new RangeError('a fault of mode "latency" needs latencyMs, a positive number of milliseconds');
  }
  if (fault.status !== undefined && !(Number.isInteger(fault.status) && fault.status >= 400 && fault.status <= 599)) {
    throw new RangeError('fault status must be an HTTP status from 400 to 599');
  }
  if (fault.times !== undefined && !(Number.isInteger(fault.times) && fault.times > 0)) {
    throw new RangeError('fault times must be a positive whole number');
  }
  if (fault.retryAfter !== undefined && !positive(fault.retryAfter)) {
    throw new RangeError('fault retryAfter must be a positive number of seconds');
  }
  if (fault.when !== undefined && fault.when !== 'before' && fault.when !== 'after') {
    throw new RangeError('fault when must be "before" or "after"');
  }
}
