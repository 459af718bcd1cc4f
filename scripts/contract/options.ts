import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type ClientOptions } from './client';
import { CHECKS } from './run';
import { type Language, languageOf } from './text';
import { type WorldOptions } from './world';

/** What the command line has asked for. */
export interface ContractOptions {
  client: ClientOptions;
  world: WorldOptions;
  /** Beginnings of the ids to check; empty for all. */
  only: string[];
  language: Language;
  json: boolean;
}

/** A command line that cannot be followed; the message says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** How long the bot waits for one attempt, ONEC_TIMEOUT_MS. */
const DEFAULT_TIMEOUT_MS = 3000;
const MAX_TIMEOUT_MS = 600_000;
/** Short texts would be hidden in the middle of words. */
const MIN_SECRET_LENGTH = 4;

export const HELP: Readonly<Record<Language, string>> = {
  ru: `Проверяет, выполняет ли сервер договор обмена с ботом (docs/openapi.yaml): 1С, стенд, другая ERP.

  npm run contract -- --url URL --key KEY [параметры]

  --url URL             адрес до /v1, например https://1c.example.ru/bot/hs/supplier-bot; иначе ONEC_BASE_URL
  --key KEY             ключ из X-API-Key; иначе ONEC_API_KEY
  --key-file FILE       файл с ключом, чтобы его не было в командной строке
  --basic-user U        пользователь HTTP Basic, если его требует публикация; иначе ONEC_BASIC_USER
  --basic-password P    его пароль; иначе ONEC_BASIC_PASSWORD
  --chat N              чат подключённого действующего поставщика: без него проверяется только общее
  --article A           артикул в написании справочника; иначе берётся из products
  --order N             номер заказа этого поставщика; иначе берётся из orders
  --ca FILE             сертификат своего центра сертификации, PEM; иначе ONEC_CA_FILE
  --timeout MS          срок одного ответа, как ONEC_TIMEOUT_MS у бота; по умолчанию ${DEFAULT_TIMEOUT_MS}
  --write               проверить и подключение чата; без него ничего не меняется
  --invite CODE         неиспользованный код приглашения для --write: будет израсходован
  --only НАЧАЛО         только проверки, чье имя так начинается: stock, orders.number; можно несколько раз
  --lang ru|en          язык отчёта; по умолчанию по LANG
  --json                последней строкой вывести все одним объектом JSON
  --help                эта справка

Код завершения: 0 все прошло, 1 есть отказы, 2 ошибка в параметрах.
`,
  en: `Checks whether a server keeps the contract with the bot (docs/openapi.yaml): 1C, the stand, another ERP.

  npm run contract -- --url URL --key KEY [options]

  --url URL             the address up to /v1, such as https://1c.example.ru/bot/hs/supplier-bot; else ONEC_BASE_URL
  --key KEY             the key of X-API-Key; else ONEC_API_KEY
  --key-file FILE       a file with the key, to keep it off the command line
  --basic-user U        user of HTTP Basic, where the publication asks for one; else ONEC_BASIC_USER
  --basic-password P    the password; else ONEC_BASIC_PASSWORD
  --chat N              a chat linked to an active supplier: without it only what is general is checked
  --article A           an article in the spelling of the catalogue; else taken from products
  --order N             number of an order of this supplier; else taken from orders
  --ca FILE             certificate of your own authority, PEM; else ONEC_CA_FILE
  --timeout MS          deadline of one answer, like ONEC_TIMEOUT_MS of the bot; default ${DEFAULT_TIMEOUT_MS}
  --write               check the linking of a chat too; without it nothing is changed
  --invite CODE         an invite code not used yet, for --write: it will be used up
  --only START          only the checks whose names begin so: stock, orders.number; may be given several times
  --lang ru|en          language of the report; default by LANG
  --json                print everything as one JSON object on the last line
  --help                this text

Exit code: 0 all passed, 1 failures, 2 a faulty command line.
`,
};

type Environment = NodeJS.ProcessEnv;

const STRING = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;
const OPTIONS = {
  url: STRING,
  key: STRING,
  'key-file': STRING,
  'basic-user': STRING,
  'basic-password': STRING,
  chat: STRING,
  article: STRING,
  order: STRING,
  ca: STRING,
  timeout: STRING,
  write: FLAG,
  invite: STRING,
  only: { type: 'string', multiple: true },
  lang: STRING,
  json: FLAG,
  help: FLAG,
} as const;

