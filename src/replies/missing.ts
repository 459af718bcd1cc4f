import { message } from './messages';
import type { ReplyOptions } from './options';
import { articleList, lines } from './text';

/** An article that the accounting system does not know. */
export interface Missing {
  /** As the supplier wrote it. */
  article: string;
  /** Articles that look like it, the nearest first, in the spelling of the catalogue; may be empty. */
  nearest: string[];
}

/** More offers confuse rather than help. */
const NEAREST_SHOWN = 3;

const offers = (missing: Missing) => articleList(missing.nearest.slice(0, NEAREST_SHOWN));

/** What was not found, by name, with the nearest articles offered; empty where everything was found. HTML. */
export function renderMissing(missing: Missing[], { language }: ReplyOptions): string {
  const [first] = missing;
  if (!first) return '';
  if (missing.length === 1) {
    return lines(
      message(language, 'missing.one', { article: first.article }),
      offers(first)
        ? message(language, 'missing.nearest', { articles: offers(first) })
        : message(language, 'missing.check'),
    );
  }
  const entries = missing.map((entry) =>
    offers(entry)
      ? message(language, 'missing.entryNearest', { article: entry.article, articles: offers(entry) })
      : message(language, 'missing.entry', { article: entry.article }),
  );
  return lines(message(language, 'missing.title'), ...entries);
}
