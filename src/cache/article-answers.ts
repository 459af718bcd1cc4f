import { articleKey } from '../onec/article-key';
import type { Answers } from './answer-cache';

/** What is known of the articles of a question. */
export interface Known<T> {
  /** In the order of the question; several for one article where they coincide in the catalogue. */
  items: T[];
  /** As the asker wrote them. */
  notFound: string[];
  /** The oldest moment that 1C named for a part of the answer, ISO 8601. */
  asOf?: string;
  /** 1C is away, and a part of the answer is past its time. */
  stale: boolean;
  /** 1C is away, and nothing is known of these; as the asker wrote them. */
  unanswered: string[];
  /** When the oldest part came from 1C, milliseconds since the epoch. */
  receivedAt: number;
}

/** What 1C answered for one article; no items: not found. */
export interface ArticleEntry<T> {
  items: T[];
  asOf?: string;
  receivedAt: number;
}

interface Item {
  article: string;
  barcode?: string;
}

interface ArticlesBody<T> {
  items: T[];
  notFound?: string[];
  asOf?: string;
}

/**
 * The articles of a question by the keys they are compared by, each with its first spelling, in the order asked.
 * Spellings with nothing to compare (only hyphens, say) are `void`: no catalogue holds them.
 */
export function byArticleKey(articles: readonly string[]): { wanted: Map<string, string>; void: string[] } {
  const wanted = new Map<string, string>();
  const nothing = new Set<string>();
  for (const article of articles) {
    const key = articleKey(article);
    if (key === '') nothing.add(article);
    else if (!wanted.has(key)) wanted.set(key, article);
  }
  return { wanted, void: [...nothing] };
}

/**
 * Sorts an answer of 1C by the articles asked for. An item belongs to the article that its own article, or its barcode,
 * coincides with. Where that leaves one article without an answer and items without a question, they belong together:
 * 1C knows the article by another name.
 */
export function entriesOf<T extends Item>(
  keys: readonly string[],
  body: ArticlesBody<T>,
  receivedAt: number,
): Map<string, ArticleEntry<T>> {
  const asOf = body.asOf === undefined ? {} : { asOf: body.asOf };
  const entries = new Map<string, ArticleEntry<T>>(keys.map((key) => [key, { items: [], ...asOf, receivedAt }]));
  const unasked: T[] = [];
  for (const item of body.items) {
    const owners = new Set([item.article, item.barcode ?? ''].map(articleKey).filter((key) => entries.has(key)));
    if (owners.size === 0) unasked.push(item);
    for (const key of owners) entries.get(key)!.items.push(item);
  }
  const notFound = new Set(body.notFound?.map(articleKey));
  const [open, ...more] = Array.from(entries).filter(([key, { items }]) => items.length === 0 && !notFound.has(key));
  if (open && more.length === 0) open[1].items.push(...unasked);
  return entries;
}

/** Puts the entries together in the order of the question. */
export function knownOf<T extends Item>(
  { wanted, void: nothing }: ReturnType<typeof byArticleKey>,
  { values, stale, unanswered }: Answers<ArticleEntry<T>>,
  now: number,
): Known<T> {
  const known: Known<T> = { items: [], notFound: [], stale, unanswered: [], receivedAt: now };
  for (const [key, spelling] of wanted) {
    const entry = values.get(key);
    if (unanswered.includes(key)) known.unanswered.push(spelling);
    else if (!entry || entry.items.length === 0) known.notFound.push(spelling);
    else known.items.push(...exactFirst(entry.items, spelling));
    if (!entry) continue;
    known.receivedAt = Math.min(known.receivedAt, entry.receivedAt);
    if (entry.asOf !== undefined && (known.asOf === undefined || Date.parse(entry.asOf) < Date.parse(known.asOf))) {
      known.asOf = entry.asOf;
    }
  }
  known.notFound.push(...nothing);
  return known;
}

/** Exact spelling wins where items coincide; where several still coincide all of them are answered (contract, Transport). */
function exactFirst<T extends Item>(items: readonly T[], spelling: string): readonly T[] {
  const exact = items.filter((item) => item.article === spelling);
  return exact.length > 0 ? exact : items;
}
