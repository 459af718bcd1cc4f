import { type Period } from '../understanding';

const MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];
const MONTH = '(янв|фев|мар|апр|ма[йяею]|июн|июл|авг|сен|окт|ноя|дек)\\p{L}*';
const EN_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const EN_MONTH = `(${EN_MONTHS.join('|')})\\p{L}{0,6}`;
const YEAR = '(?:\\s{0,2}((?:20)\\d{2})(?:\\s?(?:г\\.?|год\\p{L}*))?)?';
const DAY = '(\\d{1,2})(?:\\.(\\d{1,2})(?:\\.(\\d{4}|\\d{2}))?|\\s{1,2}' + MONTH + YEAR + ')?';

const RANGE = new RegExp(
  `(?<![\\p{L}\\d])(?:с|со|от|за период|период)?\\s{0,2}${DAY}\\s{0,2}(?:-|по|до)\\s{0,2}${DAY}(?![\\d])`,
  'u',
);
const RANGE_CUE = /(?<!\p{L})(?:с|со|от|период\p{L}*|за)\s{1,2}\d/u;
const MONTH_RANGE = new RegExp(`(?<!\\p{L})${MONTH}${YEAR}\\s{0,2}(?:-|по|до)\\s{0,2}${MONTH}${YEAR}`, 'u');
const EN_MONTH_RANGE = new RegExp(
  `(?<!\\p{L})${EN_MONTH}${YEAR}\\s{0,2}(?:-|to|till|until)\\s{0,2}${EN_MONTH}${YEAR}`,
  'u',
);
const QUARTER = new RegExp(
  `(?<![\\p{L}\\d])(?:([1-4]|i{1,3}|iv)(?:\\s?-?\\s?(?:й|ый|ой|ий|го))?|(перв|втор|трет|четверт)\\p{L}{1,4})\\s{0,2}(?:кв\\.?|квартал\\p{L}*)(?!\\p{L})${YEAR}|q([1-4])${YEAR}`,
  'u',
);
const HALF = new RegExp(
  `(?<![\\p{L}\\d])(?:([12])(?:-?[ео]е)?|(перв|втор)\\p{L}{1,3})\\s{0,2}(?:полугод\\p{L}*|п\\/г)${YEAR}`,
  'u',
);
const LAST_YEAR = /прошл\p{L}{1,3} год|прошлогод|last year/u;
const THIS_YEAR = /(?:с начала|этот|текущ\p{L}{2,3}|весь) год|this year/u;
const SINGLE_YEAR = /(?:за|for|in)\s{1,2}(20\d{2})(?!\d)|(?<!\d)(20\d{2})\s?(?:г(?!\p{L})|год)/u;
const SINCE_YEAR = /с начала (20\d{2})/u;
const LAST_MONTH = /прошл\p{L}{1,3} месяц|предыдущ\p{L}{1,3} месяц|last month/u;
const THIS_MONTH = /(?:эт(?:от|ом)|текущ\p{L}{1,3}) месяц|с начала месяц|this month/u;
const LAST_QUARTER = /прошл\p{L}{1,3} (?:квартал|кв(?!\p{L}))|last quarter/u;
const SOME_QUARTER = /(?<!\p{L})(?:квартал|кв(?!\p{L})|quarter)/u;
const HALF_YEAR = /полгода|полугоди|half(?: a)? year/u;
const WHOLE_YEAR = /за (?:весь |целый )?год|(?:for the|whole) year/u;
const MONTH_ALONE = new RegExp(`(?<!\\p{L})${MONTH}${YEAR}`, 'u');
const EN_MONTH_ALONE = new RegExp(`(?<!\\p{L})${EN_MONTH}${YEAR}`, 'u');
const ON_DAY = new RegExp(`(?<!\\p{L})(?:на|по|до|as of)\\s{1,2}${DAY}(?!\\d)`, 'u');
const SINCE_DAY = new RegExp(`(?<!\\p{L})(?:с|со|since)\\s{1,2}${DAY}(?!\\d)`, 'u');
const WHOLE_MONTH = /за месяц|последний месяц/u;

