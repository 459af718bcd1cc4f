import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Arena } from './bench/arena';
import { describeMachine } from './bench/machine';
import { HELP, readOptions, UsageError } from './bench/options';
import { machineLine, type ScenarioResult, table, targetsLine } from './bench/report';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
/** All scenarios together take about two minutes. */
const BENCH_DEADLINE_MS = 10 * 60_000;
/** Beside the default DATA_DIR, so that the queues are measured on the disk that they would lie on. */
const DATA = resolve(__dirname, '../data');

async function bench(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(HELP);
    return 0;
  }
  const { main, nodeArgs } = options;
  mkdirSync(DATA, { recursive: true });
  const folder = mkdtempSync(join(DATA, 'bench-'));
  const arena = new Arena({ main, nodeArgs, folder }, options.quick);
  const end = (code: number) => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  };
  const abandon = () => void arena.close().finally(() => end(EXIT_FAILED));
  process.once('SIGINT', abandon).once('SIGTERM', abandon);
  setTimeout(() => {
    console.error(`The bench is given up after ${BENCH_DEADLINE_MS / 60_000} minutes`);
    abandon();
  }, BENCH_DEADLINE_MS).unref();

  try {
    const machine = describeMachine(folder);
    console.log(machineLine(machine));
    const startedAt = new Date().toISOString();
    const results: ScenarioResult[] = [];
    for (const { name, title, run } of options.scenarios) {
      if (process.stderr.isTTY) console.error(`${name}: ${title}`);
      results.push({ name, title, figures: await run(arena) });
    }
    console.log(`\n${table(results)}\n\n${targetsLine(results)}`);
    if (options.json) console.log(JSON.stringify({ startedAt, quick: options.quick, machine, scenarios: results }));
    return 0;
  } finally {
    await arena.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

bench().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof UsageError) console.error(`${error.message}\nnpm run bench -- --help`);
    else console.error(error);
    process.exit(error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED);
  },
);
