import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { loadSettings } from '../../src/config/load-settings';
import { type Accounting, type AccountingOptions, startAccounting } from '../../stand/accounting/server';
import type { Catalogue } from '../../stand/accounting/catalogue';
import { loadSampleCatalogue } from '../../stand/accounting/load-catalogue';
import { loadActWriters } from '../../stand/accounting/reconciliation/act-file';
import { type LocalTelegram, startTelegram } from '../../stand/telegram/server';

export const TEST_TOKEN = '123456:TEST-token-of-the-local-telegram';
export const TEST_API_KEY = 'test-key-of-the-accounting-stand';
export const TEST_MANAGER = 'Отдел закупок, +7 495 000-00-00';

/** The real application between a local Telegram and an accounting stand, all over real sockets. */
export interface World {
  app: INestApplication;
  /** Address of the application's own HTTP server. */
  url: string;
  telegram: LocalTelegram;
  accounting: Accounting;
  /** DATA_DIR of the application. */
  dataDir: string;
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** Settings by their environment names, over those that the world needs. */
  env?: Record<string, string>;
  catalogue?: Catalogue;
  cacheControl?: AccountingOptions['cacheControl'];
  operations?: AccountingOptions['operations'];
  /** Port of the application where it must be known beforehand. */
  port?: number;
  /** A Telegram of another world, which closes it. */
  telegram?: LocalTelegram;
  /** What happens at Telegram before the application starts. */
  beforeApp?(telegram: LocalTelegram): Promise<void>;
}

/** Short budgets, so that an outage is seen in a second and not in ten, and no waiting for Telegram's limits. */
const QUICK = {
  ONEC_TIMEOUT_MS: '400',
  ONEC_DEADLINE_MS: '2500',
  TELEGRAM_MAX_PER_SECOND: '0',
  TELEGRAM_MAX_PER_CHAT_PER_SECOND: '0',
  LOG_LEVEL: 'silent',
};

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  // The first file would take longer than the short budgets allow, for the loading of what writes it.
  await loadActWriters();
  const catalogue = options.catalogue ?? (await loadSampleCatalogue());
  const { cacheControl, operations } = options;
  const accounting = await startAccounting({ apiKey: TEST_API_KEY, catalogue, cacheControl, operations });
  const telegram = options.telegram ?? (await startTelegram({ token: TEST_TOKEN }));
  const dataDir = await mkdtemp(join(tmpdir(), 'supplier-bot-world-'));
  await options.beforeApp?.(telegram);
  const app = await startApp({
    ...QUICK,
    TELEGRAM_BOT_TOKEN: TEST_TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
    ONEC_BASE_URL: accounting.url,
    ONEC_API_KEY: TEST_API_KEY,
    MANAGER_CONTACT: TEST_MANAGER,
    PORT: String(options.port ?? 0),
    DATA_DIR: dataDir,
    ...options.env,
  });
  return {
    app,
    url: await app.getUrl(),
    telegram,
    accounting,
    dataDir,
    async stop() {
      await app.close();
      await Promise.all([
        options.telegram ? undefined : telegram.close(),
        accounting.close(),
        rm(dataDir, { recursive: true, force: true }),
      ]);
    },
  };
}

/** The application as `main.ts` makes it, on a free port of the loopback. */
export async function startApp(env: Record<string, string>): Promise<INestApplication> {
  const { settings } = loadSettings(env);
  const app = await NestFactory.create(AppModule.forRoot(settings), { logger: false, forceCloseConnections: true });
  await app.listen(settings.port, '127.0.0.1');
  return app;
}
