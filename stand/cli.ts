import { parseArgs } from 'node:util';
import { Business, DEFAULT_SEED } from './accounting/business';
import { CommerceMLError } from './accounting/commerceml/commerceml-error';
import { describeLoaded } from './accounting/inspection';
import { loadCatalogue, SAMPLE_FILES } from './accounting/load-catalogue';
import { loadActWriters } from './accounting/reconciliation/act-file';
import { type Accounting, startAccounting } from './accounting/server';
import { PEOPLE } from './people';

const HELP = `Serves the contract of the bot from exchange files of 1C (CommerceML 2.x).

  npm run stand -- [options]

  --import FILE     products: import.xml, import0_1.xml; may be given several times
  --offers FILE     prices and quantities: offers.xml, prices0_1.xml, rests0_1.xml; may be given several times
                    without files: the sample catalogue of stand/catalogue
  --inspect         print what was loaded and end
  --port PORT       default 8090; 0 takes a free one
  --control-port N  of the control API (/_stand/...), which stays open in an outage; default PORT + 1
  --host HOST       default 127.0.0.1; any other one needs --key
  --key KEY         the API key to expect in X-API-Key; default stand-key
  --chat ID         connect this Telegram chat to the first supplier; may be given several times
  --seed N          other orders, prices and payments; default ${DEFAULT_SEED}
  --latency MS      answer so much later; default 0
  --help            this text
`;

const DEFAULT_KEY = 'stand-key';
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '::1'];
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

class UsageError extends Error {}

interface Arguments {
  importFiles: string[];
  offersFiles: string[];
  inspect: boolean;
  help: boolean;
  port: number;
  controlPort: number;
  host: string;
  apiKey: string;
  chats: number[];
  seed: number;
  latencyMs: number;
}

function readArguments(args: string[]): Arguments {
  const { values } = parse(args);
  const port = numberFrom('--port', values.port, 8090, 65_535);
  const host = values.host ?? '127.0.0.1';
  if (values.key === '') throw new UsageError('--key must not be empty');
  if (values.key === undefined && !LOOPBACK_HOSTS.includes(host)) {
    throw new UsageError(`--host ${host} can be reached from outside: give a --key of your own`);
  }
  return {
    importFiles: values.import ?? [],
    offersFiles: values.offers ?? [],
    inspect: values.inspect ?? false,
    help: values.help ?? false,
    port,
    controlPort: numberFrom('--control-port', values['control-port'], neighbourOf(port), 65_535),
    host,
    apiKey: values.key ?? DEFAULT_KEY,
    chats: (values.chat ?? []).map((chat) => numberFrom('--chat', chat, 0, Number.MAX_SAFE_INTEGER)),
    seed: numberFrom('--seed', values.seed, DEFAULT_SEED, Number.MAX_SAFE_INTEGER),
    latencyMs: numberFrom('--latency', values.latency, 0, 600_000),
  };
}

function neighbourOf(port: number): number {
  if (port === 0) return 0;
  return port < 65_535 ? port + 1 : port - 1;
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const list = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      options: {
        import: list,
        offers: list,
        inspect: flag,
        port: text,
        'control-port': text,
        host: text,
        key: text,
        chat: list,
        seed: text,
        latency: text,
        help: flag,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberFrom(option: string, text: string | undefined, fallback: number, max: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new UsageError(`${option} must be a whole number from 0 to ${max}`);
  return value;
}

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const given = options.importFiles.length + options.offersFiles.length > 0;
  const { catalogue, report } = await loadCatalogue(given ? options : SAMPLE_FILES);
  if (options.inspect) {
    const business = new Business({ catalogue, seed: options.seed });
    console.log(describeLoaded(catalogue, report, business, process.memoryUsage.rss()));
    return;
  }
  const accounting = await startAccounting({ ...options, catalogue });
  await prepare(accounting, options);
  await loadActWriters();
  console.log(
    greeting(accounting, options, `${report.items} items of ${given ? 'your files' : 'the sample catalogue'}`),
  );
  accounting.events.on('request', ({ operation, status, ms, attempt, requestId }) => {
    console.log(`${operation} ${status || 'no answer'} ${ms} ms, attempt ${attempt}, request ${requestId}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void accounting.close().then(() => process.exit()));
  }
}

async function prepare({ suppliers, faults }: Accounting, { chats, latencyMs }: Arguments): Promise<void> {
  const [first] = suppliers.suppliers;
  for (const chat of chats) {
    if (first) suppliers.connect(chat, first.id);
  }
  if (latencyMs > 0) await faults.set({ mode: 'none', latencyMs });
}

function greeting({ url, controlUrl, catalogue, suppliers }: Accounting, { apiKey }: Arguments, what: string): string {
  const article = catalogue.items[0]?.article ?? 'BP-4500/2';
  const headers = `-H 'X-API-Key: ${apiKey}' -H 'Content-Type: application/json'`;
  const question = JSON.stringify({ supplierId: suppliers.suppliers[0]?.id, articles: [article] }).replace(
    /'/g,
    `'\\''`,
  );
  return `The accounting system serves ${what} at ${url}

In .env:
  ONEC_BASE_URL=${url}
  ONEC_API_KEY=${apiKey}

Try:
  curl ${headers} -d '{}' ${url}/v1/ping
  curl ${headers} -d '{"chatId":${PEOPLE[0]?.id}}' ${url}/v1/identify
  curl ${headers} -d '${question}' ${url}/v1/stock

Let it fail, and mend it:
  curl -X PUT -H 'Content-Type: application/json' -d '{"mode":"status","status":503}' ${controlUrl}/_stand/faults
  curl -X DELETE ${controlUrl}/_stand/faults

Ctrl+C ends it.
`;
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) {
    console.error(`${error.message}\nSee npm run stand -- --help`);
    process.exitCode = EXIT_USAGE;
    return;
  }
  console.error(messageOf(error));
  process.exitCode = EXIT_FAILED;
});

function messageOf(error: unknown): string {
  if (error instanceof CommerceMLError) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: end what listens there, or give another one with --port`;
  if (code === 'EACCES' && port !== undefined) return `Port ${port} needs rights: give one above 1023 with --port`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
