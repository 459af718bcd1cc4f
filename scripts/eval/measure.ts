import { nextContext } from '../../src/classifier/dialogue/conversation';
import { type ConversationContext, type Intent, INTENTS, type Understanding } from '../../src/classifier/understanding';
import { type Dialogue, type Expectation, type Message } from './samples';

/** Time between two turns of a dialogue: a person types. */
const TURN_MS = 60_000;
const HOUR_MS = 60 * TURN_MS;
const NOT_ABOUT_DATA: readonly Intent[] = ['other', 'help', 'manager'];

export interface Scored {
  text: string;
  expected: Expectation;
  got: Understanding;
  tags: string[];
  /** Turn of a dialogue, counted from 1; 0 for a message. */
  turn: number;
  milliseconds: number;
}

export interface Rate {
  precision: number;
  recall: number;
}

export interface Figures {
  n: number;
  intentsExact: number;
  macroF1: number;
  articles?: Rate;
  orders?: Rate;
  otherAnswered?: number;
  askedBack: number;
  turnsExact?: number;
}

/** The classifier under measure. */
export type Understand = (text: string, context: ConversationContext | null, now: number) => Understanding;

export function scoreMessages(messages: readonly Message[], understand: Understand, now: number): Scored[] {
  return messages.map(({ text, tags, ...expected }) => ({
    ...timed(understand, text, null, now),
    text,
    expected,
    tags,
    turn: 0,
  }));
}

/** Turn by turn, each with the context that the turns before have left. */
export function scoreDialogues(dialogues: readonly Dialogue[], understand: Understand, now: number): Scored[] {
  return dialogues.flatMap(({ turns }) => {
    let context: ConversationContext | null = null;
    let at = now;
    return turns.map(({ text, expect, afterHours }, index) => {
      at += TURN_MS + afterHours * HOUR_MS;
      const scored = timed(understand, text, context, at);
      context = nextContext(context, scored.got, at);
      return { ...scored, text, expected: expect, tags: [], turn: index + 1 };
    });
  });
}

function timed(
  understand: Understand,
  text: string,
  context: ConversationContext | null,
  now: number,
): { got: Understanding; milliseconds: number } {
  const start = process.hrtime.bigint();
  const got = understand(text, context, now);
  return { got, milliseconds: Number(process.hrtime.bigint() - start) / 1e6 };
}

export const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item) => b.includes(item));

export const intentsRight = ({ expected, got }: Scored): boolean =>
  sameSet([...new Set(expected.intents)], got.intents);

const isAboutData = ({ expected }: Scored): boolean =>
  !expected.intents.every((intent) => NOT_ABOUT_DATA.includes(intent));

/** Intents, articles and document all right; where no data are asked for the intents alone count. */
export function turnRight(scored: Scored): boolean {
  if (!intentsRight(scored)) return false;
  if (!isAboutData(scored)) return true;
  return sameSet(scored.expected.articles, scored.got.articles) && scored.expected.order === scored.got.order;
}

/** Whether the bot asks back rather than answers or says that it has no such data. */
export const isAskedBack = ({ got }: Scored): boolean => !got.sure;

/** Whether the intents would be answered with data. */
export const isAnswered = ({ got }: Scored): boolean =>
  got.sure && !got.intents.every((intent) => NOT_ABOUT_DATA.includes(intent));

export interface IntentRate extends Rate {
  intent: Intent;
  f1: number;
  expected: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export function perIntent(scored: readonly Scored[]): IntentRate[] {
  return INTENTS.map((intent) => {
    const expected = scored.filter((one) => one.expected.intents.includes(intent));
    const got = scored.filter((one) => one.got.intents.includes(intent));
    const both = expected.filter((one) => one.got.intents.includes(intent)).length;
    const precision = share(both, got.length);
    const recall = share(both, expected.length);
    return { intent, precision, recall, f1: share(2 * both, got.length + expected.length), expected: expected.length };
  }).filter(({ expected }) => expected > 0);
}

/** Micro-averaged over the messages that ask for data; undefined where none of them names such a thing. */
function rate(
  scored: readonly Scored[],
  of: (what: { articles: string[]; order: string | null }) => string[],
): Rate | undefined {
  let expectedCount = 0;
  let gotCount = 0;
  let right = 0;
  for (const one of scored.filter(isAboutData)) {
    const rest = [...of(one.expected)];
    const got = of(one.got);
    expectedCount += rest.length;
    gotCount += got.length;
    for (const item of got) {
      const at = rest.indexOf(item);
      if (at < 0) continue;
      right += 1;
      rest.splice(at, 1);
    }
  }
  return expectedCount === 0 ? undefined : { precision: share(right, gotCount), recall: share(right, expectedCount) };
}

export function figures(scored: readonly Scored[]): Figures {
  const n = scored.length;
  const others = scored.filter((one) => one.expected.intents.includes('other'));
  const rates = perIntent(scored);
  const articles = rate(scored, (what) => what.articles);
  const orders = rate(scored, (what) => (what.order === null ? [] : [what.order]));
  return {
    n,
    intentsExact: share(scored.filter(intentsRight).length, n),
    macroF1: share(
      rates.reduce((sum, { f1 }) => sum + f1, 0),
      rates.length,
    ),
    ...(articles && { articles }),
    ...(orders && { orders }),
    ...(others.length > 0 && { otherAnswered: share(others.filter(isAnswered).length, others.length) }),
    askedBack: share(scored.filter(isAskedBack).length, n),
    ...(scored.some(({ turn }) => turn > 0) && { turnsExact: share(scored.filter(turnRight).length, n) }),
  };
}

/** The figures of what understands intents alone. */
export function intentFigures(scored: readonly Scored[]): Partial<Figures> {
  const { n, intentsExact, macroF1, otherAnswered } = figures(scored);
  return { n, intentsExact, macroF1, ...(otherAnswered !== undefined && { otherAnswered }) };
}

/** Expected against understood intents of the messages that went wrong, most frequent first. */
export function confusions(scored: readonly Scored[]): { expected: string; got: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const one of scored.filter((each) => !intentsRight(each))) {
    const got = one.got.sure ? [...one.got.intents].sort().join('+') : 'asked back';
    const key = `${[...one.expected.intents].sort().join('+')}\t${got}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([key, count]) => ({ expected: key.split('\t')[0] ?? '', got: key.split('\t')[1] ?? '', count }))
    .sort((a, b) => b.count - a.count);
}

/** The nearest-rank percentile of the times a message took, milliseconds. */
export function percentile(scored: readonly Scored[], rank: number): number {
  const times = scored.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return times[Math.max(0, Math.ceil(rank * times.length) - 1)] ?? 0;
}
