import { stemmer } from '@orama/stemmers/russian';
import { type Analysis } from '../analysis';
import { type Decision } from '../intents/decide';
import { INTENTS } from '../understanding';

/** Features are numbered by their hash; so many numbers there are. Words themselves are not in the trained file. */
export const FEATURES = 1 << 15;

/** Longest message whose words are looked at; what a longer one asks stands in its first hundred words. */
const WORDS = 120;

/** FNV-1a of 32 bits, folded to the number of features. */
function numbered(feature: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < feature.length; index += 1) {
    hash ^= feature.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return ((hash >>> 15) ^ hash) & (FEATURES - 1);
}

/** A message as the model sees it: numbers of features with their values. */
export type FeatureVector = Map<number, number>;

const stems = new Map<string, string>();

/** Stem of a word; the few thousand that occur in letters of suppliers are remembered. */
function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const found = /^[а-я]+$/.test(word) ? stemmer(word) : word;
  if (stems.size < 5000) stems.set(word, found);
  return found;
}

/** What the model is told of a message: its stems, pairs of them, the rules found, their decision, the objects. */
export function featuresOf(analysis: Analysis, decision: Decision): FeatureVector {
  const { words, scores, codes, hits } = analysis;
  const vector: FeatureVector = new Map();
  const add = (feature: string, value = 1): void => {
    const at = numbered(feature);
    vector.set(at, Math.max(vector.get(at) ?? 0, value));
  };
  const texts = words.slice(0, WORDS).map((word) => stem(word.text));
  texts.forEach((text, index) => {
    add(`w ${text}`);
    if (/^[а-яa-z]{5,}$/.test(text)) add(`p ${text.slice(0, 4)}`, 0.5);
    add(`b ${texts[index - 1] ?? '^'} ${text}`, 0.7);
    if (words[index]?.asked) add(`? ${text}`, 0.5);
  });
  add(`$ ${texts.at(-1) ?? ''}`, 0.7);
  add(`^ ${texts[0] ?? ''}`, 0.7);
  for (const intent of INTENTS) {
    add(`s ${intent}`, Math.min(scores[intent], 6) / 3);
    if (decision.intents.includes(intent) && decision.sure) add(`d ${intent}`, 1.5);
    const inClause = analysis.clauses.get(intent) ?? 0;
    if (inClause > 0) add(`k ${intent}`, Math.min(inClause, 4) / 2);
    if (decision.candidates[0] === intent) add(`c ${intent}`);
  }
  for (const { intent, weight } of hits) if (weight >= 2) add(`h ${intent}`, 0.7);
  if (!decision.sure) add('unsure');
  add(`clauses ${[...analysis.clauses.keys()].sort().join('+')}`);
  const articles = codes.filter((code) => code.role === 'article').length;
  add(`articles ${Math.min(articles, 2)}`);
  add(`documents ${Math.min(codes.filter((code) => code.role === 'document').length, 2)}`);
  add(words.some((word) => word.asked) ? 'asked' : 'told');
  add(`length ${Math.min(4, Math.floor(Math.log2(words.length + 1)))}`);
  add(
    `${decision.sure ? decision.intents.join('+') : 'unsure'} ${words.some((word) => word.asked) ? 'asked' : 'told'} ${articles > 0 ? 'article' : ''}`,
  );
  add('bias');
  return vector;
}
