import { type Intent, INTENTS } from '../understanding';
import { type FeatureVector, FEATURES } from './features';

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

/**
 * A model of weights in rows, each in the order of INTENTS.
 *
 * @param places where the row of a feature begins, by its number; below 0 for none
 * @param scale what every weight is to be multiplied with
 */
function modelOfRows(rows: ArrayLike<number>, places: Int32Array, scale: number): Model {
  return {
    probabilities(features) {
      const sums = new Float64Array(INTENTS.length);
      for (const [feature, value] of features) {
        const place = places[feature] ?? -1;
        if (place < 0) continue;
        for (let intent = 0; intent < sums.length; intent += 1)
          sums[intent] = (sums[intent] ?? 0) + (rows[place + intent] ?? 0) * value;
      }
      return Array.from(sums, (sum) => sigmoid(sum * scale));
    },
  };
}

/** A model of weights by feature, each a row in the order of INTENTS. */
export function modelOf(weights: ReadonlyMap<number, ArrayLike<number>>): Model {
  const rows = new Float64Array(weights.size * INTENTS.length);
  const places = new Int32Array(FEATURES).fill(-1);
  let place = 0;
  for (const [feature, row] of weights) {
    rows.set(Array.from(row), place);
    places[feature] = place;
    place += INTENTS.length;
  }
  return modelOfRows(rows, places, 1);
}

/**
 * Reads a trained file. The weights stay the bytes they are; a table of all numbers tells where those of a feature stand.
 *
 * @throws where it was made for other intents or is cut off
 */
export function loadModel(file: TrainedFile): Model {
  if (file.intents.join() !== INTENTS.join())
    throw new Error('The trained file is for other intents: run "npm run train"');
  const bytes = Buffer.from(file.data, 'base64');
  const width = 2 + INTENTS.length;
  if (bytes.length !== file.features * width) throw new Error('The trained file is cut off: run "npm run train"');
  const places = new Int32Array(FEATURES).fill(-1);
  for (let at = 0; at < bytes.length; at += width) places[bytes.readUInt16LE(at)] = at + 2;
  return modelOfRows(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length), places, file.scale);
}

/** Writes weights as a trained file; features that say next to nothing are left out. */
export function saveModel(weights: ReadonlyMap<number, ArrayLike<number>>, made: TrainedFile['made']): TrainedFile {
  let largest = 0;
  for (const row of weights.values())
    for (const weight of Array.from(row)) largest = Math.max(largest, Math.abs(weight));
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
