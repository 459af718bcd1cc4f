import { daysAgo, formatAge, formatDateTime, formatTime, instantOf } from './dates';
import { message } from './messages';
import type { ReplyOptions } from './options';
import { given } from './text';

/** How old an answer is. */
export interface Freshness {
  /** The moment that the data describe, as the accounting system says it (contract, `asOf`). */
  asOf?: string | null;
  /** When the bot got the data, milliseconds since the epoch. */
  receivedAt: number;
  /** True: older than allowed, shown because the accounting system does not answer. */
  stale?: boolean;
}

const ageFrom = (data: Freshness, { timeZone }: ReplyOptions): number =>
  (given(data.asOf) ? instantOf(data.asOf, timeZone) : null) ?? data.receivedAt;

/** Of two answers shown together the older one tells the age; stale where either is. */
export function olderOf(one: Freshness, other: Freshness, options: ReplyOptions): Freshness {
  const older = ageFrom(one, options) <= ageFrom(other, options) ? one : other;
  return { asOf: older.asOf, receivedAt: older.receivedAt, stale: !!one.stale || !!other.stale };
}

/** The line under an answer that tells its age: "Данные на 10:15", "Данные получены 5 минут назад". HTML. */
export function renderFreshness(data: Freshness, options: ReplyOptions): string {
  const { language, timeZone, now = Date.now() } = options;
  if (data.stale) return message(language, 'freshness.stale', { age: formatAge(ageFrom(data, options), options) });
  if (!given(data.asOf)) {
    const received =
      now - data.receivedAt < 60_000
        ? message(language, 'freshness.receivedNow')
        : message(language, 'freshness.received', { age: formatAge(data.receivedAt, options) });
    return `<i>${received}</i>`;
  }
  const instant = instantOf(data.asOf, timeZone);
  // The clock of the accounting system may be ahead of ours: data of the future would only puzzle.
  const shown = instant === null ? null : Math.min(instant, now);
  const days = shown === null ? Infinity : daysAgo(shown, options);
  const time = shown === null ? '' : formatTime(shown, options);
  if (days === 0) return `<i>${message(language, 'freshness.asOfTime', { time })}</i>`;
  if (days === 1) return `<i>${message(language, 'freshness.asOfYesterday', { time })}</i>`;
  return `<i>${message(language, 'freshness.asOfEarlier', { moment: formatDateTime(data.asOf, options) })}</i>`;
}
