import { type Operation } from '../../src/onec/contract';
import { OPERATION_NAMES } from './operation-names';

/**
 * How the accounting system fails:
 * - `none`: it does not; with `latencyMs` it is slow
 * - `status`: an error answer with `status`, and Retry-After where `retryAfter` is given
 * - `hang`: the request is taken and never answered
 * - `html`: a page of the web server instead of JSON, with status 200 or `status`
 * - `broken-json`: the right answer, cut off in the middle
 * - `wrong-schema`: JSON that does not fit the contract
 * - `reset`: the connection is reset after the request
 * - `refused`: nobody listens on the port
 */
export const FAULT_MODES = [
  'none',
  'status',
  'hang',
  'html',
  'broken-json',
  'wrong-schema',
  'reset',
  'refused',
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

export interface Fault {
  mode: FaultMode;
  /** HTTP status of `status` (503 where it is not given) and of `html`. */
  status?: number;
  /** Seconds for Retry-After, with `status`. */
  retryAfter?: number;
  /** Every answer waits so long first. */
  latencyMs?: number;
  /** Only this operation fails; all of them where it is not given. */
  operation?: Operation;
  /** So many requests fail, then all is well again; without it until `clear`. */
  times?: number;
}

export const NO_FAULT: Fault = { mode: 'none' };
export const DEFAULT_FAULT_STATUS = 503;

const MAX_LATENCY_MS = 600_000;
const FIELDS = ['mode', 'status', 'retryAfter', 'latencyMs', 'operation', 'times'];

/** A switch that cannot be set like this; the message names each faulty field. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

/** The failure switch of the stand. */
export class Faults {
  private fault: Fault = NO_FAULT;

  /**
   * @param applyRefusal closes or opens the listening port, resolves when it is done
   * @param changed is told the fault that is now on
   */
  constructor(
    private readonly applyRefusal: (refused: boolean) => Promise<void>,
    private readonly changed: (fault: Fault) => void,
  ) {}

  /** The fault that is on, with what is left of `times`. */
  get current(): Readonly<Fault> {
    return this.fault;
  }

  /** Resolves when the fault is on: with `refused` when the port is closed. Throws FaultError for a faulty switch. */
  async set(fault: Fault): Promise<void> {
    const faulty = faultsOf(fault);
    if (faulty.length > 0) throw new FaultError(faulty.join('; '));
    this.change({ ...fault });
    await this.applyRefusal(fault.mode === 'refused');
  }

  /** Resolves when all is well again: after `refused` when the port is open, the same as before. */
  async clear(): Promise<void> {
    await this.set(NO_FAULT);
  }

  /** @returns the fault that hits this request, counted down; undefined where none does */
  take(operation: string): Fault | undefined {
    const fault = this.fault;
    if (fault === NO_FAULT || (fault.operation !== undefined && fault.operation !== operation)) return undefined;
    if (fault.times !== undefined) {
      this.change(fault.times > 1 ? { ...fault, times: fault.times - 1 } : NO_FAULT);
    }
    return fault;
  }

  private change(fault: Fault): void {
    this.fault = fault.mode === 'none' && !fault.latencyMs ? NO_FAULT : fault;
    this.changed(this.fault);
  }
}

/** @param fault may come from outside, by HTTP or the command line */
function faultsOf(fault: Fault): string[] {
  const { mode, status, retryAfter, latencyMs, operation, times } = fault;
  const faulty = Object.keys(fault)
    .filter((field) => !FIELDS.includes(field))
    .map((field) => `${field}: unknown, known are ${FIELDS.join(', ')}`);
  if (!FAULT_MODES.includes(mode)) faulty.push(`mode: must be one of ${FAULT_MODES.join(', ')}`);
  const whole = (name: string, value: unknown, min: number, max: number) => {
    if (value === undefined) return;
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      faulty.push(`${name}: must be a whole number from ${min} to ${max}`);
    }
  };
  whole('status', status, mode === 'html' ? 200 : 400, 599);
  whole('retryAfter', retryAfter, 0, 86_400);
  whole('latencyMs', latencyMs, 0, MAX_LATENCY_MS);
  whole('times', times, 1, 1_000_000);
  if (operation !== undefined && !OPERATION_NAMES.includes(operation)) {
    faulty.push(`operation: must be one of ${OPERATION_NAMES.join(', ')}`);
  }
  if (mode === 'refused' && (times ?? operation ?? latencyMs) !== undefined) {
    faulty.push('refused: closes the port for everybody, so that it takes no times, operation and latencyMs');
  }
  return faulty;
}
