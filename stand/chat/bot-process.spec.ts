import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BotProcess, type BotState, BotStartError, describeLine, parseLine } from './bot-process';

const POLLING = `console.log(JSON.stringify({ level: 30, time: Date.now(), event: 'polling' }));`;
const STAYS = `${POLLING} setInterval(() => {}, 1000);`;

describe(BotProcess.name, () => {
  let folder: string;
  let bot: BotProcess | undefined;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bot-process-'));
  });

  afterEach(async () => {
    await bot?.stop(0);
    rmSync(folder, { recursive: true });
  });

  function botOf(script: string, options: { env?: Record<string, string>; startTimeoutMs?: number } = {}): BotProcess {
    const entry = path.join(folder, 'main.js');
    writeFileSync(entry, script);
    bot = new BotProcess({ entry, env: {}, cwd: folder, ...options });
    return bot;
  }

  it('is running once the bot says that it polls, and stopped after SIGTERM', async () => {
    const bot = botOf(`process.on('SIGTERM', () => process.exit(0)); ${STAYS}`);
    const states: BotState[] = [];
    bot.on('status', ({ state }) => states.push(state));

    await bot.start();
    expect(bot.status).toMatchObject({ state: 'running', ended: null });
    expect(bot.status.pid).toBeGreaterThan(0);
    await bot.stop();

    expect(bot.status).toMatchObject({ state: 'stopped', pid: null, ended: 'вышел с кодом 0' });
    expect(states).toEqual(['starting', 'running', 'stopping', 'stopped']);
  });

  it('gives the bot the given environment and nothing of its own', async () => {
    process.env.TELEGRAM_BOT_TOKEN = 'of the developer';
    const bot = botOf(`console.log(JSON.stringify({ event: 'env', names: Object.keys(process.env) })); ${STAYS}`, {
      env: { PORT: '0' },
    });

    await bot.start();
    delete process.env.TELEGRAM_BOT_TOKEN;

    expect(bot.lines.find(({ event }) => event === 'env')?.names).toEqual(['PORT']);
  });

  it('kills a bot that does not end', async () => {
    const bot = botOf(`process.on('SIGTERM', () => {}); ${STAYS}`);
    await bot.start();
    await bot.stop(100);
    expect(bot.status).toMatchObject({ state: 'stopped', ended: 'завершён сигналом SIGKILL' });
  });

  it('tells why a bot did not start, with its last words', async () => {
    const bot = botOf(`console.error('ONEC_API_KEY: не задан'); process.exit(1);`);
    await expect(bot.start()).rejects.toThrow(/вышел с кодом 1[\s\S]*ONEC_API_KEY: не задан/);
    expect(bot.status.state).toBe('failed');
  });

  it('gives up on a bot that never polls', async () => {
    const bot = botOf('setInterval(() => {}, 1000);', { startTimeoutMs: 300 });
    await expect(bot.start()).rejects.toThrow(BotStartError);
    expect(bot.status.pid).toBeNull();
  });

  it('is failed when the bot ends by itself, and starts again', async () => {
    const bot = botOf(
      `${POLLING} if (!require('fs').existsSync('again')) setTimeout(() => process.exit(7), 50); else setInterval(() => {}, 1000);`,
    );
    await bot.start();
    await new Promise<void>((resolve) => bot.on('status', ({ state }) => state === 'failed' && resolve()));
    expect(bot.status.ended).toBe('вышел с кодом 7');

    writeFileSync(path.join(folder, 'again'), '');
    await bot.restart();
    expect(bot.status.state).toBe('running');
  });

  it('restarts one after another, however often it is asked to', async () => {
    const bot = botOf(STAYS);
    await bot.start();
    const first = bot.status.pid;
    await Promise.all([bot.restart(), bot.restart(), bot.start()]);
    expect(bot.status.state).toBe('running');
    expect(bot.status.pid).not.toBe(first);
  });
});

describe(parseLine.name, () => {
  it('reads a line of pino', () => {
    expect(parseLine('{"level":40,"time":1700000000000,"event":"slow"}', 30)).toEqual({
      level: 40,
      time: 1700000000000,
      event: 'slow',
    });
  });

  it('reads the names of levels and times of ISO 8601', () => {
    expect(parseLine('{"level":"error","time":"2026-11-24T10:00:00.000Z"}', 30)).toEqual({
      level: 50,
      time: Date.UTC(2026, 10, 24, 10),
    });
  });

  it.each(['Error: no', '[1,2]', '"text"', '{"half":'])('keeps another line as it is: %s', (text) => {
    expect(parseLine(text, 50)).toMatchObject({ level: 50, msg: text });
  });
});

describe(describeLine.name, () => {
  it('tells time, level, event and the other fields, without pino’s own', () => {
    const line = { time: 1700000000000, level: 40, event: 'attempt_failed', context: 'OneC', pid: 1, status: 503 };
    const clock = new Date(line.time).toTimeString().slice(0, 8);
    expect(describeLine(line)).toBe(`${clock} WARN attempt_failed {"status":503}`);
  });
});
