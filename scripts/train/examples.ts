import { analyse } from '../../src/classifier/analysis';
import { ownObjects } from '../../src/classifier/dialogue/conversation';
import { findProduct } from '../../src/classifier/extraction/product-name';
import { decideByRules } from '../../src/classifier/intents/rules-judge';
import { featuresOf } from '../../src/classifier/model/features';
import { type Example } from './learn';
import { type Sentence } from './sentences';

/** A labelled sentence as the model sees it. */
export function exampleOf({ text, intents }: Sentence, weight = 1): Example {
  const analysis = analyse(text);
  const objects = ownObjects(analysis);
  const product = objects.articles.length > 0 ? null : findProduct(analysis);
  return { features: featuresOf(analysis, decideByRules(analysis, { ...objects, product })), intents, weight };
}
