import { type Intent } from '../../src/classifier/understanding';
import { pick, random } from './random';
import { type Sentence } from './sentences';

/** What is asked together, about as often as people do. */
const ASKED: readonly [Intent, ...Intent[]] = [
  ...(['stock', 'stock', 'stock', 'price', 'price', 'price', 'order', 'order', 'order'] as const),
  ...(['payment', 'payment', 'product', 'reconciliation', 'manager'] as const),
];
const JOINED: readonly [string, ...string[]] = [
  ...([' и ', ', и ', ', а ', ' и заодно ', ', ещё ', '? ', '? И ', '. ', ', ', ' плюс ', '? А '] as const),
];
/** Longer sentences are hardly ever joined. */
const LONGEST = 70;

/**
 * Two questions in one message, each of a sentence that asks one thing: there are far fewer sentences of both than
 * there are ways to put them together.
 */
export function pairsOf(sentences: readonly Sentence[], count: number, seed: number): Sentence[] {
  const next = random(seed);
  const texts = new Map<Intent, [string, ...string[]]>();
  for (const { text, intents } of sentences) {
    const [intent, another] = intents;
    if (intent === undefined || another !== undefined || text.length >= LONGEST || text.includes('\n')) continue;
    const known = texts.get(intent);
    if (known === undefined) texts.set(intent, [text]);
    else known.push(text);
  }
  const pairs: Sentence[] = [];
  for (let round = 0; pairs.length < count && round < count * 20; round += 1) {
    const intents = [pick(ASKED, next), pick(ASKED, next)] as const;
    const [first, second] = intents.map((intent) => texts.get(intent));
    if (intents[0] === intents[1] || first === undefined || second === undefined) continue;
    const begin = pick(first, next).replace(/[?.!…]+$/, '');
    const end = pick(second, next);
    const isLowered = next() < 0.6;
    const text = begin + pick(JOINED, next) + (isLowered ? end.charAt(0).toLowerCase() + end.slice(1) : end);
    pairs.push({ text, intents: [...intents] });
  }
  return pairs;
}
