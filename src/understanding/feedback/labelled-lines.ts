import { type FeedbackEntry } from './feedback-entry';

/** Stands where a person has to say what was asked; `npm run train` and `npm run eval` refuse it. */
export const TO_BE_LABELLED = '?';

/**
 * Lines in the form of the training file, each text once, with the latest last. What somebody chose by a button outweighs
 * what nobody labelled, and of two choices the later one counts.
 */
export function labelledLines(entries: readonly FeedbackEntry[]): string[] {
  const latest = new Map<string, FeedbackEntry>();
  for (const entry of [...entries].sort((a, b) => a.at.localeCompare(b.at))) {
    const key = entry.text.toLowerCase().replace(/\s+/g, ' ').trim();
    const known = latest.get(key);
    // Put in anew, so that it moves to the end.
    latest.delete(key);
    latest.set(key, entry.intents === null && known?.intents ? { ...entry, intents: known.intents } : entry);
  }
  return [...latest.values()].map(({ text, intents, articles, order, product }) =>
    JSON.stringify({ text, intents: intents ?? [TO_BE_LABELLED], articles, order, product, tags: [] }),
  );
}
