/** Latin capitals and the Cyrillic ones that look like them (contract, Transport). */
const PAIRS: readonly (readonly [latin: string, cyrillic: string])[] = [
  ['A', 'А'],
  ['B', 'В'],
  ['C', 'С'],
  ['E', 'Е'],
  ['H', 'Н'],
  ['K', 'К'],
  ['M', 'М'],
  ['O', 'О'],
  ['P', 'Р'],
  ['T', 'Т'],
  ['X', 'Х'],
  ['Y', 'У'],
];
const TWIN = new Map<string, string>();
for (const [latin, cyrillic] of PAIRS) {
  TWIN.set(latin, cyrillic).set(cyrillic, latin);
  TWIN.set(latin.toLowerCase(), cyrillic.toLowerCase()).set(cyrillic.toLowerCase(), latin.toLowerCase());
}

const SEPARATORS = /[\s\-./\\]+/g;

/** A way in which a supplier may write an article. */
export type SpellingName =
  'lower-case' | 'upper-case' | 'spaces' | 'hyphens' | 'dots' | 'slashes' | 'no-separators' | 'look-alikes';

const WAYS: Readonly<Record<SpellingName, (article: string) => string>> = {
  'lower-case': (article) => article.toLowerCase(),
  'upper-case': (article) => article.toUpperCase(),
  spaces: (article) => separated(article, ' '),
  hyphens: (article) => separated(article, '-'),
  dots: (article) => separated(article, '.'),
  slashes: (article) => separated(article, '/'),
  'no-separators': (article) => article.replace(SEPARATORS, ''),
  'look-alikes': (article) => [...article].map((letter) => TWIN.get(letter) ?? letter).join(''),
};

/** Between every two characters that no separator stands between stands one, or in the place of those that there are. */
function separated(article: string, separator: string): string {
  const pieces = article.split(SEPARATORS).filter(Boolean);
  if (pieces.length > 1) return pieces.join(separator);
  const middle = Math.ceil(article.length / 2);
  return `${article.slice(0, middle)}${separator}${article.slice(middle)}`;
}

/**
 * The other ways to write an article that the contract calls the same.
 *
 * @returns only those that differ from the article itself
 */
export function spellingsOf(article: string): { name: SpellingName; spelling: string }[] {
  return (Object.keys(WAYS) as SpellingName[])
    .map((name) => ({ name, spelling: WAYS[name](article) }))
    .filter(({ spelling }) => spelling !== article && spelling.trim() !== '');
}

/** The article that can be written in the most ways; the first of several. */
export function mostTelling(articles: readonly string[]): string | undefined {
  const ways = (article: string) => spellingsOf(article).length;
  return articles.reduce<string | undefined>(
    (best, article) => (best === undefined || ways(article) > ways(best) ? article : best),
    undefined,
  );
}

/** `00-00000123` ─▶ `123`, `НФ-000012/25` ─▶ `12`: the last run of digits before a slash, without zeros. */
export function shortNumber(number: string): string | undefined {
  const digits = number
    .split(/[/\\]/)[0]
    ?.match(/\d+/g)
    ?.at(-1)
    ?.replace(/^0+(?=\d)/, '');
  return digits === undefined || digits === number ? undefined : digits;
}
