import { loadavg } from 'node:os';

export type Unit = 'ms' | '1/s' | 'MB' | '%' | 'requests';

export interface Target {
  text: string;
  met: boolean;
}

/** What was measured of the bot, and of the floor where it has the like. */
export interface Figure {
  name: string;
  unit: Unit;
  bot: number | undefined;
  floor?: number | undefined;
  target?: Target;
  /** Processes that wanted the processor in the last minute, this machine's others included. */
  load: number;
}

interface Measured {
  bot: number | undefined;
  floor?: number | undefined;
}

type Aim = (measured: Measured) => Target | undefined;

export const atMost = (limit: number): Aim => aim(`<= ${limit}`, ({ bot }) => bot! <= limit);
export const atLeast = (limit: number): Aim => aim(`>= ${limit}`, ({ bot }) => bot! >= limit);
export const exactly = (value: number): Aim => aim(`= ${value}`, ({ bot }) => bot === value);
export const timesFloor = (factor: number): Aim =>
  aim(`<= ${factor} floors`, ({ bot, floor }) => floor !== undefined && bot! <= factor * floor);

export function figure(name: string, unit: Unit, measured: Measured, target?: Aim): Figure {
  const met = target?.(measured);
  return { name, unit, ...measured, ...(met ? { target: met } : {}), load: loadavg()[0]! };
}

function aim(text: string, met: (measured: Measured) => boolean): Aim {
  // Memory and CPU are known on Linux only.
  return (measured) => (measured.bot === undefined ? undefined : { text, met: met(measured) });
}
