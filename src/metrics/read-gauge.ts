import { Gauge, type Registry } from 'prom-client';
import { METRIC_PREFIX } from './metric-name';

export interface GaugeSample<L extends string> {
  labels?: Record<L, string>;
  value: number;
}

export interface ReadGauge<L extends string> {
  /** Without the prefix. */
  name: string;
  help: string;
  labelNames?: readonly L[];
  /** Called for every scrape; what is not known has no sample. Must neither hang nor throw. */
  read: () => readonly GaugeSample<L>[] | Promise<readonly GaugeSample<L>[]>;
}

/** Registers a gauge whose samples are read when they are asked for, and not kept between two scrapes. */
export function registerReadGauge<L extends string = never>(registry: Registry, options: ReadGauge<L>): void {
  const { name, help, labelNames = [], read } = options;
  const gauge: Gauge<L> = new Gauge<L>({
    name: `${METRIC_PREFIX}${name}`,
    help,
    labelNames,
    registers: [registry],
    async collect() {
      const samples = await read();
      gauge.reset();
      // A gauge without labels would stand at 0 where nothing is known.
      if (labelNames.length === 0) gauge.remove();
      for (const { labels, value } of samples) {
        if (labels) gauge.set(labels, value);
        else gauge.set(value);
      }
    },
  });
}

/** One sample for each state that there is: 1 for the one that holds, 0 for the others. */
export function stateSamples<S extends string>(states: readonly S[], current: S): GaugeSample<'state'>[] {
  return states.map((state) => ({ labels: { state }, value: state === current ? 1 : 0 }));
}
