/** A metric as a scrape shows it: what its HELP and TYPE say, and its samples. */
export interface MetricFamily {
  name: string;
  help: string;
  type: string;
  samples: Sample[];
}

export interface Sample {
  /** That of the family; for a histogram with `_bucket`, `_sum` or `_count`. */
  name: string;
  labels: Record<string, string>;
  value: number;
}

const METRIC_NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP = new RegExp(`^# HELP (${METRIC_NAME}) (.*)$`);
const TYPE = new RegExp(`^# TYPE (${METRIC_NAME}) (counter|gauge|histogram|summary|untyped)$`);
const LABEL_NAME = '(?!__)[a-zA-Z_][a-zA-Z0-9_]*';
/** Of a value, a backslash, a quote and a line feed are escaped; nothing else is. */
const LABEL = `${LABEL_NAME}="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"`;
/** As Go's ParseFloat reads it, which takes NaN in any case. */
const NUMBER = '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?|[+-]Inf|[Nn][Aa][Nn]';
const SAMPLE = new RegExp(`^(${METRIC_NAME})(?:\\{(${LABEL}(?:,${LABEL})*)?\\})? (${NUMBER})(?: -?\\d+)?$`);
const UNESCAPED: Record<string, string> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' };

/**
 * Reads the text format of Prometheus (Exposition formats, Text-based format, 0.0.4), as strictly as its text is: each
 * metric is one group that begins with its HELP and TYPE, no series comes twice, histograms are whole and cumulative.
 *
 * @throws where it is not the text format, with the line
 */
export function parseExposition(text: string): Map<string, MetricFamily> {
  if (!text.endsWith('\n')) throw new Error('The last line does not end with a line feed');
  const families = new Map<string, MetricFamily>();
  const series = new Set<string>();
  let help: [name: string, text: string] | undefined;
  let family: MetricFamily | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    const fail = (reason: string): never => {
      throw new Error(`${reason}: ${line}`);
    };
    if (line === '') continue;
    if (line.startsWith('#')) {
      const helped = HELP.exec(line);
      const typed = TYPE.exec(line);
      if (helped) {
        if (help) fail('Two HELP without a TYPE');
        help = [helped[1]!, helped[2]!];
      } else if (typed) {
        const [, name = '', type = ''] = typed;
        if (!help || help[0] !== name) fail('A TYPE without its HELP');
        if (families.has(name)) fail('A metric that comes twice');
        family = { name, type, help: help![1], samples: [] };
        families.set(name, family);
        help = undefined;
      } else fail('Neither HELP nor TYPE');
      continue;
    }
    if (help) fail('A sample between HELP and TYPE');
    const [, name = '', labelText = '', number = ''] = SAMPLE.exec(line) ?? fail('Not a sample');
    if (!family || !namesOf(family).includes(name)) return fail('A sample outside of the group of its metric');
    const sample = { name, labels: labelsOf(labelText, fail), value: valueOf(number) };
    const key = seriesOf(sample);
    if (series.has(key)) fail('A series that comes twice');
    series.add(key);
    family.samples.push(sample);
  }
  if (help) throw new Error(`A HELP without its TYPE: ${help[0]}`);
  for (const one of families.values()) checkValues(one);
  return families;
}

/** A series by name and labels, whatever the order of the labels. */
export function seriesOf({ name, labels }: Omit<Sample, 'value'>): string {
  return `${name}${JSON.stringify(Object.entries(labels).sort())}`;
}

function namesOf({ name, type }: MetricFamily): string[] {
  if (type === 'histogram') return ['bucket', 'sum', 'count'].map((suffix) => `${name}_${suffix}`);
  if (type === 'summary') return [name, `${name}_sum`, `${name}_count`];
  return [name];
}

function labelsOf(text: string, fail: (reason: string) => never): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [pair] of text.matchAll(new RegExp(LABEL, 'g'))) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (name in labels) fail('A label that comes twice');
    labels[name] = pair.slice(at + 2, -1).replace(/\\[\\"n]/g, (escape) => UNESCAPED[escape]!);
  }
  return labels;
}

function valueOf(number: string): number {
  if (number.endsWith('Inf')) return number.startsWith('-') ? -Infinity : Infinity;
  return Number(number);
}

function checkValues(family: MetricFamily): void {
  const { name, type, samples } = family;
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0))) throw new Error(`${name} is below 0`);
  if (type === 'histogram') checkHistogram(family);
}

function checkHistogram({ name, samples }: MetricFamily): void {
  const parts = new Map<string, { bounds: number[]; counts: number[]; sum?: number; count?: number }>();
  for (const { name: part, labels, value } of samples) {
    const { le, ...others } = labels;
    const key = seriesOf({ name, labels: others });
    const one = parts.get(key) ?? { bounds: [], counts: [] };
    parts.set(key, one);
    if (part.endsWith('_bucket')) {
      if (le === undefined) throw new Error(`${name} has a bucket without its bound`);
      one.bounds.push(valueOf(le));
      one.counts.push(value);
    } else one[part.endsWith('_sum') ? 'sum' : 'count'] = value;
  }
  const grows = (numbers: number[], least: number) =>
    numbers.every((number, at) => at === 0 || number - numbers[at - 1]! >= least);
  for (const [key, { bounds, counts, sum, count }] of parts) {
    const whole = sum !== undefined && count !== undefined && bounds.at(-1) === Infinity && counts.at(-1) === count;
    if (!whole || !grows(bounds, Number.MIN_VALUE) || !grows(counts, 0)) throw new Error(`${key} is no histogram`);
  }
}
