import { setFlagsFromString } from 'node:v8';

/**
 * V8 doubles its young generation whenever much of it outlives a collection, up to `--max-semi-space-size`, and a process
 * that does little afterwards keeps that room for good. While a process starts nearly everything outlives: it would take
 * the most before the first question comes. So it is kept as it is from here on, until the process has started.
 */
setFlagsFromString('--semi-space-growth-factor=1');

/** From now on it grows with the load: collections are rarer then, and cost less. */
export function letYoungGenerationGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
