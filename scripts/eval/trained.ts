import { modelOf } from '../../src/classifier/model/model';
import { judgeByModel } from '../../src/classifier/model/model-judge';
import { understandWith } from '../../src/classifier/understand';
import { examplesOf } from '../train/examples';
import { learn, rowsOf, TRAINING } from '../train/learn';
import { type Fold } from './cross-validation';
import { type Understand } from './measure';

/** The classifier with a model trained as `npm run train` trains it, on the fold alone. */
export function trainedOn({ messages, own }: Fold, seed: number): Understand {
  const rows = rowsOf(learn(examplesOf(messages, own), { ...TRAINING, seed }));
  const judge = judgeByModel(modelOf(rows));
  return (text, context, now) => understandWith(judge, text, context, now);
}
