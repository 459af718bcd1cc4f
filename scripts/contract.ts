import { ContractClient } from './contract/client';
import { HELP, readOptions, secretsOf, UsageError } from './contract/options';
import { type Result, runChecks } from './contract/run';
import { countsOf, Report } from './contract/report';
import { World } from './contract/world';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  if ('help' in options) {
    console.log(HELP[options.help]);
    return 0;
  }
  const client = new ContractClient(options.client);
  const report = new Report(options.language, secretsOf(options));
  try {
    const told = (result: Result) => {
      const row = report.row(result);
      if (row !== undefined) console.log(row);
    };
    const results = await runChecks(new World(client, options.world), told, options.only);
    console.log(`\n${report.summary(results)}`);
    if (options.json) console.log(report.json(options.client.url, results));
    return countsOf(results).failed > 0 ? EXIT_FAILED : 0;
  } finally {
    client.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\nnpm run contract -- --help`);
    process.exitCode = EXIT_USAGE;
  },
);