const pad = (value: number): string => String(value).padStart(2, '0');
const day = (year: number, month: number, date: number): string => `${year}-${pad(month)}-${pad(date)}`;
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const months = (year: number, from: number, to: number, toYear = year): Period => ({
  from: day(year, from, 1),
  to: day(toYear, to, lastDay(toYear, to)),
});

function monthNumber(name: string): number {
  const english = EN_MONTHS.indexOf(name.slice(0, 3));
  if (english >= 0) return english + 1;
  return MONTHS.findIndex((month) => name.startsWith(month) && (month !== 'ма' || !name.startsWith('мар'))) + 1;
}

interface Today {
  year: number;
  month: number;
  date: number;
}

interface Day {
  year: number | null;
  month: number | null;
  date: number;
}

function readDay(groups: readonly (string | undefined)[]): Day | null {
  const [date, month, year, name, nameYear] = groups;
  const number = name === undefined ? (month === undefined ? null : Number(month)) : monthNumber(name);
  const written = year ?? nameYear;
  const fullYear = written === undefined ? null : Number(written) < 100 ? 2000 + Number(written) : Number(written);
  const value = Number(date);
  if (value < 1 || value > 31 || (number !== null && (number < 1 || number > 12))) return null;
  return { year: fullYear, month: number, date: value };
}

/** A day or month without a year is the latest one that has begun. */
const yearOf = (written: string | undefined, month: number, today: Today): number =>
  written === undefined ? (month > today.month ? today.year - 1 : today.year) : Number(written);

const iso = (value: Day, year: number, month: number): string =>
  day(year, month, Math.min(value.date, lastDay(year, month)));

function range(text: string, today: Today): Period | null {
  const found = RANGE.exec(text);
  if (found !== null) {
    const from = readDay(found.slice(1, 6));
    const to = readDay(found.slice(6, 11));
    const hasMonth = from?.month != null || to?.month != null;
    if (from !== null && to !== null && (hasMonth || RANGE_CUE.test(text))) {
      const toMonth =
        to.month ?? from.month ?? (to.date > today.date && from.date > today.date ? previousMonth(today) : today.month);
      const toYear = to.year ?? yearOf(undefined, toMonth, today);
      const fromMonth = from.month ?? toMonth;
      const fromYear = from.year ?? (fromMonth > toMonth ? toYear - 1 : toYear);
      return { from: iso(from, fromYear, fromMonth), to: iso(to, toYear, toMonth) };
    }
  }
  const named = MONTH_RANGE.exec(text) ?? EN_MONTH_RANGE.exec(text);
  if (named !== null) {
    const [, first = '', firstYear, second = '', secondYear] = named;
    const to = monthNumber(second);
    const from = monthNumber(first);
    const toYear = yearOf(secondYear ?? firstYear, to, today);
    const fromYear = firstYear === undefined ? (from > to ? toYear - 1 : toYear) : Number(firstYear);
    return months(fromYear, from, to, toYear);
  }
  return null;
}

const previousMonth = (today: Today): number => (today.month === 1 ? 12 : today.month - 1);

const ORDINAL_STEMS = ['перв', 'втор', 'трет', 'четверт'];
const ROMAN = ['i', 'ii', 'iii', 'iv'];

function quarter(text: string, today: Today): Period | null {
  const found = QUARTER.exec(text);
  if (found === null) return null;
  const [, figure, word, year, english, englishYear] = found;
  const value = figure ?? english ?? '';
  const number =
    word === undefined
      ? ROMAN.indexOf(value) >= 0
        ? ROMAN.indexOf(value) + 1
        : Number(value)
      : ORDINAL_STEMS.indexOf(word) + 1;
  const first = number * 3 - 2;
  return months(yearOf(year ?? englishYear, first, today), first, first + 2);
}

