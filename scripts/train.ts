import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Judge, judgeByRules } from '../src/classifier/intents/rules-judge';
import { modelOf, saveModel, type TrainedFile } from '../src/classifier/model/model';
import { judgeByModel } from '../src/classifier/model/model-judge';
import { understandWith } from '../src/classifier/understand';
import { crossValidate, foldsOf } from './eval/cross-validation';
import { type Figures, figures, scoreMessages } from './eval/measure';
import { BadSamplesError, digestOf, type Message, readSamples } from './eval/samples';
import { trainedOn } from './eval/trained';
import { examplesOf, examplesOfOwn } from './train/examples';
import { learn, rowsOf, TRAINING } from './train/learn';
import { ownSentences } from './train/sentences';

const USAGE = 'Usage: npm run train -- FILE [--folds N] [--seed N] [--dry-run]';
const OUT = path.resolve(__dirname, '../src/classifier/model/trained.json');

/** How the classifier does, in three ways that do not see a message before they are asked it. */
function measure(messages: readonly Message[], folds: number, seed: number): TrainedFile['made'] {
  const own = ownSentences();
  const now = Date.now();
  const byJudge = (judge: Judge): Figures =>
    figures(scoreMessages(messages, (text, context, at) => understandWith(judge, text, context, at), now));
  const parts = foldsOf(messages, own, folds, seed);
  const crossValidated = figures(crossValidate(parts, (fold) => trainedOn(fold, seed), now));
  const alone = rowsOf(learn(examplesOfOwn(own), { ...TRAINING, seed }));
  const unseen = byJudge(judgeByModel(modelOf(alone), false));
  const rules = byJudge(judgeByRules);
  console.log(`by a model of our own sentences alone, without the rules: ${JSON.stringify(unseen)}`);
  console.log(`cross-validated, ${folds} folds: ${JSON.stringify(crossValidated)}`);
  console.log(`rules alone: ${JSON.stringify(rules)}`);
  return {
    folds,
    exactCrossValidated: Number(crossValidated.intentsExact.toFixed(4)),
    exactByOwnSentencesWithoutRules: Number(unseen.intentsExact.toFixed(4)),
    exactByRulesAlone: Number(rules.intentsExact.toFixed(4)),
  };
}

function main(): number {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        folds: { type: 'string', default: '5' },
        seed: { type: 'string', default: String(TRAINING.seed) },
        'dry-run': { type: 'boolean', default: false },
      },
    });
    const [file] = positionals;
    const folds = Number(values.folds);
    const seed = Number(values.seed);
    if (file === undefined || positionals.length > 1 || !(folds >= 2) || !Number.isInteger(seed)) {
      console.error(USAGE);
      return 2;
    }
    const samples = readSamples(file);
    if (samples.kind !== 'messages')
      throw new BadSamplesError(`${file}: a file of messages is needed, not of dialogues`);
    const measured = measure(samples.messages, folds, seed);
    if (values['dry-run']) return 0;
    const own = ownSentences();
    const trained = saveModel(rowsOf(learn(examplesOf(samples.messages, own), { ...TRAINING, seed })), {
      seed,
      epochs: TRAINING.epochs,
      messages: samples.messages.length,
      messagesDigest: digestOf(samples.messages),
      ownSentences: own.length,
      ...measured,
    });
    writeFileSync(OUT, `${JSON.stringify(trained, null, 2)}\n`);
    console.log(`written ${path.relative(process.cwd(), OUT)}: ${trained.features} features`);
    return 0;
  } catch (error) {
    if (!(error instanceof BadSamplesError)) throw error;
    console.error(error.message);
    return 2;
  }
}

process.exitCode = main();
