import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { FakeAccounting } from './fake-accounting';
import { FakeTelegram } from './fake-telegram';
import { type Usage, usageOf } from './process-usage';

/** The bot, or the bare loop that it is compared with. */
export type Kind = 'bot' | 'floor';

export interface ContenderOptions {
  /** The compiled main file of the bot. */
  main: string;
  /** Arguments of node for the bot. */
  nodeArgs: readonly string[];
  /** Folder for what the processes write; it should lie on the disk that DATA_DIR would lie on. */
  folder: string;
}

export const ONEC_TIMEOUT_MS = 3000;
export const ONEC_DEADLINE_MS = 10_000;

const TOKEN = '123456:bench-token-of-thirty-letters0';
const START_DEADLINE_MS = 20_000;
const STOP_DEADLINE_MS = 15_000;
const READINESS_TICK_MS = 4;
const LONGEST_OUTPUT = 4000;

/** A process under measurement with a Telegram and a 1C of its own. */
export class Contender {
  private output = '';
  private readonly exited: Promise<unknown>;
  private stopping = false;

  private constructor(
    readonly kind: Kind,
    readonly telegram: FakeTelegram,
    readonly accounting: FakeAccounting,
    /** Milliseconds from the start of the process until it was ready. */
    readonly startMs: number,
    private readonly child: ChildProcess,
    private readonly dataDir: string,
  ) {
    const collect = (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-LONGEST_OUTPUT));
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.exited = once(child, 'exit').then(() => {
      const { exitCode, signalCode } = child;
      if (!this.stopping) telegram.giveUp(new Error(`the ${kind} ended (${exitCode ?? signalCode}): ${this.output}`));
    });
  }

  /** Resolves when it is ready: the bot by its readiness, the floor by its first poll. */
  static async start(kind: Kind, { main, nodeArgs, folder }: ContenderOptions): Promise<Contender> {
    const [telegram, accounting] = await Promise.all([FakeTelegram.start(), FakeAccounting.start()]);
    const dataDir = mkdtempSync(join(folder, `${kind}-`));
    const port = await freePort();
    const env = environment(telegram, accounting, dataDir, port);
    const file = kind === 'bot' ? main : compiledFloor(folder);
    const firstPoll = telegram.nextPoll();
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...(kind === 'bot' ? nodeArgs : []), file], {
      cwd: dataDir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const died = once(child, 'exit').then(() => {
      throw new Error(`the ${kind} did not start (exit ${child.exitCode}): ${output}`);
    });
    const late = new AbortController();
    try {
      await Promise.race([
        kind === 'bot' ? Promise.all([firstPoll, readiness(port, late.signal)]) : firstPoll,
        died,
        pause(START_DEADLINE_MS, undefined, { signal: late.signal }).then(() => {
          throw new Error(`the ${kind} was not ready after ${START_DEADLINE_MS} ms: ${output}`);
        }),
      ]);
    } catch (error) {
      child.kill('SIGKILL');
      await Promise.all([telegram.stop(), accounting.stop()]);
      throw error;
    } finally {
      late.abort();
      died.catch(() => undefined);
    }
    return new Contender(kind, telegram, accounting, performance.now() - startedAt, child, dataDir);
  }

  usage(): Usage | undefined {
    return usageOf(this.child.pid!);
  }

  /** @returns milliseconds from SIGTERM to the end of the process */
  async stop(): Promise<number> {
    this.stopping = true;
    const startedAt = performance.now();
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_DEADLINE_MS);
    await this.exited;
    const ms = performance.now() - startedAt;
    clearTimeout(timer);
    await Promise.all([this.telegram.stop(), this.accounting.stop()]);
    rmSync(this.dataDir, { recursive: true, force: true });
    return ms;
  }
}

/** Nothing of the environment of the bench but what Node needs, so that no setting of a developer's shell gets in. */
function environment(telegram: FakeTelegram, accounting: FakeAccounting, dataDir: string, port: number) {
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
    TELEGRAM_MAX_PER_SECOND: '0',
    TELEGRAM_MAX_PER_CHAT_PER_SECOND: '0',
    CHAT_RATE_LIMIT: '0',
    ONEC_BASE_URL: accounting.url,
    ONEC_API_KEY: 'bench-key',
    ONEC_TIMEOUT_MS: String(ONEC_TIMEOUT_MS),
    ONEC_DEADLINE_MS: String(ONEC_DEADLINE_MS),
    DATA_DIR: dataDir,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
}

/** Compiled, so that the floor does not pay for a compiler at its start. */
function compiledFloor(folder: string): string {
  const file = join(folder, 'floor.cjs');
  const source = readFileSync(join(__dirname, 'floor.ts'), 'utf8');
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  writeFileSync(file, transpileModule(source, { compilerOptions }).outputText);
  return file;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function readiness(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await statusOf(`http://127.0.0.1:${port}/health/ready`)) !== 200) {
    await pause(READINESS_TICK_MS);
  }
}

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', () => resolve(undefined));
  });
}