function half(text: string, today: Today): Period | null {
  const found = HALF.exec(text);
  if (found === null) return null;
  const first = found[1] === '2' || found[2] === 'втор' ? 7 : 1;
  return months(yearOf(found[3], first, today), first, first + 5);
}

function relative(text: string, today: Today): Period | null {
  const now = day(today.year, today.month, today.date);
  const quarterStart = today.month - ((today.month - 1) % 3);
  if (LAST_YEAR.test(text)) return months(today.year - 1, 1, 12);
  const since = SINCE_YEAR.exec(text)?.[1];
  if (since !== undefined) return { from: day(Number(since), 1, 1), to: now };
  if (THIS_YEAR.test(text)) return { from: day(today.year, 1, 1), to: now };
  if (LAST_MONTH.test(text) || WHOLE_MONTH.test(text)) {
    const month = previousMonth(today);
    return months(month === 12 ? today.year - 1 : today.year, month, month);
  }
  if (THIS_MONTH.test(text)) return { from: day(today.year, today.month, 1), to: now };
  if (LAST_QUARTER.test(text)) {
    return quarterStart === 1 ? months(today.year - 1, 10, 12) : months(today.year, quarterStart - 3, quarterStart - 1);
  }
  if (HALF_YEAR.test(text)) {
    const start = new Date(Date.UTC(today.year, today.month - 7, 1));
    const date = Math.min(today.date, lastDay(start.getUTCFullYear(), start.getUTCMonth() + 1));
    return { from: day(start.getUTCFullYear(), start.getUTCMonth() + 1, date), to: now };
  }
  return null;
}

function named(text: string, today: Today): Period | null {
  const month = MONTH_ALONE.exec(text) ?? EN_MONTH_ALONE.exec(text);
  if (month?.[1] !== undefined) {
    const number = monthNumber(month[1]);
    const year = yearOf(month[2], number, today);
    return months(year, number, number);
  }
  const year = SINGLE_YEAR.exec(text);
  if (year !== null) return months(Number(year[1] ?? year[2]), 1, 12);
  if (SOME_QUARTER.test(text)) {
    const start = today.month - ((today.month - 1) % 3);
    return { from: day(today.year, start, 1), to: day(today.year, today.month, today.date) };
  }
  if (WHOLE_YEAR.test(text)) return { from: day(today.year, 1, 1), to: day(today.year, today.month, today.date) };
  return null;
}

function single(text: string, today: Today): Period | null {
  const found = ON_DAY.exec(text);
  const value = found === null ? null : readDay(found.slice(1, 6));
  if (value?.month != null) {
    const year = value.year ?? yearOf(undefined, value.month, today);
    return { from: day(year, 1, 1), to: iso(value, year, value.month) };
  }
  const start = SINCE_DAY.exec(text);
  const from = start === null ? null : readDay(start.slice(1, 6));
  if (from?.month == null) return null;
  const year = from.year ?? yearOf(undefined, from.month, today);
  return { from: iso(from, year, from.month), to: day(today.year, today.month, today.date) };
}

/**
 * The period that a message names, relative to today: "за март" the last March that has begun, "за квартал" the one that
 * runs, "на 31.03" from the beginning of that year, "с 1 января" until today.
 *
 * @param text folded, in small letters
 * @param now milliseconds since the epoch; the day is taken in the time zone of the process
 * @returns days, both included, or null where none is named
 */
export function findPeriod(text: string, now: number): Period | null {
  const date = new Date(now);
  const today: Today = { year: date.getFullYear(), month: date.getMonth() + 1, date: date.getDate() };
  const found = range(text, today) ?? quarter(text, today) ?? half(text, today) ?? relative(text, today);
  const period = found ?? single(text, today) ?? named(text, today);
  return period === null || period.from > period.to ? null : period;
}
