const MONTHS =
  'янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|january|february|march|april|june|july|august|september|october|november|december';

/** "12 марта", "1 апреля 2025 года". Sticky. */
export const DAY_AND_MONTH = new RegExp(
  `\\d{1,2}(?:-?го)? (?:${MONTHS})\\p{L}{0,8}(?:,? (?:19|20)\\d{2}(?: ?(?:года|год|г)(?![\\p{L}\\d]))?)?(?![\\p{L}\\d])`,
  'uy',
);

const NUMERIC = /(\d{1,2})([./-])(\d{1,2})(?:\2((?:20)?\d{2}))?(?:г(?!\p{L}))?(?![\p{L}\d/]|[.-]\d{3}|[.]\d)/uy;
const ISO = /20\d{2}-\d{2}-\d{2}(?![\p{L}\d-])/uy;

/**
 * The end of a date that begins at `at`, or -1. Days of two parts ("12.03") take a dot: "3/25" is a document's number.
 *
 * @param text folded, in small letters
 */
export function dateEnd(text: string, at: number): number {
  for (const pattern of [ISO, DAY_AND_MONTH]) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  NUMERIC.lastIndex = at;
  const found = NUMERIC.exec(text);
  if (found === null) return -1;
  const [all, day, separator, month, year] = found;
  if (separator !== '.' && year === undefined) return -1;
  if (day === undefined || month === undefined || (month.length < 2 && day.length < 2)) return -1;
  if (Number(day) < 1 || Number(day) > 31 || Number(month) < 1 || Number(month) > 12) return -1;
  return at + all.length;
}
