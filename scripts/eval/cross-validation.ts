import { random, shuffled } from '../train/random';
import { type Sentence } from '../train/sentences';
import { scoreMessages, type Scored, type Understand } from './measure';
import { type Message } from './samples';

/** One part of a file held out, and what may be learnt from to judge it. */
export interface Fold {
  held: Message[];
  messages: Message[];
  /** The project's own sentences, but for those that say the same as one held out. */
  own: Sentence[];
}

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

/** Parts of about the same size, each message held out once; the same seed gives the same parts. */
export function foldsOf(messages: readonly Message[], own: readonly Sentence[], folds: number, seed: number): Fold[] {
  const order = shuffled(messages, random(seed));
  return Array.from({ length: folds }, (_, fold) => {
    const held = order.filter((__, index) => index % folds === fold);
    const known = new Set(held.map(({ text }) => bare(text)));
    return {
      held,
      messages: order.filter((__, index) => index % folds !== fold),
      own: own.filter(({ text }) => !known.has(bare(text))),
    };
  });
}

/** Each message judged by what was trained without it. */
export function crossValidate(folds: readonly Fold[], train: (fold: Fold) => Understand, now: number): Scored[] {
  return folds.flatMap((fold) => scoreMessages(fold.held, train(fold), now));
}
