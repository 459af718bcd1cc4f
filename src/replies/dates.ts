import type { Language } from '../classifier/understanding';
import { message } from './messages';
import type { ReplyOptions } from './options';

/** Day before month and a clock of 24 hours in both languages. */
const LOCALES: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const WITHOUT_OFFSET = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?$/;

/** A calendar day, or a moment; both in milliseconds, a day as its midnight in UTC. */
type Moment = { day: number } | { instant: number };

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, found);
  }
  return found;
}

/** The wall clocks of the last minutes that were asked for: answers of one time ask for the same few. */
const wallClocks = new Map<string, number>();
const MAX_WALL_CLOCKS = 1000;

/** What a wall clock of the zone shows at an instant, as if that clock were in UTC; to the minute. */
function wallClock(instant: number, timeZone: string | undefined): number {
  const key = `${Math.floor(instant / MINUTE_MS)} ${timeZone}`;
  let clock = wallClocks.get(key);
  if (clock === undefined) {
    clock = readWallClock(instant, timeZone);
    if (wallClocks.size >= MAX_WALL_CLOCKS) wallClocks.clear();
    wallClocks.set(key, clock);
  }
  return clock;
}

function readWallClock(instant: number, timeZone: string | undefined): number {
  const parts = formatter('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((found) => found.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
}

/** The instant at which the wall clock of the zone shows `clock`; the second look sets a change of offset right. */
function instantAt(clock: number, timeZone: string | undefined): number {
  const first = clock - (wallClock(clock, timeZone) - clock);
  return first - (wallClock(first, timeZone) - clock);
}

/**
 * @param value ISO 8601: `2026-11-24` or `2026-11-24T10:15:00+03:00` (contract, Transport). A time without an offset
 *   counts as a time of the zone that the answer is written for.
 */
function parse(value: string, timeZone: string | undefined): Moment | null {
  const day = DAY.exec(value);
  if (day) return { day: Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])) };
  const local = WITHOUT_OFFSET.exec(value);
  if (local) {
    const [year, month, date, hour, minute] = local.slice(1).map(Number) as [number, number, number, number, number];
    return { instant: instantAt(Date.UTC(year, month - 1, date, hour, minute), timeZone) };
  }
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? null : { instant };
}

function writeDay(clock: number, style: 'long' | 'short', language: Language): string {
  if (language === 'ru' && style === 'short') {
    return formatter(LOCALES.ru, { timeZone: 'UTC', day: '2-digit', month: '2-digit', year: 'numeric' }).format(clock);
  }
  // Russian ICU ends a long date in "г.", which a chat does not need.
  const month = style === 'long' ? 'long' : 'short';
  const dayAndMonth = formatter(LOCALES[language], { timeZone: 'UTC', day: 'numeric', month }).format(clock);
  return `${dayAndMonth} ${new Date(clock).getUTCFullYear()}`;
}

const writeTime = (clock: number) => new Date(clock).toISOString().slice(11, 16);

/**
 * The instant that a date of the contract names.
 * @returns milliseconds since the epoch; null for a day without a time and for what is not a date
 */
export function instantOf(value: string, timeZone?: string): number | null {
  const moment = parse(value, timeZone);
  return moment && 'instant' in moment ? moment.instant : null;
}

/**
 * A date: "24 ноября 2026", short "24.11.2026"; "24 November 2026", short "24 Nov 2026". A date without a time is never
 * shifted by the zone. What is not a date comes back as it stands.
 * @param value ISO 8601 (contract, Transport)
 */
export function formatDate(value: string, options: ReplyOptions, style: 'long' | 'short' = 'long'): string {
  const moment = parse(value, options.timeZone);
  if (!moment) return value;
  const clock = 'day' in moment ? moment.day : wallClock(moment.instant, options.timeZone);
  return writeDay(clock, style, options.language);
}

/** The time of day of an instant, 24 hours: "10:15". */
export function formatTime(instant: number, options: ReplyOptions): string {
  return writeTime(wallClock(instant, options.timeZone));
}

/**
 * A date with its time: "24 ноября 2026, 10:15"; the date alone where no time is given.
 * @param value ISO 8601 (contract, Transport)
 */
export function formatDateTime(value: string, options: ReplyOptions): string {
  const date = formatDate(value, options);
  const instant = instantOf(value, options.timeZone);
  return instant === null ? date : message(options.language, 'dateTime', { date, time: formatTime(instant, options) });
}

/** Whole days between an instant and now by the calendar of the zone; 0: today, 1: yesterday; never negative. */
export function daysAgo(instant: number, options: ReplyOptions): number {
  const day = (at: number) => Math.floor(wallClock(at, options.timeZone) / DAY_MS);
  return Math.max(0, day(options.now ?? Date.now()) - day(instant));
}

/**
 * How long ago an instant was: "сейчас" (also for what lies ahead: clocks differ), "2 минуты назад", "сегодня в 10:15",
 * "вчера в 18:40", "22 ноября 2026 в 18:40".
 */
export function formatAge(instant: number, options: ReplyOptions): string {
  const { language, now = Date.now() } = options;
  const minutes = Math.floor((now - instant) / MINUTE_MS);
  if (minutes < 1) return message(language, 'age.now');
  if (minutes < 60) return message(language, 'age.minutes', { count: minutes });
  const time = formatTime(instant, options);
  const days = daysAgo(instant, options);
  if (days === 0) return message(language, 'age.today', { time });
  if (days === 1) return message(language, 'age.yesterday', { time });
  const date = writeDay(wallClock(instant, options.timeZone), 'long', language);
  return message(language, 'age.earlier', { date, time });
}
