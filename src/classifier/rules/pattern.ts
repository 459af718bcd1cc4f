/** What a pattern is matched against: the words of a message in order, entities as their placeholders. */
export interface PatternWord {
  text: string;
  /** Number of the sentence; a pattern stays within one. */
  sentence: number;
  /** Number of the clause: sentences are parted by commas, "и" and "а". */
  clause: number;
  /** A question mark follows. */
  asked: boolean;
}

type Element =
  | { kind: 'words'; exact: ReadonlySet<string>; prefixes: readonly string[]; suffixes: readonly string[] }
  | { kind: 'gap' }
  | { kind: 'start' }
  | { kind: 'end' }
  | { kind: 'asked' };

/** Words that `...` may skip. */
const GAP = 3;

export interface Pattern {
  elements: readonly Element[];
  /** Number of words the pattern names: the more, the more it says. */
  size: number;
}

/** Compiles one pattern of a rule table. @throws where it begins or ends with a gap, or names no word */
export function compilePattern(source: string): Pattern {
  const elements = source.split(' ').map((part): Element => {
    if (part === '...') return { kind: 'gap' };
    if (part === '^') return { kind: 'start' };
    if (part === '$') return { kind: 'end' };
    if (part === '?') return { kind: 'asked' };
    const alternatives = part.split('|');
    if (alternatives.some((word) => word === '' || word === '*')) {
      throw new Error(`An empty word in the pattern "${source}"`);
    }
    return {
      kind: 'words',
      exact: new Set(alternatives.filter((word) => !word.includes('*'))),
      suffixes: alternatives.filter((word) => word.startsWith('*')).map((word) => word.slice(1)),
      prefixes: alternatives.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
    };
  });
  const size = elements.filter((element) => element.kind === 'words').length;
  if (size === 0 || elements[0]?.kind === 'gap' || elements.at(-1)?.kind === 'gap') {
    throw new Error(`The pattern "${source}" must name a word and neither begin nor end with a gap`);
  }
  return { elements, size };
}

/** Whether a word stands for an entity: an article or number (`#`), a date, a sum (`~date`, `~money`) and the like. */
export function isPlaceholder(word: string): boolean {
  return word.startsWith('#') || word.startsWith('~');
}

/** The words and beginnings of words that a pattern may begin with, as an index needs them. */
export function firstWords(pattern: Pattern): { exact: string[]; prefixes: string[] } {
  const first = pattern.elements.find((element) => element.kind === 'words');
  return first?.kind === 'words'
    ? { exact: [...first.exact], prefixes: [...first.prefixes] }
    : { exact: [], prefixes: [] };
}

/** All words and beginnings that a pattern names. */
export function allWords(pattern: Pattern): { exact: string[]; prefixes: string[] } {
  const words = pattern.elements.filter((element) => element.kind === 'words');
  return { exact: words.flatMap((word) => [...word.exact]), prefixes: words.flatMap((word) => [...word.prefixes]) };
}

/**
 * Where a pattern whose first word stands at `at` finds its words.
 *
 * Every step looks at no more than four words, so the time is bounded by the length of the pattern.
 *
 * @returns the indexes of the words it names, or null
 */
export function matchAt(pattern: Pattern, words: readonly PatternWord[], at: number): number[] | null {
  const first = pattern.elements[0];
  const word = words[at];
  // Most patterns that are tried end here: nothing is made for them.
  if (first?.kind === 'words' && (word === undefined || !isOneOf(word.text, first))) return null;
  const taken: number[] = [];
  return isFound(pattern.elements, 0, words, at, taken) ? taken : null;
}

/** Whether the elements from `index` on are found at `at`; the words they name are added to `taken` then. */
function isFound(
  elements: readonly Element[],
  index: number,
  words: readonly PatternWord[],
  at: number,
  taken: number[],
): boolean {
  const element = elements[index];
  if (element === undefined) return true;
  const previous = taken.at(-1);
  switch (element.kind) {
    case 'start':
      return at === 0 && isFound(elements, index + 1, words, at, taken);
    case 'end':
      return at === words.length && isFound(elements, index + 1, words, at, taken);
    case 'asked':
      return (
        previous !== undefined && words[previous]?.asked === true && isFound(elements, index + 1, words, at, taken)
      );
    case 'gap':
      for (let skipped = 0; skipped <= GAP; skipped += 1) {
        if (isFound(elements, index + 1, words, at + skipped, taken)) return true;
      }
      return false;
    case 'words': {
      const word = words[at];
      if (word === undefined || !isOneOf(word.text, element)) return false;
      if (previous !== undefined && words[previous]?.sentence !== word.sentence) return false;
      taken.push(at);
      if (isFound(elements, index + 1, words, at + 1, taken)) return true;
      taken.pop();
      return false;
    }
  }
}

/** Loops, since it is asked some hundred times a message: a closure for each would be most of what a message costs. */
function isOneOf(word: string, { exact, prefixes, suffixes }: Element & { kind: 'words' }): boolean {
  if (exact.has(word)) return true;
  for (const prefix of prefixes) if (word.startsWith(prefix)) return true;
  for (const suffix of suffixes) if (word.endsWith(suffix)) return true;
  return false;
}
