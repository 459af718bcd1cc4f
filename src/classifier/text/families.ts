import { FAMILIES } from '../rules/families';

const exact = new Map<string, string[]>();
const prefixes = new Map<string, string[]>();
let longest = 0;

for (const [family, words] of Object.entries(FAMILIES)) {
  for (const word of words.split(/\s+/)) {
    const table = word.endsWith('*') ? prefixes : exact;
    const key = word.replace(/\*$/, '');
    table.set(key, [...(table.get(key) ?? []), family]);
    longest = Math.max(longest, key.length);
  }
}

/** The families that a word belongs to (small letters, ё as е), none for most words. */
export function familiesOf(word: string): string[] {
  const families = new Set(exact.get(word) ?? []);
  for (let length = 2; length <= Math.min(longest, word.length); length += 1) {
    for (const family of prefixes.get(word.slice(0, length)) ?? []) families.add(family);
  }
  return [...families];
}