/**
 * Reads the command line.
 *
 * @param environment gives what the bot has too: ONEC_BASE_URL, ONEC_API_KEY, ONEC_BASIC_USER, ONEC_BASIC_PASSWORD,
 *   ONEC_CA_FILE, and the locale
 * @returns the language alone where the help was asked for
 * @throws UsageError with what to do
 */
export function readOptions(args: string[], environment: Environment): ContractOptions | { help: Language } {
  const values = parse(args);
  const language = readLanguage(values.lang, environment);
  if (values.help) return { help: language };
  const say = (ru: string, en: string) => (language === 'ru' ? ru : en);
  const fail = (ru: string, en: string): never => {
    throw new UsageError(say(ru, en));
  };
  const read = (option: string, file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      return fail(`${option}: файл ${file} не читается (${reason})`, `${option}: cannot read ${file} (${reason})`);
    }
  };

  const given = values.url ?? environment['ONEC_BASE_URL'] ?? fail('дайте --url URL', 'give --url URL');
  const url = given.replace(/\/+$/, '');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    fail(`--url: «${given}» не адрес http(s)`, `--url: "${given}" is no http(s) address`);
  }
  if (/\/v1$/.test(url)) fail('--url: адрес без /v1 на конце', '--url: the address without /v1 at its end');
  if (new URL(url).username !== '')
    fail('--url: пользователь задается --basic-user', '--url: give the user with --basic-user');

  const fromFile = values['key-file'] === undefined ? undefined : read('--key-file', values['key-file']).trim();
  const key = values.key ?? fromFile ?? environment['ONEC_API_KEY'] ?? '';
  if (key === '') fail('дайте --key KEY или --key-file FILE', 'give --key KEY or --key-file FILE');
  if (!/^[\x21-\x7e]+$/.test(key)) {
    fail('--key: только печатные знаки ASCII без пробелов', '--key: printable ASCII characters without spaces alone');
  }
  const caFile = values.ca ?? environment['ONEC_CA_FILE'];
  const basicUser = values['basic-user'] ?? environment['ONEC_BASIC_USER'];
  if (values['basic-password'] !== undefined && basicUser === undefined) {
    fail('--basic-password без --basic-user', '--basic-password without --basic-user');
  }
  const whole = (option: string, value: string, max: number): number => {
    if (!/^\d+$/.test(value) || Number(value) < 1 || Number(value) > max) {
      fail(`${option}: целое число от 1 до ${max}`, `${option}: a whole number from 1 to ${max}`);
    }
    return Number(value);
  };
  const only = values.only ?? [];
  const unknown = only.find((start) => !CHECKS.some(({ id }) => id.startsWith(start)));
  if (unknown !== undefined) {
    const groups = [...new Set(CHECKS.map(({ id }) => id.split('.')[0]))].join(', ');
    fail(`--only: проверок «${unknown}» нет; есть ${groups}`, `--only: no checks "${unknown}"; there are ${groups}`);
  }
  return {
    client: {
      url,
      key,
      basicUser,
      basicPassword: values['basic-password'] ?? environment['ONEC_BASIC_PASSWORD'],
      ca: caFile ? read('--ca', caFile) : undefined,
      timeoutMs: values.timeout === undefined ? DEFAULT_TIMEOUT_MS : whole('--timeout', values.timeout, MAX_TIMEOUT_MS),
    },
    world: {
      chat: values.chat === undefined ? undefined : whole('--chat', values.chat, Number.MAX_SAFE_INTEGER),
      article: values.article,
      order: values.order,
      write: values.write,
      invite: values.invite,
    },
    only,
    language,
    json: values.json,
  };
}

/** What must never be printed, also where the server repeats it. */
export function secretsOf({ client }: ContractOptions): string[] {
  return [client.key, client.basicPassword ?? ''].filter((secret) => secret.length >= MIN_SECRET_LENGTH);
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readLanguage(asked: string | undefined, environment: Environment): Language {
  if (asked === undefined) return languageOf(environment);
  if (asked === 'ru' || asked === 'en') return asked;
  throw new UsageError('--lang: ru | en');
}
