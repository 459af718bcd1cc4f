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
  /** Features found in fewer sentences are left out. */
  rare: number;
}

export const TRAINING: Training = { seed: 1, epochs: 15, rate: 0.15, penalty: 3e-3, rare: 3 };

/** An example as the learning goes over it: numbers and values of its features side by side. */
interface Row {
  features: Int32Array;
  values: Float64Array;
  intents: readonly Intent[];
  weight: number;
}

function rowOf({ features, intents, weight = 1 }: Example, isFrequent: (feature: number) => boolean): Row {
  const kept = [...features].filter(([feature]) => isFrequent(feature));
  return {
    features: Int32Array.from(kept, ([feature]) => feature),
    values: Float64Array.from(kept, ([, value]) => value),
    intents,
    weight,
  };
}

/**
 * One logistic regression an intent, by AdaGrad with an L2 penalty; the weights are the mean of the later epochs, which
 * depends less on the order of the examples than the last of them.
 *
 * @returns weights by intent and feature
 */
export function learn(all: readonly Example[], training: Training = TRAINING): Float64Array[] {
  const counts = new Uint32Array(FEATURES);
  for (const { features } of all) for (const feature of features.keys()) counts[feature] = (counts[feature] ?? 0) + 1;
  const rows = all.map((example) => rowOf(example, (feature) => (counts[feature] ?? 0) >= training.rare));
  return INTENTS.map((intent) => {
    const weights = new Float64Array(FEATURES);
    const squares = new Float64Array(FEATURES).fill(1e-6);
    const next = random(training.seed);
    const mean = new Float64Array(FEATURES);
    const first = Math.floor(training.epochs / 3);
    for (let epoch = 0; epoch < training.epochs; epoch += 1) {
      for (const row of shuffled(rows, next))
        step(row, row.intents.includes(intent) ? 1 : 0, weights, squares, training);
      if (epoch < first) continue;
      for (let feature = 0; feature < FEATURES; feature += 1)
        mean[feature] = (mean[feature] ?? 0) + (weights[feature] ?? 0) / (training.epochs - first);
    }
    return mean;
  });
}

function step(
  { features, values, weight }: Row,
  expected: number,
  weights: Float64Array,
  squares: Float64Array,
  { rate, penalty }: Training,
): void {
  let sum = 0;
  for (let index = 0; index < features.length; index += 1)
    sum += (weights[features[index] ?? 0] ?? 0) * (values[index] ?? 0);
  const error = (1 / (1 + Math.exp(-sum)) - expected) * weight;
  for (let index = 0; index < features.length; index += 1) {
    const feature = features[index] ?? 0;
    const before = weights[feature] ?? 0;
    const gradient = error * (values[index] ?? 0) + penalty * before;
    const square = (squares[feature] ?? 0) + gradient * gradient;
    squares[feature] = square;
    weights[feature] = before - (rate * gradient) / Math.sqrt(square);
  }
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
