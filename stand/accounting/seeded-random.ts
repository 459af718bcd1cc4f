/** Reproducible choices: the same seed makes the same demo on every machine. */
export interface SeededRandom {
  /** @returns a number from 0 (included) to 1 (excluded) */
  next(): number;
  /** @returns a whole number within both bounds, included */
  integer(min: number, max: number): number;
  /** @returns one element; throws on an empty list */
  pick<T>(list: readonly T[]): T;
  /** @returns `count` different elements, fewer where the list is shorter; the list stays as it is */
  sample<T>(list: readonly T[], count: number): T[];
}

/**
 * The generator mulberry32: 32 bits of state, enough for made-up data, not for secrets.
 *
 * @param seed a number, or a text such as `7:orders:00-000077` so that each part of the demo has its own sequence
 */
export function seededRandom(seed: number | string): SeededRandom {
  let state = hash(String(seed));
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('Cannot pick from an empty list');
    return list[integer(0, list.length - 1)] as T;
  };
  const sample = <T>(list: readonly T[], count: number): T[] => {
    const chosen = new Set<number>();
    const wanted = Math.min(count, list.length);
    while (chosen.size < wanted) chosen.add(integer(0, list.length - 1));
    return [...chosen].map((index) => list[index] as T);
  };
  return { next, integer, pick, sample };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
