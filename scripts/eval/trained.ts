import { modelOf } from '../../src/classifier/model/model';
import { judgeByModel } from '../../src/classifier/model/model-judge';
import { understandWith } from '../../src/classifier/understand';
import { exampleOf } from '../train/examples';
import { type Example, learn, rowsOf, TRAINING } from '../train/learn';
import { type Sentence } from '../train/sentences';
import { type Fold } from './cross-validation';
import { type Understand } from './measure';

/** Features of a sentence are the same in every fold. */
const known = new WeakMap<Sentence, Example>();

function rememberedExampleOf(sentence: Sentence, weight: number): Example {
  const example = known.get(sentence) ?? exampleOf(sentence, weight);
  known.set(sentence, example);
  return example;
}

/** The classifier with a model trained as `npm run train` trains it, on the fold alone. */
export function trainedOn({ messages, own }: Fold, seed: number): Understand {
  const examples = [
    ...messages.map((each) => rememberedExampleOf(each, 1)),
    ...own.map((each) => rememberedExampleOf(each, TRAINING.own)),
  ];
  const rows = rowsOf(learn(examples, { ...TRAINING, seed }));
  const judge = judgeByModel(modelOf((feature) => rows.get(feature)));
  return (text, context, now) => understandWith(judge, text, context, now);
}
