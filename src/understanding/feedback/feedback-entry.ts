import { type Intent } from '../../classifier/understanding';

/** A message that the bot had to learn from, without personal data. */
export interface FeedbackEntry {
  /** ISO 8601, when it was written. */
  at: string;
  text: string;
  /** What the person chose when asked back; `null` where nobody said. */
  intents: Intent[] | null;
  /** Those that stand in the text, as far as they were understood. */
  articles: string[];
  order: string | null;
  product: string | null;
}

/** @returns nothing where a line is no entry: it was cut off, or written by hand */
export function parseEntry(line: string): FeedbackEntry | null {
  try {
    const value = JSON.parse(line) as Partial<FeedbackEntry> | null;
    return typeof value?.text === 'string' && typeof value.at === 'string' && Array.isArray(value.articles)
      ? (value as FeedbackEntry)
      : null;
  } catch {
    return null;
  }
}
