import { distance } from 'fastest-levenshtein';
import MiniSearch, { type Query } from 'minisearch';
import { articleKey } from '../../src/onec/article-key';
import { type CatalogueItem } from './catalogue-item';
import { indexedWordsOf, normalizeName, wordsOf } from './name-words';

/** At most so many items that are only similar to what was asked. */
const MAX_SIMILAR = 10;

/** Shorter parts of articles would be found in half of the catalogue. */
const MIN_ARTICLE_PART = 3;

interface IndexedItem {
  id: number;
  key: string;
  words: string;
  category: string;
}

/** Where inside of an article a part was found: the whole of it, its beginning, further inside. */
type PartRank = 0 | 1 | 2;

/** Finds items by parts of articles, by words of names, and by likeness of articles. */
export class CatalogueSearch {
  private readonly keys: string[];
  private readonly index: MiniSearch<IndexedItem>;

  constructor(private readonly items: readonly CatalogueItem[]) {
    this.keys = items.map((item) => articleKey(item.article));
    this.index = new MiniSearch<IndexedItem>({
      fields: ['key', 'words', 'category'],
      tokenize: (text, field) => (field === 'key' ? [text] : indexedWordsOf(text)),
      processTerm: (term) => term,
    });
    this.index.addAll(
      items.map((item, id) => ({
        id,
        key: this.keys[id] ?? '',
        words: normalizeName(item.name),
        category: normalizeName(item.category ?? ''),
      })),
    );
  }

  /** @returns items whose article begins with the part, then those that have it inside */
  byArticlePart(part: string): CatalogueItem[] {
    const key = articleKey(part);
    if (key.length < MIN_ARTICLE_PART || !/\d/.test(key)) return [];
    const ranked: { item: CatalogueItem; rank: PartRank }[] = [];
    this.items.forEach((item, index) => {
      const at = this.keys[index]?.indexOf(key) ?? -1;
      if (at >= 0) ranked.push({ item, rank: this.keys[index] === key ? 0 : at === 0 ? 1 : 2 });
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
  }

  /**
   * Items that have all the words of the query; else all of them with a slip of the pen; else at least half of them.
   * A word may also be the beginning of an article.
   */
  byWords(query: string): CatalogueItem[] {
    const parts = normalizeName(query)
      .split(/\s+/)
      .map(partQuery)
      .filter((part) => part !== undefined);
    if (parts.length === 0) return [];
    const attempt = (fuzzy: boolean): CatalogueItem[] => {
      const all: Query = { combineWith: 'AND', queries: parts };
      return this.toItems(this.index.search(all, searchOptions(fuzzy)));
    };
    const exact = attempt(false);
    if (exact.length > 0) return exact;
    const alike = attempt(true);
    return alike.length > 0 ? alike : this.byHalf(query);
  }

  private byHalf(query: string): CatalogueItem[] {
    const words = wordsOf(normalizeName(query)).filter((word) => /^\D.{2}/u.test(word));
    if (words.length < 2) return [];
    const any: Query = { combineWith: 'OR', fields: ['words'], queries: words };
    const results = this.index.search(any, searchOptions(false));
    const similar = results.filter(({ queryTerms }) => new Set(queryTerms).size * 2 >= words.length);
    // The first word is mostly the thing itself, the others tell which: rather other bolts than other zinc-coated things.
    const sameThing = similar.filter(({ queryTerms }) => queryTerms.includes(words[0] ?? ''));
    return this.toItems((sameThing.length > 0 ? sameThing : similar).slice(0, MAX_SIMILAR));
  }

  private toItems(results: readonly { id: unknown }[]): CatalogueItem[] {
    return results.map(({ id }) => this.items[id as number]).filter((item) => item !== undefined);
  }

  /** @returns items whose articles differ by at most a third of their characters, the nearest first */
  nearest(article: string, limit: number): CatalogueItem[] {
    const asked = articleKey(article);
    if (asked === '') return [];
    const near: { item: CatalogueItem; differs: number }[] = [];
    this.items.forEach((item, index) => {
      const key = this.keys[index] ?? '';
      const allowed = Math.floor(Math.max(asked.length, key.length) / 3);
      if (Math.abs(asked.length - key.length) > allowed) return;
      const differs = distance(asked, key);
      if (differs <= allowed) near.push({ item, differs });
    });
    return near
      .sort((a, b) => a.differs - b.differs || a.item.article.localeCompare(b.item.article, 'ru'))
      .slice(0, limit)
      .map(({ item }) => item);
  }
}

/** One blank-separated part of a query: words of the name, or, where it has a digit, the beginning of an article. */
function partQuery(part: string): Query | undefined {
  const words = wordsOf(part);
  const inName: Query | undefined =
    words.length > 0 ? { combineWith: 'AND', fields: ['words', 'category'], queries: words } : undefined;
  const key = articleKey(part);
  if (key.length < MIN_ARTICLE_PART || !/\d/.test(key)) return inName;
  const inArticle: Query = { fields: ['key'], tokenize: () => [key], queries: [key] };
  return inName ? { combineWith: 'OR', queries: [inArticle, inName] } : inArticle;
}

function searchOptions(fuzzy: boolean) {
  return {
    boost: { key: 3, words: 2, category: 0.5 },
    tokenize: (text: string) => [text],
    prefix: (term: string) => term.length > 2 || /^\d{2}/.test(term),
    fuzzy: fuzzy ? (term: string) => (term.length > 4 && !/\d/.test(term) ? 0.25 : false) : false,
  };
}
