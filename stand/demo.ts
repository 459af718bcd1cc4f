import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CommerceMLError } from './accounting/commerceml/commerceml-error';
import { loadCatalogue, loadSampleCatalogue } from './accounting/load-catalogue';
import { type Catalogue } from './accounting/catalogue';
import { BotStartError } from './chat/bot-process';
import { BotNotBuiltError, type Demo, startDemo } from './chat/start-demo';

const USAGE = `npm run demo -- [--port 8080] [--import FILE]… [--offers FILE]… [--open]

  --port    порт страницы, по умолчанию 8080
  --import  файл CommerceML с товарами вместо образца; можно несколько
  --offers  файл CommerceML с ценами и остатками; можно несколько
  --open    открыть страницу в браузере`;

const DEFAULT_PORT = 8080;
/** The bot stops within 2 s; one that does not is killed, so that the demo is gone within 3 s. */
const KILL_BOT_AFTER_MS = 2500;

const PARENT_CHECK_MS = 500;
/** Who is stopped while it starts gets so long to come up and to stop in good order. */
const LAST_CHANCE_MS = 400;

interface Arguments {
  port: number;
  importFiles: string[];
  offersFiles: string[];
  open: boolean;
}

/** A fault of the command line; the message says what to write instead. */
class UsageError extends Error {}

function readArguments(argv: string[]): Arguments | null {
  const { values } = parseArgs({
    args: argv,
    options: {
      port: { type: 'string' },
      import: { type: 'string', multiple: true },
      offers: { type: 'string', multiple: true },
      open: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port ${values.port}: нужно целое число от 0 до 65535`);
  }
  const { import: importFiles = [], offers: offersFiles = [], open = false } = values;
  if (importFiles.length === 0 && offersFiles.length > 0) {
    throw new UsageError('--offers без --import: назовите и файл с товарами, например --import import.xml');
  }
  return { port, importFiles, offersFiles, open };
}

async function readCatalogue({ importFiles, offersFiles }: Arguments): Promise<Catalogue> {
  if (importFiles.length === 0) return loadSampleCatalogue();
  const { catalogue, report } = await loadCatalogue({ importFiles, offersFiles });
  console.log(`Загружено из CommerceML: товаров ${report.items}, цен ${report.prices}, складов ${report.warehouses}`);
  return catalogue;
}

function announce({ url, onAskedPort, examples }: Demo, port: number): void {
  if (!onAskedPort) console.log(`Порт ${port} занят, взят свободный.`);
  console.log(`
  Откройте ${url} и спросите бота от имени поставщика:
${examples.map((text) => `    · ${text}`).join('\n')}

  Остановить: Ctrl+C
`);
}

function openInBrowser(url: string): void {
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? [
    'xdg-open',
  ];
  const child = spawn(command ?? '', [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => console.log(`Браузер не открылся, откройте сами: ${url}`));
  child.unref();
}

/** Tells of a bot that ends while the demo goes on, until the returned function is called. */
function watch({ bot, url }: Demo): () => void {
  const report = ({ state, ended }: Demo['bot']['status']) => {
    if (state !== 'failed') return;
    console.error(`Бот ${ended}. Последние строки его журнала:\n${bot.lastWords()}`);
    console.error(`Запустить его снова можно на странице ${url}`);
  };
  bot.on('status', report);
  return () => bot.off('status', report);
}

/** @returns null where the demo is not there within the time */
function given(starting: Promise<Demo>, ms: number): Promise<Demo | null> {
  return Promise.race([starting, pause(ms, null)]);
}

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return;
  }
  const stopped = new Promise<void>((resolve) => {
    // A terminal sends Ctrl+C to npm as well, which hands it on: the second one is the same wish.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    // npm's shell passes no SIGTERM on: who is left without the process that started it was meant.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), PARENT_CHECK_MS).unref();
  });
  const starting = readCatalogue(options).then((catalogue) => startDemo({ catalogue, port: options.port }));
  const demo = await Promise.race([starting, stopped.then(() => given(starting, LAST_CHANCE_MS))]);
  if (!demo) return;
  const unwatch = watch(demo);
  announce(demo, options.port);
  if (options.open) openInBrowser(demo.url);
  await stopped;
  unwatch();
  await demo.close(KILL_BOT_AFTER_MS);
  console.log('Демо остановлено.');
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const known = [UsageError, BotNotBuiltError, BotStartError, CommerceMLError].some((kind) => error instanceof kind);
    const usage = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    console.error(known || usage ? (error as Error).message : error);
    if (usage) console.error(`\n${USAGE}`);
    process.exit(1);
  },
);
