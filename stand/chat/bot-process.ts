import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';

/** `failed`: it ended without having been asked to. */
export type BotState = 'stopped' | 'starting' | 'running' | 'stopping' | 'failed';

export interface BotStatus {
  state: BotState;
  pid: number | null;
  /** Milliseconds since the epoch of the last start. */
  startedAt: number | null;
  /** How it ended, in words for the operator; null while it runs or was never started. */
  ended: string | null;
}

/** One line of the bot's log: pino's JSON, or a plain line that got `msg` and `level` here. */
export interface LogLine {
  /** Milliseconds since the epoch. */
  time: number;
  /** Pino's numbers: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
  level: number;
  event?: string;
  msg?: string;
  [field: string]: unknown;
}

export interface BotProcessOptions {
  /** The bot's entry file, for example `dist/main.js`. */
  entry: string;
  /** The whole environment of the bot; nothing is inherited. */
  env: Record<string, string>;
  /** Working directory. Not the repository's, so that no `.env` of the developer is read. */
  cwd: string;
  startTimeoutMs?: number;
}

/** The bot ended, or did not come up in time. The message ends with the bot's last log lines. */
export class BotStartError extends Error {
  override readonly name = 'BotStartError';
}

/** The bot's log line that tells that it receives updates. */
const READY_EVENT = 'polling';
const KEPT_LINES = 300;
const QUOTED_LINES = 12;
const MAX_LINE_LENGTH = 16_384;

/**
 * The production bot as a child process: started, watched, stopped.
 *
 * Emits `line` for each line of its log and `status` when its state changes. The child never outlives this process:
 * it is killed when this process exits.
 */
export class BotProcess extends EventEmitter<{ line: [LogLine]; status: [BotStatus] }> {
  private child: ChildProcess | null = null;
  private current: BotStatus = { state: 'stopped', pid: null, startedAt: null, ended: null };
  private readonly kept: LogLine[] = [];
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly options: BotProcessOptions) {
    super();
  }

  get status(): BotStatus {
    return this.current;
  }

  /** The last lines of the log, oldest first. */
  get lines(): readonly LogLine[] {
    return this.kept;
  }

  /**
   * Starts the bot and waits until it is up; does nothing where it runs already.
   * @throws BotStartError where it ends or is not up in time; it is stopped then.
   */
  start(): Promise<void> {
    return this.enqueue(() => this.startNow());
  }

  /** Asks the bot to end (SIGTERM) and kills it when it has not within `killAfterMs` (5 s). */
  stop(killAfterMs = 5000): Promise<void> {
    return this.enqueue(() => this.stopNow(killAfterMs));
  }

  /** Stops and starts. @throws BotStartError as `start` does. */
  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopNow(5000);
      await this.startNow();
    });
  }

  /** The last log lines as text, for a message about a bot that died. */
  lastWords(count = QUOTED_LINES): string {
    return this.kept
      .slice(-count)
      .map((line) => describeLine(line))
      .join('\n');
  }

  /** Starts and stops never overlap, whoever asks for them. */
  private enqueue(step: () => Promise<void>): Promise<void> {
    const done = this.work.then(step);
    this.work = done.catch(() => undefined);
    return done;
  }

  private async startNow(): Promise<void> {
    if (this.child) return;
    const { entry, env, cwd, startTimeoutMs = 20_000 } = this.options;
    const child = spawn(process.execPath, ['--max-old-space-size=512', '--max-semi-space-size=16', entry], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const killWithUs = () => child.kill('SIGKILL');
    process.once('exit', killWithUs);
    this.report({ state: 'starting', pid: child.pid ?? null, startedAt: Date.now(), ended: null });

    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`не запустился: ${error.message}`));
      child.once('close', (code, signal) => resolve(signal ? `завершён сигналом ${signal}` : `вышел с кодом ${code}`));
    });
    void ended.then((how) => {
      process.off('exit', killWithUs);
      this.child = null;
      const asked = this.current.state === 'stopping';
      this.report({ ...this.current, state: asked ? 'stopped' : 'failed', pid: null, ended: how });
    });

    const up = new Promise<'up'>((resolve) => {
      const listen = (line: LogLine) => {
        if (line.event !== READY_EVENT || this.child !== child) return;
        this.off('line', listen);
        resolve('up');
      };
      this.on('line', listen);
      void ended.then(() => this.off('line', listen));
    });
    this.read(child.stdout, 30);
    this.read(child.stderr, 50);

    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), startTimeoutMs);
    });
    const outcome = await Promise.race([up, late, ended]);
    clearTimeout(timer);
    if (outcome === 'up') {
      this.report({ ...this.current, state: 'running' });
      return;
    }
    if (outcome === 'late') await this.stopNow(1000);
    const why = outcome === 'late' ? `не начал принимать сообщения за ${startTimeoutMs / 1000} с` : outcome;
    throw new BotStartError(`Бот ${why}. Последние строки его журнала:\n${this.lastWords() || '(пусто)'}`);
  }

  private async stopNow(killAfterMs: number): Promise<void> {
    const child = this.child;
    if (!child) return;
    this.report({ ...this.current, state: 'stopping' });
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    await closed;
    clearTimeout(timer);
  }

  private report(status: BotStatus): void {
    this.current = status;
    this.emit('status', status);
  }

  private read(stream: Readable, level: number): void {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (text) => {
      if (text.trim() === '') return;
      const line = parseLine(text.slice(0, MAX_LINE_LENGTH), level);
      this.kept.push(line);
      if (this.kept.length > KEPT_LINES) this.kept.shift();
      this.emit('line', line);
    });
  }
}

/** Reads one line of the log; a line that is not pino's JSON becomes `msg` with the given level. */
export function parseLine(text: string, level: number): LogLine {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      const fields = parsed as Record<string, unknown>;
      return { ...fields, time: timeOf(fields.time), level: levelOf(fields.level) ?? level };
    }
  } catch {
    // A stack trace or a warning of Node: shown as it is.
  }
  return { time: Date.now(), level, msg: text };
}

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** @param value a number of pino, or the name that the bot's log gives instead */
function levelOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const known = Object.entries(LEVELS).find(([, name]) => name === value);
  return known && Number(known[0]);
}

/** @param value milliseconds or ISO 8601 */
function timeOf(value: unknown): number {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  return typeof time === 'number' && Number.isFinite(time) ? time : Date.now();
}
const LEFT_OUT = new Set(['time', 'level', 'event', 'msg', 'context', 'pid', 'hostname']);

/** A log line for a person: local time, level, event or message, then the other fields as JSON. */
export function describeLine(line: LogLine): string {
  const time = new Date(line.time).toTimeString().slice(0, 8);
  const rest = Object.fromEntries(Object.entries(line).filter(([name]) => !LEFT_OUT.has(name)));
  const tail = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  return `${time} ${(LEVELS[line.level] ?? String(line.level)).toUpperCase()} ${[line.event, line.msg].filter(Boolean).join(' · ')}${tail}`.trim();
}
