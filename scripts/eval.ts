import { parseArgs } from 'node:util';
import { ClassifierService } from '../src/classifier/classifier.service';
import { judgeByRules } from '../src/classifier/intents/rules-judge';
import trained from '../src/classifier/model/trained.json';
import { understandWith } from '../src/classifier/understand';
import { bagOfWordsOn, byPublishedPatterns } from './eval/baselines';
import { crossValidate, foldsOf } from './eval/cross-validation';
import {
  type Figures,
  figures,
  intentFigures,
  scoreDialogues,
  scoreMessages,
  type Scored,
  type Understand,
} from './eval/measure';
import { type Column, comparison, details, timing } from './eval/report';
import { BadSamplesError, digestOf, type Message, readSamples } from './eval/samples';
import { trainedOn } from './eval/trained';
import { TRAINING } from './train/learn';
import { ownSentences } from './train/sentences';

const USAGE = `Usage: npm run eval -- FILE [--json] [--worst N] [--folds N] [--seed N] [--rules]

FILE has labelled messages or dialogues, a JSON object a line. Messages are cross-validated in N folds (5), each judged by
a model that was trained without it, beside two baselines; --folds 0 leaves that out. --rules leaves the model out.`;

interface Options {
  file: string;
  json: boolean;
  worst: number;
  folds: number;
  seed: number;
  rules: boolean;
}

/** @throws where the command line is wrong */
function optionsOf(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rules: { type: 'boolean', default: false },
      worst: { type: 'string', default: '30' },
      folds: { type: 'string', default: '5' },
      seed: { type: 'string', default: String(TRAINING.seed) },
    },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new Error('one FILE is needed');
  const { json, rules } = values;
  const [worst, folds, seed] = (['worst', 'folds', 'seed'] as const).map((name) => {
    if (!/^\d{1,9}$/.test(values[name])) throw new Error(`--${name} must be a whole number`);
    return Number(values[name]);
  }) as [number, number, number];
  if (folds === 1) throw new Error('--folds must be 0 or 2 and more');
  return { file, json, worst, folds: rules ? 0 : folds, seed, rules };
}

interface Comparison {
  crossValidated: Scored[];
  baselines: { publishedPatterns: Partial<Figures>; bagOfWords: Partial<Figures> };
}

function compare(messages: readonly Message[], { folds, seed }: Options, now: number): Comparison {
  const parts = foldsOf(messages, ownSentences(), folds, seed);
  return {
    crossValidated: crossValidate(parts, (fold) => trainedOn(fold, seed), now),
    baselines: {
      publishedPatterns: intentFigures(crossValidate(parts, () => byPublishedPatterns, now)),
      bagOfWords: intentFigures(crossValidate(parts, bagOfWordsOn, now)),
    },
  };
}

function evaluate(options: Options): void {
  const samples = readSamples(options.file);
  const now = Date.now();
  // A new one for each time: it remembers what it has read, which would be timed instead of reading.
  const understanding = (): Understand => {
    const classifier = new ClassifierService();
    return options.rules
      ? (text, context, at) => understandWith(judgeByRules, text, context, at)
      : (text, context, at) => classifier.understand(text, context, at);
  };
  const isCompared = samples.kind === 'messages' && samples.messages.length >= options.folds && options.folds > 0;
  const compared = isCompared ? compare(samples.messages, options, now) : null;
  const score = (): Scored[] =>
    samples.kind === 'messages'
      ? scoreMessages(samples.messages, understanding(), now)
      : scoreDialogues(samples.dialogues, understanding(), now);
  // The bot runs for weeks: what the first messages wait for the compiler says nothing about the others.
  score();
  const shipped = score();
  const result = figures(shipped);
  const crossValidated = compared && figures(compared.crossValidated);
  const columns: Column[] = [
    ...(crossValidated ? [{ name: 'cross-validated', figures: crossValidated }] : []),
    { name: options.rules ? 'rules alone' : 'as shipped', figures: result },
    ...(compared
      ? [
          { name: 'plain patterns', figures: compared.baselines.publishedPatterns },
          { name: 'bag of words', figures: compared.baselines.bagOfWords },
        ]
      : []),
  ];
  console.log(`${result.n} ${samples.kind === 'messages' ? 'messages' : 'turns'}\n`);
  console.log(comparison(columns));
  if (samples.kind === 'messages' && trained.made.messagesDigest === digestOf(samples.messages))
    console.log(`
as shipped: these messages were seen in training. cross-validated: each by a model trained without it, though the rules
were written with them in view; see src/classifier/README.md`);
  console.log(`\n${timing(shipped)}\n`);
  console.log(details(compared?.crossValidated ?? shipped, options.worst));
  if (!options.json) return;
  const extra = crossValidated && {
    crossValidated: { folds: options.folds, seed: options.seed, ...crossValidated },
    baselines: compared?.baselines,
  };
  console.log(JSON.stringify({ ...result, ...extra }));
}

function main(): number {
  let options: Options;
  try {
    options = optionsOf(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  try {
    evaluate(options);
    return 0;
  } catch (error) {
    if (!(error instanceof BadSamplesError)) throw error;
    console.error(error.message);
    return 2;
  }
}

process.exitCode = main();
