import { articleKey } from '../../../src/onec/article-key';
import { type Day } from './days';

interface Numbered {
  number: string;
  day: Day;
}

/** A number taken apart: `НФ-000012/25` has the prefix `HФ`, the main part `12` and the suffix `25`. */
interface NumberParts {
  /** Everything, separators left out. */
  key: string;
  prefix: string;
  main: string;
  /** What follows the main part: after a slash, or letters at the end (`77-К`). */
  suffix: string;
}

const MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма[йя]', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];

/**
 * The documents that a number means (contract, Operations): compared without regard to case, spaces and look-alike
 * letters, then without leading zeros, then without the prefix, then without the suffix. The first way that finds one
 * decides; where it finds several, the date in the question ("567 от 12.03") decides, else all of them are meant.
 *
 * @param asked as the supplier wrote it
 * @param documents in the order in which they are to be answered
 */
export function findByNumber<T extends Numbered>(asked: string, documents: readonly T[]): T[] {
  const [written = '', ...rest] = asked
    .trim()
    .replace(/^(?:№|#|N(?=[\s\d]))\s*/i, '')
    .split(/\s+(?:от|from|of|dated)\s+/i);
  const question = partsOf(written);
  if (question.key === '') return [];
  for (const matches of WAYS) {
    const found = documents.filter((document) => matches(question, partsOf(document.number)));
    if (found.length > 0) return byDate(found, rest.join(' '));
  }
  return [];
}

const WAYS: readonly ((asked: NumberParts, known: NumberParts) => boolean)[] = [
  (asked, known) => asked.key === known.key && asked.suffix === known.suffix,
  (asked, known) => asked.key === known.key,
  (asked, known) => asked.main === known.main && asked.prefix === known.prefix && asked.suffix === known.suffix,
  (asked, known) => asked.main === known.main && asked.prefix === '' && asked.suffix === known.suffix,
  (asked, known) => asked.main === known.main && asked.prefix === known.prefix && asked.suffix === '',
  (asked, known) => asked.main === known.main && asked.prefix === '' && asked.suffix === '',
];

/** The main part is the last run of digits before a slash; zeros before it and a prefix of zeros alone mean nothing. */
function partsOf(number: string): NumberParts {
  const [head = '', ...afterSlash] = number.split(/[/\\]/);
  const runs = articlePieces(head);
  const mainAt = runs.findLastIndex((run) => /^\d+$/.test(run));
  const main = runs[mainAt] ?? '';
  return {
    key: articleKey(number),
    prefix: runs
      .slice(0, Math.max(mainAt, 0))
      .map((run) => run.replace(/^0+(?=\d|$)/, ''))
      .join(''),
    main: main === '' ? articleKey(head) : main.replace(/^0+(?=\d)/, ''),
    suffix: [...runs.slice(mainAt + 1), ...afterSlash.map(articleKey)].join('/'),
  };
}

/** Runs of digits and of letters, the letters in capitals with look-alikes folded. */
function articlePieces(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).flatMap((piece) => articleKey(piece).match(/\d+|\D+/g) ?? []);
}

function byDate<T extends Numbered>(documents: readonly T[], date: string): T[] {
  const dated = documents.filter(({ day }) => isNamed(day, date));
  return dated.length > 0 ? dated : [...documents];
}

/** Whether a text names this day, with or without the year: `12.03`, `12.03.2026`, `2026-03-12`, `12 марта`. */
function isNamed(day: Day, text: string): boolean {
  if (text.includes(day)) return true;
  const [year = '', month = '', date = ''] = day.split('-');
  const short = `0?${Number(date)}[./-]0?${Number(month)}(?:[./-](?:${year}|${year.slice(2)}))?`;
  const named = `0?${Number(date)}\\s+${MONTHS[Number(month) - 1]}`;
  return new RegExp(`^(?:${short}|${named})(?!\\d)`, 'i').test(text.trim());
}
