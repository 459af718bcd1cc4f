import { type Outcome } from './outcome';
import { type Result } from './run';
import { type Language, type Text, text } from './text';

type Kind = Outcome['kind'];

const NAMES: Readonly<Record<Kind, Text>> = {
  passed: text('прошло', 'passed'),
  warned: text('внимание', 'warning'),
  failed: text('НЕ ПРОШЛО', 'FAILED'),
  skipped: text('пропуск', 'skipped'),
};
const SEEN = text('видно', 'seen');
const CURE = text('лечение', 'cure');
const SAME_CURE = text('то же: см. выше', 'the same: see above');
const THE_REST = text('все остальные', 'all the others');
const ID_WIDTH = 27;
const NAME_WIDTH = 10;

/** Writes the table, a row at a time. */
export class Report {
  private readonly advised = new Set<string>();
  private isBlocked = false;

  /** @param secrets never written, whatever the server has answered */
  constructor(
    private readonly language: Language,
    private readonly secrets: readonly string[],
  ) {}

  /**
   * The row of a check, with what was seen and the cure below it where it did not pass.
   *
   * @returns undefined for all but the first that one failure stands in the way of
   */
  row({ id, title, outcome }: Result): string | undefined {
    if (outcome.kind === 'skipped' && outcome.blockedBy !== undefined) {
      if (this.isBlocked) return undefined;
      this.isBlocked = true;
      return `${this.say(NAMES.skipped).padEnd(NAME_WIDTH)} ${this.say(THE_REST)}: ${this.say(outcome.reason)}`;
    }
    const head = `${this.say(NAMES[outcome.kind]).padEnd(NAME_WIDTH)} ${id.padEnd(ID_WIDTH)} ${this.say(title)}`;
    switch (outcome.kind) {
      case 'passed':
        return outcome.note ? `${head} (${this.say(outcome.note)})` : head;
      case 'skipped':
        return `${head}: ${this.say(outcome.reason)}`;
      default:
        return [head, this.line(SEEN, outcome.seen), this.line(CURE, this.adviceOf(outcome.cure))].join('\n');
    }
  }

  /** The last line for people. */
  summary(results: readonly Result[]): string {
    const count = countsOf(results);
    return this.say(
      text(
        `прошло ${count.passed}, внимание ${count.warned}, не прошло ${count.failed}, пропущено ${count.skipped}`,
        `${count.passed} passed, ${count.warned} warnings, ${count.failed} failed, ${count.skipped} skipped`,
      ),
    );
  }

  /** Everything for programs, one object on one line. */
  json(url: string, results: readonly Result[]): string {
    const checks = results.map(({ id, title, outcome, ms }) => ({
      id,
      title: title[this.language],
      outcome: outcome.kind,
      ms,
      ...('note' in outcome && outcome.note ? { note: outcome.note[this.language] } : {}),
      ...('reason' in outcome ? { reason: outcome.reason[this.language] } : {}),
      ...('cure' in outcome
        ? { seen: outcome.seen[this.language], cure: outcome.cure.code, advice: outcome.cure.advice[this.language] }
        : {}),
    }));
    return this.hidden(JSON.stringify({ url, ...countsOf(results), checks }));
  }

  private line(name: Text, what: Text): string {
    return `${' '.repeat(NAME_WIDTH + 1)}${name[this.language]}: ${this.say(what)}`;
  }

  /** A cure is told in full once: one cause fails many checks. */
  private adviceOf({ code, advice }: { code: string; advice: Text }): Text {
    if (this.advised.has(code)) return text(`${SAME_CURE.ru} (${code})`, `${SAME_CURE.en} (${code})`);
    this.advised.add(code);
    return text(`${advice.ru} [${code}]`, `${advice.en} [${code}]`);
  }

  private say(what: Text): string {
    return this.hidden(what[this.language]);
  }

  private hidden(line: string): string {
    return this.secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '***'), line);
  }
}

/** How many checks have ended in which way. */
export function countsOf(results: readonly Result[]): Record<Kind, number> {
  const counts: Record<Kind, number> = { passed: 0, warned: 0, failed: 0, skipped: 0 };
  for (const { outcome } of results) counts[outcome.kind] += 1;
  return counts;
}
