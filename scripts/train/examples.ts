import { analyse } from '../../src/classifier/analysis';
import { ownObjects } from '../../src/classifier/dialogue/conversation';
import { findProduct } from '../../src/classifier/extraction/product-name';
import { decideByRules } from '../../src/classifier/intents/rules-judge';
import { featuresOf } from '../../src/classifier/model/features';
import { type Example } from './learn';
import { pairsOf } from './pairs';
import { type Sentence } from './sentences';

/** A labelled sentence as the model sees it, with what the rules say of it or without. */
export function exampleOf({ text, intents }: Sentence, weight = 1, rules = true): Example {
  const analysis = analyse(text);
  const objects = ownObjects(analysis);
  const product = objects.articles.length > 0 ? null : findProduct(analysis);
  const decision = rules ? decideByRules(analysis, { ...objects, product }) : null;
  return { features: featuresOf(analysis, decision), intents, weight };
}

/** A message counts as much as so many sentences: it says how often what is written. */
const MESSAGE = 3;

/** Messages of two questions that are made up. */
const PAIRS = 600;

/** The same object for the same message, as examples are remembered by it. */
const messagesOf = new WeakMap<Sentence, Sentence>();

function asMessage(message: Sentence): Sentence {
  const known = messagesOf.get(message) ?? { ...message, isMessage: true as const };
  messagesOf.set(message, known);
  return known;
}

/** Examples of sentences met before: the folds of a cross-validation share them. */
const known = new WeakMap<Sentence, { told: Example; untold: Example }>();

function bothOf(sentence: Sentence): { told: Example; untold: Example } {
  const weight = sentence.isMessage ? MESSAGE : 1;
  const both = known.get(sentence) ?? { told: exampleOf(sentence, weight), untold: exampleOf(sentence, weight, false) };
  known.set(sentence, both);
  return both;
}

/**
 * What the model learns from. The rules were written with the messages in view and are right about them more often than
 * about new ones; so everything is learnt once more without what the rules say of it.
 */
export function examplesOf(messages: readonly Sentence[], own: readonly Sentence[]): Example[] {
  const all = [...messages.map(asMessage), ...own];
  return [...all, ...pairsOf(all, PAIRS, 1)].map(bothOf).flatMap(({ told, untold }) => [told, untold]);
}

/** The project's own sentences alone, without what the rules say: nothing of the file of messages is in it. */
export const examplesOfOwn = (own: readonly Sentence[]): Example[] =>
  [...own, ...pairsOf(own, PAIRS, 1)].map((sentence) => bothOf(sentence).untold);
