import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { judgeByRules } from '../src/classifier/intents/rules-judge';
import { modelOf, saveModel } from '../src/classifier/model/model';
import { judgeByModel } from '../src/classifier/model/model-judge';
import { understandWith } from '../src/classifier/understand';
import { figures, scoreMessages } from './eval/measure';
import { BadSamplesError, type Message, readSamples } from './eval/samples';
import { examplesOf, examplesOfOwn } from './train/examples';
import { learn, rowsOf, TRAINING } from './train/learn';
import { random, shuffled } from './train/random';
import { ownSentences } from './train/sentences';

const USAGE = 'Usage: npm run train -- FILE [--folds N] [--seed N] [--dry-run]';
const OUT = path.resolve(__dirname, '../src/classifier/model/trained.json');

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

/** Each message judged by a model that was trained without it. */
function crossValidate(
  messages: readonly Message[],
  folds: number,
  seed: number,
): { exact: number; rules: number; unseen: number } {
  const order = shuffled(messages, random(seed));
  const now = Date.now();
  const scored = Array.from({ length: folds }, (_, fold) => {
    const held = order.filter((__, index) => index % folds === fold);
    const known = new Set(held.map(({ text }) => bare(text)));
    const train = order.filter((__, index) => index % folds !== fold);
    const own = ownSentences().filter(({ text }) => !known.has(bare(text)));
    const rows = rowsOf(learn(examplesOf(train, own), { ...TRAINING, seed }));
    const judge = judgeByModel(modelOf((feature) => rows.get(feature)));
    return scoreMessages(held, (text, context, at) => understandWith(judge, text, context, at), now);
  }).flat();
  const rules = scoreMessages(messages, (text, context, at) => understandWith(judgeByRules, text, context, at), now);
  const alone = rowsOf(learn(examplesOfOwn(ownSentences()), { ...TRAINING, seed }));
  const judge = judgeByModel(
    modelOf((feature) => alone.get(feature)),
    false,
  );
  const unseen = scoreMessages(messages, (text, context, at) => understandWith(judge, text, context, at), now);
  console.log(`by a model of our own sentences alone, without the rules: ${JSON.stringify(figures(unseen))}`);
  console.log(`cross-validated, ${folds} folds: ${JSON.stringify(figures(scored))}`);
  console.log(`rules alone: ${JSON.stringify(figures(rules))}`);
  return {
    exact: figures(scored).intentsExact,
    rules: figures(rules).intentsExact,
    unseen: figures(unseen).intentsExact,
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
    const { exact, rules, unseen } = crossValidate(samples.messages, folds, seed);
    if (values['dry-run']) return 0;
    const own = ownSentences();
    const trained = saveModel(rowsOf(learn(examplesOf(samples.messages, own), { ...TRAINING, seed })), {
      seed,
      epochs: TRAINING.epochs,
      messages: samples.messages.length,
      ownSentences: own.length,
      folds,
      exactCrossValidated: Number(exact.toFixed(4)),
      exactByOwnSentencesWithoutRules: Number(unseen.toFixed(4)),
      exactByRulesAlone: Number(rules.toFixed(4)),
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
