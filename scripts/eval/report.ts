import { confusions, type Figures, intentsRight, perIntent, percentile, type Scored, turnRight } from './measure';

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const rateLine = (name: string, rate: Figures['articles']): string[] =>
  rate === undefined ? [] : [`${name.padEnd(26)} precision ${percent(rate.precision)}, recall ${percent(rate.recall)}`];

/** The figures of a run as text for people. */
export function report(scored: readonly Scored[], figures: Figures, worst: number): string {
  const lines = [
    `${'messages'.padEnd(26)} ${figures.n}`,
    `${'intents exact'.padEnd(26)} ${percent(figures.intentsExact)}`,
    `${'macro F1'.padEnd(26)} ${figures.macroF1.toFixed(3)}`,
    ...rateLine('articles', figures.articles),
    ...rateLine('document numbers', figures.orders),
    ...(figures.otherAnswered === undefined
      ? []
      : [`${'other answered with data'.padEnd(26)} ${percent(figures.otherAnswered)}`]),
    `${'asked back'.padEnd(26)} ${percent(figures.askedBack)}`,
    ...(figures.turnsExact === undefined ? [] : [`${'turns exact'.padEnd(26)} ${percent(figures.turnsExact)}`]),
    `${'time a message'.padEnd(26)} p50 ${percentile(scored, 0.5).toFixed(3)} ms, p99 ${percentile(scored, 0.99).toFixed(3)} ms`,
    '',
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
    const shown = (what: { intents: readonly string[]; articles: string[]; order: string | null }): string =>
      `${what.intents.join('+')} ${JSON.stringify(what.articles)} ${what.order ?? '-'}`;
    const asked = one.got.sure ? '' : ` (asked back: ${one.got.candidates.join(', ')})`;
    lines.push(
      `- ${one.turn > 0 ? `[turn ${one.turn}] ` : ''}${JSON.stringify(one.text)}`,
      `    expected   ${shown(one.expected)}`,
      `    understood ${shown(one.got)}${asked}`,
    );
  }
  return lines.join('\n');
}
