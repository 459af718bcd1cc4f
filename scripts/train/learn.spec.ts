import trained from '../../src/classifier/model/trained.json';
import { featuresOf } from '../../src/classifier/model/features';
import { loadModel, modelOf, saveModel } from '../../src/classifier/model/model';
import { analyse } from '../../src/classifier/analysis';
import { decideByRules } from '../../src/classifier/intents/rules-judge';
import { INTENTS } from '../../src/classifier/understanding';
import { exampleOf } from './examples';
import { learn, rowsOf, TRAINING } from './learn';
import { random, shuffled } from './random';
import { ownSentences } from './sentences';

const examples = ownSentences()
  .filter((_, index) => index % 8 === 0)
  .map((sentence) => exampleOf(sentence));

const featuresFor = (text: string) => {
  const analysis = analyse(text);
  return featuresOf(analysis, decideByRules(analysis, { articles: [], order: null, product: null }));
};

describe('a training', () => {
  const training = { ...TRAINING, epochs: 5 };
  const rows = rowsOf(learn(examples, training));
  const model = modelOf(rows);

  it('gives the same weights for the same seed', () => {
    expect(rowsOf(learn(examples, training))).toEqual(rows);
  });

  it('tells intents apart', () => {
    const probabilities = model.probabilities(featuresFor('позовите оператора'));
    expect(INTENTS[probabilities.indexOf(Math.max(...probabilities))]).toBe('manager');
  });

  it('says after saving and loading what it said before', () => {
    const loaded = loadModel(saveModel(rows, { seed: 1 }));
    for (const text of ['сколько на складе', 'когда деньги', 'акт сверки за май']) {
      const before = model.probabilities(featuresFor(text));
      loaded.probabilities(featuresFor(text)).forEach((probability, index) => {
        expect(Math.abs(probability - (before[index] ?? 0))).toBeLessThan(0.1);
      });
    }
  });

  it('refuses a file for other intents or cut off', () => {
    const saved = saveModel(rows, { seed: 1 });
    expect(() => loadModel({ ...saved, intents: ['stock'] })).toThrow(/other intents/);
    expect(() => loadModel({ ...saved, features: saved.features + 1 })).toThrow(/cut off/);
  });
});

describe('the trained file', () => {
  it('loads within 50 ms', () => {
    const times = Array.from({ length: 3 }, () => {
      const start = performance.now();
      loadModel(trained);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('shuffled', () => {
  it('keeps every item and repeats by its seed', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const once = shuffled(items, random(3));
    expect(once).not.toEqual(items);
    expect([...once].sort((a, b) => a - b)).toEqual(items);
    expect(shuffled(items, random(3))).toEqual(once);
  });
});
