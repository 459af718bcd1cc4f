import { type Intent, INTENTS } from '../understanding';
import { type FeatureVector } from './features';

/** One logistic regression an intent over hashed features. */
export interface Model {
  /** The probability of each intent by itself, in the order of INTENTS. */
  probabilities(features: FeatureVector): number[];
}

/** The trained file: features by number, each with a weight of one byte for every intent, and how it was made. */
export interface TrainedFile {
  intents: readonly string[];
  /** What a weight's byte is to be multiplied with. */
  scale: number;
  features: number;
  /** Base64: for each feature two bytes of its number (little endian) and one signed byte an intent. */
  data: string;
  made: Readonly<Record<string, string | number>>;
}

const sigmoid = (sum: number): number => 1 / (1 + Math.exp(-sum));

/** A model of weights by intent (in the order of INTENTS) and feature. */
export function modelOf(weightsOf: (feature: number) => ArrayLike<number> | undefined): Model {
  return {
    probabilities(features) {
      const sums = INTENTS.map(() => 0);
      for (const [feature, value] of features) {
        const weights = weightsOf(feature);
        if (weights === undefined) continue;
        for (let intent = 0; intent < sums.length; intent += 1)
          sums[intent] = (sums[intent] ?? 0) + (weights[intent] ?? 0) * value;
      }
      return sums.map(sigmoid);
    },
  };
}

/** Reads a trained file. @throws where it was made for other intents or is cut off */
export function loadModel(file: TrainedFile): Model {
  if (file.intents.join() !== INTENTS.join())
    throw new Error('The trained file is for other intents: run "npm run train"');
  const bytes = Buffer.from(file.data, 'base64');
  const width = 2 + INTENTS.length;
  if (bytes.length !== file.features * width) throw new Error('The trained file is cut off: run "npm run train"');
  const table = new Map<number, Float32Array>();
  for (let at = 0; at < bytes.length; at += width) {
    table.set(
      bytes.readUInt16LE(at),
      Float32Array.from(INTENTS, (_, intent) => bytes.readInt8(at + 2 + intent) * file.scale),
    );
  }
  return modelOf((feature) => table.get(feature));
}

/** Writes weights as a trained file; features that say next to nothing are left out. */
export function saveModel(weights: ReadonlyMap<number, ArrayLike<number>>, made: TrainedFile['made']): TrainedFile {
  const largest = Math.max(...[...weights.values()].flatMap((row) => Array.from(row, Math.abs)));
  const scale = Number((largest / 127).toPrecision(6));
  const rows: Buffer[] = [];
  for (const [feature, row] of [...weights].sort(([a], [b]) => a - b)) {
    const bytes = Array.from(row, (weight) => Math.round(weight / scale));
    if (bytes.every((byte) => byte === 0)) continue;
    const buffer = Buffer.alloc(2 + INTENTS.length);
    buffer.writeUInt16LE(feature, 0);
    bytes.forEach((byte, intent) => buffer.writeInt8(Math.max(-127, Math.min(127, byte)), 2 + intent));
    rows.push(buffer);
  }
  const intents: readonly Intent[] = INTENTS;
  return { intents, scale, features: rows.length, data: Buffer.concat(rows).toString('base64'), made };
}
