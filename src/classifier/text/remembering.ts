/** Words that are remembered; people use far fewer. */
const WORDS = 5000;

/**
 * A function of a word that remembers what it found: most words of a message have been in earlier ones. Once it knows
 * so many words it learns no more, so that a flood of made-up ones fills no memory.
 */
export function remembering<T>(find: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const found = find(word);
    if (known.size < WORDS) known.set(word, found);
    return found;
  };
}
