import { parseArgs } from 'node:util';
import { ClassifierService } from '../src/classifier/classifier.service';
import { judgeByRules } from '../src/classifier/intents/rules-judge';
import { understandWith } from '../src/classifier/understand';
import { figures, scoreDialogues, scoreMessages, type Understand } from './eval/measure';
import { report } from './eval/report';
import { BadSamplesError, readSamples } from './eval/samples';

const USAGE = 'Usage: npm run eval -- FILE [--json] [--worst N] [--rules]';

function main(): number {
  let file: string | undefined;
  let json = false;
  let worst = 30;
  let rulesOnly = false;
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        rules: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        worst: { type: 'string', default: '30' },
      },
    });
    [file] = positionals;
    json = values.json;
    rulesOnly = values.rules;
    worst = Number(values.worst);
    if (file === undefined || positionals.length > 1 || !Number.isInteger(worst) || worst < 0)
      throw new Error('one FILE is needed');
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  try {
    const samples = readSamples(file);
    const classifier = new ClassifierService();
    const now = Date.now();
    const understand: Understand = (text, context, at) =>
      rulesOnly ? understandWith(judgeByRules, text, context, at) : classifier.understand(text, context, at);
    const scored =
      samples.kind === 'messages'
        ? scoreMessages(samples.messages, understand, now)
        : scoreDialogues(samples.dialogues, understand, now);
    const result = figures(scored);
    console.log(report(scored, result, worst));
    if (json) console.log(JSON.stringify(result));
    return 0;
  } catch (error) {
    if (!(error instanceof BadSamplesError)) throw error;
    console.error(error.message);
    return 2;
  }
}

process.exitCode = main();
