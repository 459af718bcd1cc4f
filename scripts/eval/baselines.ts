import createBagOfWords from 'wink-naive-bayes-text-classifier';
import { type Intent, INTENTS, type Understanding } from '../../src/classifier/understanding';
import { type Fold } from './cross-validation';
import { type Understand } from './measure';

/** What the first published design of such bots does: a word of the dictionary stands for an intent. */
const PUBLISHED: readonly (readonly [Intent, RegExp])[] = [
  ['stock', /остат|наличи/i],
  ['price', /цен|прайс|стоимост/i],
  ['order', /заказ|статус/i],
];

const only = (intents: Intent[]): Understanding => ({
  intents: intents.length > 0 ? intents : ['other'],
  sure: true,
  candidates: intents,
  articles: [],
  order: null,
  product: null,
  period: null,
});

/** The plain regular expressions of the first published design; nothing is learnt. */
export const byPublishedPatterns: Understand = (text) =>
  only(PUBLISHED.flatMap(([intent, pattern]) => (pattern.test(text) ? [intent] : [])));

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];

const isIntent = (name: string): name is Intent => INTENTS.some((intent) => intent === name);

/**
 * Naive Bayes over bags of words, as a package brings it, trained on what the classifier is trained on: the messages of
 * the fold and the project's own sentences. A set of intents is one label.
 */
export function bagOfWordsOn({ messages, own }: Fold): Understand {
  const model = createBagOfWords();
  model.definePrepTasks([wordsOf]);
  model.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 });
  for (const { text, intents } of [...messages, ...own]) {
    if (wordsOf(text).length > 0) model.learn(text, [...intents].sort().join('+'));
  }
  model.consolidate();
  return (text) => only(wordsOf(text).length === 0 ? [] : model.predict(text).split('+').filter(isIntent));
}
