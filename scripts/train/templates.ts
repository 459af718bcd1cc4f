import { random, shuffled } from './random';
import { type Fillers, isSlot } from './fillers';

/** A part of a template: words as they are, a slot to fill, or alternatives of which one is taken. */
type Part = string | { slot: string } | { choice: Part[][] };

/** Where the reader of a template stands. */
interface Cursor {
  source: string;
  at: number;
}

/**
 * Reads a template: `{a|b}` is one of several, `{ART}` or an alternative of that name is a slot, both may be nested.
 *
 * @throws where a brace is not closed
 */
export function parseTemplate(source: string): Part[] {
  const cursor: Cursor = { source, at: 0 };
  const parts = sequence(cursor, false);
  if (cursor.at < source.length) throw new Error(`A brace too many in the template "${source}"`);
  return parts;
}

function sequence(cursor: Cursor, nested: boolean): Part[] {
  const parts: Part[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push(nested && isSlot(text.trim()) ? { slot: text.trim() } : text);
    text = '';
  };
  while (cursor.at < cursor.source.length) {
    const char = cursor.source.charAt(cursor.at);
    if (char === '}' || (nested && char === '|')) break;
    cursor.at += 1;
    if (char !== '{') {
      text += char;
      continue;
    }
    flush();
    parts.push(choice(cursor));
  }
  flush();
  return parts;
}

function choice(cursor: Cursor): Part {
  const alternatives: Part[][] = [];
  for (;;) {
    alternatives.push(sequence(cursor, true));
    const char = cursor.source.charAt(cursor.at);
    cursor.at += 1;
    if (char === '}') return { choice: alternatives };
    if (char !== '|') throw new Error(`A brace is not closed in the template "${cursor.source}"`);
  }
}

/** A sentence made from a template, with what its slots were filled with. */
export interface Filled {
  text: string;
  articles: string[];
  documents: string[];
  products: string[];
}

/** Every alternative of a template at least once, in as many sentences as its longest list of alternatives has. */
export function expand(source: string, fillers: Fillers, seed: number): Filled[] {
  const parts = parseTemplate(source);
  const next = random(seed);
  const decks = new Map<Part, number[]>();
  const draw = (part: Part & { choice: Part[][] }): Part[] => {
    let deck = decks.get(part) ?? [];
    if (deck.length === 0) deck = shuffled([...part.choice.keys()], next);
    const [index = 0, ...rest] = deck;
    decks.set(part, rest);
    return part.choice[index] ?? [];
  };
  return Array.from({ length: longest(parts) }, () => {
    const filled: Filled = { text: '', articles: [], documents: [], products: [] };
    const write = (part: Part): string => {
      if (typeof part === 'string') return part;
      if ('choice' in part) return draw(part).map(write).join('');
      const { text, kind } = fillers.fill(part.slot, next);
      if (kind !== null) filled[kind].push(text);
      return text;
    };
    const written = parts.map(write).join('');
    return { ...filled, text: written.replaceAll(/ {2,}/g, ' ').replaceAll(' ,', ',').trim() };
  });
}

function longest(parts: readonly Part[]): number {
  return Math.max(
    1,
    ...parts.map((part) =>
      typeof part === 'object' && 'choice' in part ? Math.max(part.choice.length, ...part.choice.map(longest)) : 1,
    ),
  );
}
