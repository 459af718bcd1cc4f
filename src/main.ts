// Before everything else that takes memory.
import { letYoungGenerationGrow } from './young-generation';
import 'reflect-metadata';
import { type INestApplication, Logger } from '@nestjs/common';
import { pino } from 'pino';
import { createApplication, startApplication } from './application';
import { type LoadedSettings, loadSettings } from './config/load-settings';
import { readEnvironmentFile } from './config/read-environment';
import { SettingsError } from './config/settings-error';
import { loggerOptions } from './logging/logger-options';

/** A stop that takes longer is broken: the answers under way have their own, shorter budgets. */
const STOP_DEADLINE_MS = 14_000;
/** What a start leaves in memory is collected within so long. */
const SETTLED_AFTER_MS = 1000;

async function main(): Promise<void> {
  const { settings, warnings } = readSettings();
  const log = pino(loggerOptions(settings));
  const fail = (error: unknown, message: string) => {
    log.fatal({ err: error }, message);
    process.exit(1);
  };
  process.on('uncaughtException', (error) => fail(error, 'Uncaught exception'));
  process.on('unhandledRejection', (reason) => fail(reason, 'Unhandled rejection'));
  warnings.forEach((warning) => log.warn(warning));

  try {
    const app = await createApplication(settings);
    stopOnSignal(app, fail);
    const ports = await startApplication(app, settings);
    new Logger('main').log({ event: 'listening', ...ports });
    setTimeout(letYoungGenerationGrow, SETTLED_AFTER_MS).unref();
  } catch (error) {
    fail(error, 'The application cannot start');
  }
}

function readSettings(): LoadedSettings {
  try {
    const warnings = readEnvironmentFile();
    const loaded = loadSettings(process.env);
    return { ...loaded, warnings: [...warnings, ...loaded.warnings] };
  } catch (error) {
    if (!(error instanceof SettingsError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}

/** The first signal stops in good order and exits with 0, a second one at once with 1. */
function stopOnSignal(app: INestApplication, fail: (error: unknown, message: string) => void): void {
  const logger = new Logger('main');
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) {
      process.exit(1);
    }
    stopping = true;
    logger.log({ event: 'stopping', signal });
    setTimeout(() => fail(new Error(`Not stopped after ${STOP_DEADLINE_MS} ms`), 'The stop hangs'), STOP_DEADLINE_MS);
    app.close().then(
      () => {
        logger.log({ event: 'stopped' });
        process.exit(0);
      },
      (error: unknown) => fail(error, 'The stop failed'),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

void main();
