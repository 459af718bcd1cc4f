import { type FeatureVector, FEATURES } from '../../src/classifier/model/features';
import { type Intent, INTENTS } from '../../src/classifier/understanding';
import { random, shuffled } from './random';

export interface Example {
  features: FeatureVector;
  intents: readonly Intent[];
  weight?: number;
}

export interface Training {
  seed: number;
  epochs: number;
  rate: number;
  /** L2 penalty. */
  penalty: number;
  /** How much the project's own sentences count beside those of the file. */
  own: number;
  /** Features found in fewer sentences are left out. */
  rare: number;
}

export const TRAINING: Training = { seed: 1, epochs: 40, rate: 0.15, penalty: 1.5e-3, own: 0.7, rare: 2 };

/** One logistic regression an intent, by AdaGrad with an L2 penalty. @returns weights by intent and feature */
export function learn(all: readonly Example[], training: Training = TRAINING): Float64Array[] {
  const counts = new Uint16Array(FEATURES);
  for (const { features } of all) for (const feature of features.keys()) counts[feature] = (counts[feature] ?? 0) + 1;
  const examples = all.map((example) => ({
    ...example,
    features: [...example.features].filter(([feature]) => (counts[feature] ?? 0) >= training.rare),
  }));
  return INTENTS.map((intent) => {
    const weights = new Float64Array(FEATURES);
    const squares = new Float64Array(FEATURES).fill(1e-6);
    const next = random(training.seed);
    for (let epoch = 0; epoch < training.epochs; epoch += 1) {
      for (const example of shuffled(examples, next)) {
        let sum = 0;
        for (const [feature, value] of example.features) sum += (weights[feature] ?? 0) * value;
        const error = (1 / (1 + Math.exp(-sum)) - (example.intents.includes(intent) ? 1 : 0)) * (example.weight ?? 1);
        for (const [feature, value] of example.features) {
          const gradient = error * value + training.penalty * (weights[feature] ?? 0);
          squares[feature] = (squares[feature] ?? 0) + gradient * gradient;
          weights[feature] = (weights[feature] ?? 0) - (training.rate * gradient) / Math.sqrt(squares[feature]);
        }
      }
    }
    return weights;
  });
}

/** Weights by feature, each a row in the order of INTENTS. */
export function rowsOf(weights: readonly Float64Array[]): Map<number, Float64Array> {
  const rows = new Map<number, Float64Array>();
  for (let feature = 0; feature < FEATURES; feature += 1) {
    const row = Float64Array.from(weights, (ofIntent) => ofIntent[feature] ?? 0);
    if (row.some((weight) => weight !== 0)) rows.set(feature, row);
  }
  return rows;
}
