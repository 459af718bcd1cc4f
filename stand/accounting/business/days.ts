/** Moscow time, where the demo company keeps its books; there has been no summer time since 2014. */
const OFFSET_MS = 3 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A calendar day, `2026-11-24`; days compare as texts. */
export type Day = string;

/** @returns the day in Moscow */
export function dayOf(time: Date): Day {
  return new Date(time.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** @returns the day so many days later, earlier where negative */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** @returns `2026-11-24T10:15:00+03:00` */
export function moscowTime(time: Date): string {
  return `${new Date(time.getTime() + OFFSET_MS).toISOString().slice(0, 19)}+03:00`;
}

/** @returns `24.11.2026` */
export function russianDay(day: Day): string {
  const [year, month, date] = day.split('-');
  return `${date}.${month}.${year}`;
}
