import { confusions, type Figures, intentsRight, perIntent, percentile, type Scored, turnRight } from './measure';

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

/** One way of understanding, and how it did. */
export interface Column {
  name: string;
  figures: Partial<Figures>;
}

type Row = readonly [name: string, of: (figures: Partial<Figures>) => string | undefined];

const shown = (value: number | undefined, text: (value: number) => string): string | undefined =>
  value === undefined ? undefined : text(value);

const ROWS: readonly Row[] = [
  ['intents exact', ({ intentsExact }) => shown(intentsExact, percent)],
  ['macro F1', ({ macroF1 }) => shown(macroF1, (value) => value.toFixed(3))],
  ['articles, precision', ({ articles }) => shown(articles?.precision, percent)],
  ['articles, recall', ({ articles }) => shown(articles?.recall, percent)],
  ['document numbers, precision', ({ orders }) => shown(orders?.precision, percent)],
  ['document numbers, recall', ({ orders }) => shown(orders?.recall, percent)],
  ['other answered with data', ({ otherAnswered }) => shown(otherAnswered, percent)],
  ['asked back', ({ askedBack }) => shown(askedBack, percent)],
  ['turns exact', ({ turnsExact }) => shown(turnsExact, percent)],
];

const LABEL_WIDTH = 29;
const COLUMN_WIDTH = 19;

/** Several ways of understanding the same messages, side by side. */
export function comparison(columns: readonly Column[]): string {
  const rows = ROWS.map(([name, of]) => ({ name, cells: columns.map(({ figures }) => of(figures)) }));
  const line = (name: string, cells: readonly string[]): string =>
    (name.padEnd(LABEL_WIDTH) + cells.map((cell) => cell.padStart(COLUMN_WIDTH)).join('')).trimEnd();
  return [
    line(
      '',
      columns.map(({ name }) => name),
    ),
    ...rows
      .filter(({ cells }) => cells.some((cell) => cell !== undefined))
      .map(({ name, cells }) =>
        line(
          name,
          cells.map((cell) => cell ?? ''),
        ),
      ),
  ].join('\n');
}

/** The nearest-rank percentiles of the time that a message took. */
export const timing = (scored: readonly Scored[]): string =>
  `time a message: p50 ${percentile(scored, 0.5).toFixed(3)} ms, p99 ${percentile(scored, 0.99).toFixed(3)} ms`;

/** Intent by intent, what was taken for what, and the messages that went worst, as text for people. */
export function details(scored: readonly Scored[], worst: number): string {
  const lines = [
    'intent           expected  precision   recall      F1',
    ...perIntent(scored).map(({ intent, expected, precision, recall, f1 }) =>
      [
        intent.padEnd(16),
        String(expected).padStart(9),
        percent(precision).padStart(11),
        percent(recall).padStart(9),
        f1.toFixed(3).padStart(8),
      ].join(''),
    ),
    '',
    'expected ─▶ understood',
    ...confusions(scored).map(({ expected, got, count }) => `${String(count).padStart(4)}  ${expected} ─▶ ${got}`),
  ];
  const wrong = scored.filter((one) => !(one.turn > 0 ? turnRight(one) : intentsRight(one) && turnRight(one)));
  if (worst > 0 && wrong.length > 0)
    lines.push('', `the worst ${Math.min(worst, wrong.length)} of ${wrong.length} wrong:`);
  // First those that would have been answered wrongly, then those asked back, then right intents with wrong objects.
  const badness = (one: Scored): number => (intentsRight(one) ? 0 : one.got.sure ? 2 : 1);
  const ranked = [...wrong].sort((a, b) => badness(b) - badness(a)).slice(0, worst);
  for (const one of ranked) {
    const slots = (what: { intents: readonly string[]; articles: string[]; order: string | null }): string =>
      `${what.intents.join('+')} ${JSON.stringify(what.articles)} ${what.order ?? '-'}`;
    const asked = one.got.sure ? '' : ` (asked back: ${one.got.candidates.join(', ')})`;
    lines.push(
      `- ${one.turn > 0 ? `[turn ${one.turn}] ` : ''}${JSON.stringify(one.text)}`,
      `    expected   ${slots(one.expected)}`,
      `    understood ${slots(one.got)}${asked}`,
    );
  }
  return lines.join('\n');
}
