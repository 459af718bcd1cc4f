import { type Intent } from '../understanding';
import { RULES } from '../rules/index';
import { compilePattern, firstWords, isPlaceholder, matchAt, type Pattern, type PatternWord } from '../rules/pattern';

/** A rule that was found in a message, and at which words. */
export interface Hit {
  /** Index in RULES. */
  rule: number;
  intent: Intent;
  weight: number;
  at: readonly number[];
}

interface Compiled {
  rule: number;
  pattern: Pattern;
}

const byExact = new Map<string, Compiled[]>();
const byPrefix = new Map<string, Compiled[]>();
let longestPrefix = 0;

RULES.forEach((rule, index) => {
  const compiled: Compiled = { rule: index, pattern: compilePattern(rule.pattern) };
  const first = firstWords(compiled.pattern);
  for (const word of first.exact) byExact.set(word, [...(byExact.get(word) ?? []), compiled]);
  for (const prefix of first.prefixes) {
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), compiled]);
    longestPrefix = Math.max(longestPrefix, prefix.length);
  }
});

/** Words that are remembered with the rules that may begin with them. */
const REMEMBERED = 5000;
const remembered = new Map<string, readonly Compiled[]>();

function beginningWith(word: string): readonly Compiled[] {
  const before = remembered.get(word);
  if (before !== undefined) return before;
  const found = [...(byExact.get(word) ?? [])];
  for (let length = Math.min(word.length, longestPrefix); length > 0; length -= 1) {
    found.push(...(byPrefix.get(word.slice(0, length)) ?? []));
  }
  if (remembered.size < REMEMBERED) remembered.set(word, found);
  return found;
}

/** Every place where a rule is found. */
function allHits(words: readonly PatternWord[]): { hit: Hit; size: number }[] {
  const found: { hit: Hit; size: number }[] = [];
  words.forEach((word, index) => {
    for (const { rule, pattern } of beginningWith(word.text)) {
      const at = matchAt(pattern, words, index);
      const line = RULES[rule];
      if (at !== null && line !== undefined) {
        found.push({ hit: { rule, intent: line.intent, weight: line.weight, at }, size: pattern.size });
      }
    }
  });
  return found;
}

/**
 * The rules found in a message. A word speaks once: the rule that names most words takes them, so that "остаток долга"
 * is a debt and says nothing about stock. Placeholders (`#` and the like) may be shared.
 */
export function findHits(words: readonly PatternWord[]): Hit[] {
  const taken = new Set<number>();
  const found = allHits(words).sort((a, b) => b.size - a.size || Math.abs(b.hit.weight) - Math.abs(a.hit.weight));
  const hits: Hit[] = [];
  for (const { hit } of found) {
    const own = hit.at.filter((index) => !isPlaceholder(words[index]?.text ?? ''));
    if (own.some((index) => taken.has(index))) continue;
    for (const index of own) taken.add(index);
    hits.push(hit);
  }
  return hits.sort((a, b) => (a.at[0] ?? 0) - (b.at[0] ?? 0));
}
