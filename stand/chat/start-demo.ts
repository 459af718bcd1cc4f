import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Catalogue } from '../accounting/catalogue';
import { type Accounting, startAccounting } from '../accounting/server';
import { PEOPLE } from '../people';
import { type LocalTelegram, startTelegram } from '../telegram/server';
import { BotProcess } from './bot-process';
import { exampleQuestions } from './example-questions';
import { type ChatServer, startChatServer } from './server';

/** The bot as `npm run build` makes it. */
export const BOT_ENTRY = path.resolve(__dirname, '..', '..', 'dist', 'main.js');

export interface DemoOptions {
  catalogue: Catalogue;
  /** Of the page; a free one is taken where it is occupied. 0 takes a free one. */
  port: number;
  /** @default dist/main.js */
  botEntry?: string;
  /** Settings of the bot besides those of the demo (contract, Settings by environment). */
  botEnv?: Record<string, string>;
}

export interface Demo {
  /** Address of the chat page. */
  url: string;
  /** False: the port was occupied and another one is in use. */
  onAskedPort: boolean;
  examples: readonly string[];
  accounting: Accounting;
  telegram: LocalTelegram;
  bot: BotProcess;
  /** Stops all of it. @param killAfterMs how long the bot may take */
  close(killAfterMs?: number): Promise<void>;
}

/** The bot was not built. */
export class BotNotBuiltError extends Error {
  override readonly name = 'BotNotBuiltError';
}

/** What the bot needs of the system around it; its settings come from the demo alone. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];
const MANAGER_CONTACT = 'отдел закупок, +7 495 120-45-00';

/**
 * Starts the whole demo on 127.0.0.1: the accounting stand, the local Telegram, the chat page and the real bot between
 * them. Resolves when the bot receives messages.
 *
 * @throws BotNotBuiltError without the bot's entry file, BotStartError where the bot ends or does not come up; nothing is
 *   left running then
 */
export async function startDemo({ catalogue, port, botEntry = BOT_ENTRY, botEnv }: DemoOptions): Promise<Demo> {
  if (!existsSync(botEntry)) {
    throw new BotNotBuiltError(`Бот не собран: нет файла ${botEntry}. Выполните npm run build`);
  }
  const closing: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    // What was started last serves nobody else and stops first; one that fails to stop must not keep the others.
    for (const close of closing.splice(0).reverse()) {
      await Promise.resolve()
        .then(close)
        .catch(() => undefined);
    }
  };
  try {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'supplier-bot-demo-'));
    const removeData = () => rmSync(dataDir, { recursive: true, force: true });
    process.once('exit', removeData);
    closing.push(() => {
      process.off('exit', removeData);
      removeData();
    });
    const apiKey = randomBytes(24).toString('hex');
    const accounting = await startAccounting({ catalogue, apiKey });
    closing.push(() => accounting.close());
    const telegram = await startTelegram({
      token: `7000000000:${randomBytes(27).toString('base64url').slice(0, 35)}`,
      botName: 'Бот для поставщиков',
      botUsername: 'supplier_demo_bot',
      enforceLimits: true,
    });
    closing.push(() => telegram.close());

    const bot = new BotProcess({
      entry: botEntry,
      cwd: dataDir,
      env: {
        ...inherited(),
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.url,
        ONEC_BASE_URL: accounting.url,
        ONEC_API_KEY: apiKey,
        MANAGER_CONTACT,
        PORT: '0',
        DATA_DIR: dataDir,
        LOG_LEVEL: 'debug',
        ...botEnv,
      },
    });
    const examples = exampleQuestions(catalogue, orderToAskFor(accounting));
    const page = await startPage(port, {
      telegram,
      bot,
      accounting,
      examples,
      catalogue: `В 1С стенда: товаров ${catalogue.items.length}, поставщиков ${accounting.suppliers.suppliers.length}`,
    });
    closing.push(() => page.close());
    let killAfterMs = 5000;
    closing.push(() => bot.stop(killAfterMs));
    await bot.start();
    return {
      url: page.url,
      onAskedPort: port === 0 || page.url.endsWith(`:${port}`),
      examples,
      accounting,
      telegram,
      bot,
      close: (ms = killAfterMs) => {
        killAfterMs = ms;
        return closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Takes a free port where the asked one is occupied or not allowed. */
async function startPage(
  port: number,
  parts: Omit<Parameters<typeof startChatServer>[0], 'port'>,
): Promise<ChatServer> {
  try {
    return await startChatServer({ ...parts, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    return startChatServer({ ...parts, port: 0 });
  }
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    INHERITED.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** An order of the first account, as its supplier would name it: without leading zeros and prefix. */
function orderToAskFor({ business, suppliers }: Accounting): string | undefined {
  const supplier = suppliers.suppliers.find(({ profile }) => profile.personId === PEOPLE[0]?.id);
  const numbers = supplier ? business.ordersOf(supplier).map(({ number }) => number) : [];
  const plain =
    numbers.find((number) => /^0*-?0*123$/.test(number)) ?? numbers.find((number) => /^[\d-]+$/.test(number));
  return plain?.replace(/^[0-]+/, '');
}
