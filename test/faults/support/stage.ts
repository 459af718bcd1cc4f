import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalogue } from '../../../stand/accounting/catalogue';
import { type Accounting, type AccountingOptions, startAccounting } from '../../../stand/accounting/server';
import { type Person } from '../../../stand/people';
import { type LocalTelegram, startTelegram, type TelegramOptions } from '../../../stand/telegram/server';
import { MainProcess } from '../../support/main-process';
import { TEST_API_KEY, TEST_MANAGER, TEST_TOKEN } from '../../support/world';

const FIRST_CHAT = 1001;
const ARTICLES = 2000;
const WEBHOOK_PATH = '/telegram/updates';

export interface StageOptions {
  /** People who may write to the bot, each for a supplier of their own. */
  people: number;
  /** Over the settings that the stage needs, by their environment names. */
  env?: Record<string, string>;
  telegram?: Partial<TelegramOptions>;
  cacheControl?: AccountingOptions['cacheControl'];
}

/** A local Telegram and an accounting stand, between which processes of the bot come and go. */
export class Stage {
  /** Processes that were started here and may still run. */
  private readonly bots: MainProcess[] = [];
  isClosed = false;

  private constructor(
    readonly telegram: LocalTelegram,
    readonly accounting: Accounting,
    /** Ids of the people, which are those of their chats as well. */
    readonly chats: readonly number[],
    /** Articles that 1C knows. */
    readonly articles: readonly string[],
    /** Working directory of the processes, with the DATA_DIR that they take over from each other. */
    readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  static async open({ people: count, env = {}, telegram, cacheControl }: StageOptions): Promise<Stage> {
    const people = Array.from({ length: count }, (_, index) => personOf(FIRST_CHAT + index));
    const articles = Array.from({ length: ARTICLES }, (_, index) => `LT-${10_001 + index}`);
    const local = await startTelegram({ token: TEST_TOKEN, people, callsLimit: 50_000, ...telegram });
    const accounting = await startAccounting({
      apiKey: TEST_API_KEY,
      catalogue: catalogueOf(articles),
      people,
      ...(cacheControl && { cacheControl }),
    });
    const folder = await mkdtemp(join(tmpdir(), 'supplier-bot-faults-'));
    const settings = {
      TELEGRAM_BOT_TOKEN: TEST_TOKEN,
      TELEGRAM_API_ROOT: local.url,
      TELEGRAM_MAX_PER_SECOND: '0',
      TELEGRAM_MAX_PER_CHAT_PER_SECOND: '0',
      ONEC_BASE_URL: accounting.url,
      ONEC_API_KEY: TEST_API_KEY,
      ONEC_TIMEOUT_MS: '1000',
      ONEC_DEADLINE_MS: '3000',
      CHAT_RATE_LIMIT: '0',
      MANAGER_CONTACT: TEST_MANAGER,
      DATA_DIR: join(folder, 'data'),
      PORT: '0',
      LOG_LEVEL: 'info',
    };
    const chats = people.map(({ id }) => id);
    return new Stage(local, accounting, chats, articles, folder, { ...settings, ...env });
  }

  /** Starts a process of the bot; what it was told last in `env` goes before the settings of the stage. */
  start(env: Record<string, string> = {}): MainProcess {
    const bot = new MainProcess({ ...this.env, ...env }, this.folder);
    this.bots.push(bot);
    return bot;
  }

  /** What the processes logged with this event or message. */
  logged(words: string): Record<string, unknown>[] {
    return this.bots.flatMap(({ log }) => log).filter(({ event, msg }) => event === words || msg === words);
  }

  /** What the processes warned of, each thing once, for the message of a test that fails. */
  complaints(): string {
    const lines = this.bots
      .flatMap(({ log }) => log)
      .filter(({ level }) => level === 'warn' || level === 'error' || level === 'fatal')
      .map(({ msg, reason, queue }) => [msg, queue, reason].filter(Boolean).join(' / '));
    return [...new Set(lines)].slice(0, 20).join('\n');
  }

  /** Ends those who ask, kills what still runs and removes everything. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.bots.map((bot) => bot.kill()));
    await Promise.all([this.telegram.close(), this.accounting.close()]);
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Settings of webhook mode on a free port of the loopback. */
export async function webhookSettings(): Promise<Record<string, string>> {
  const port = await freePort();
  return { PORT: String(port), ...webhookAt(`http://127.0.0.1:${port}`) };
}

/** Settings of webhook mode under the address of something that passes on to the processes. */
export function webhookAt(origin: string): Record<string, string> {
  return {
    TELEGRAM_MODE: 'webhook',
    TELEGRAM_WEBHOOK_URL: `${origin}${WEBHOOK_PATH}`,
    TELEGRAM_WEBHOOK_SECRET: 'secret-of-the-webhook_1',
  };
}

/** Where the HTTP server of a process listens; waits for it. */
export async function addressOf(bot: MainProcess): Promise<string> {
  const { port } = await bot.event('listening');
  return `http://127.0.0.1:${Number(port)}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function personOf(id: number): Person {
  return { id, firstName: `Поставщик ${id}`, phone: `+7916555${id}`, languageCode: 'ru', about: 'поставщик' };
}

function catalogueOf(articles: readonly string[]): Catalogue {
  return new Catalogue(
    articles.map((article, index) => ({
      id: `item-${index}`,
      article,
      name: `Лампа ${article}`,
      unit: 'шт',
      prices: [{ priceType: 'Закупочная', value: 100 + index, currency: 'RUB' }],
      quantity: 1 + index,
      warehouses: [{ name: 'Основной', quantity: 1 + index }],
      discontinued: false,
    })),
  );
}
