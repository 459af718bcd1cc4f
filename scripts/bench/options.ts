import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SCENARIOS, type Scenario } from './scenarios';

export interface BenchOptions {
  scenarios: readonly Scenario[];
  quick: boolean;
  json: boolean;
  /** The compiled main file of the bot. */
  main: string;
  /** Arguments of node for the bot. */
  nodeArgs: readonly string[];
}

/** A command line that cannot be followed; the message says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * What `npm start` gives node: a bound for the heap, without which a burst's garbage is left lying about for long, and a
 * smaller young generation, which otherwise grows to 32 MB and stays so.
 */
const START_ARGS = ['--max-old-space-size=512', '--max-semi-space-size=16'];

const ROOT = resolve(__dirname, '../..');

export const HELP = `Measures the bot as it runs (node ${START_ARGS.join(' ')} dist/main.js) against a bare loop over node:http, on loopback alone.

  npm run bench -- [options]

  --only NAME   this scenario alone; may be given several times:
                ${SCENARIOS.map(({ name }) => name).join(', ')}
  --quick       fewer questions, shorter times
  --json        print everything as one JSON object on the last line
  --main FILE   another build of the bot; dist/main.js unless told
  --node ARGS   more arguments of node for the bot, such as --node="--cpu-prof --cpu-prof-dir=/tmp/profiles"
  --help        this text
`;

/**
 * @returns nothing where the help was asked for
 * @throws UsageError with what to do
 */
export function readOptions(args: string[]): BenchOptions | null {
  const { help, only = [], quick, json, main, node } = parse(args);
  if (help) return null;
  const unknown = only.find((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    throw new UsageError(`--only: no scenario "${unknown}"; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`);
  }
  const file = resolve(main ?? resolve(ROOT, 'dist/main.js'));
  if (!existsSync(file)) throw new UsageError(`${file} is not there: build the bot with npm run build`);
  const scenarios = SCENARIOS.filter(({ name }) => only.length === 0 || only.includes(name));
  return { scenarios, quick, json, main: file, nodeArgs: [...START_ARGS, ...node.split(' ').filter(Boolean)] };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        main: { type: 'string' },
        node: { type: 'string', default: '' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
