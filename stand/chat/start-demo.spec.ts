import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Catalogue } from '../accounting/catalogue';
import { BotStartError } from './bot-process';
import { BotNotBuiltError, type Demo, startDemo } from './start-demo';

const POLLS = `console.log(JSON.stringify({ event: 'polling', env: process.env })); setInterval(() => {}, 1000);`;

describe(startDemo.name, () => {
  let folder: string;
  let demo: Demo | undefined;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'start-demo-'));
  });

  afterEach(async () => {
    await demo?.close();
    demo = undefined;
    rmSync(folder, { recursive: true });
  });

  function entry(script: string): string {
    const file = path.join(folder, 'main.js');
    writeFileSync(file, script);
    return file;
  }

  const start = async (script: string, port = 0) =>
    (demo = await startDemo({ catalogue: new Catalogue([]), port, botEntry: entry(script) }));

  it('gives the bot the demo’s settings and none of the developer’s', async () => {
    process.env.REDIS_URL = 'redis://developer';
    const { bot, telegram, accounting } = await start(POLLS);
    delete process.env.REDIS_URL;
    const env = bot.lines.find(({ event }) => event === 'polling')?.env as Record<string, string>;
    expect(env).toMatchObject({
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      ONEC_BASE_URL: accounting.url,
      PORT: '0',
    });
    expect(env).not.toHaveProperty('REDIS_URL');
  });

  it('leaves nothing behind', async () => {
    const { url, bot, telegram, accounting, close } = await start(POLLS);
    const env = bot.lines.find(({ event }) => event === 'polling')?.env as Record<string, string>;
    expect(existsSync(env.DATA_DIR ?? '')).toBe(true);
    await close();
    expect(existsSync(env.DATA_DIR ?? '')).toBe(false);
    expect(bot.status.state).toBe('stopped');
    for (const address of [url, telegram.url, accounting.url]) await expect(fetch(address)).rejects.toThrow();
  });

  it('takes a free port where the asked one is occupied', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { url, onAskedPort } = await start(POLLS, port);
    other.close();
    expect(onAskedPort).toBe(false);
    expect((await fetch(url)).status).toBe(200);
  });

  it('says what to do where the bot is not built', async () => {
    const starting = startDemo({ catalogue: new Catalogue([]), port: 0, botEntry: path.join(folder, 'nothing.js') });
    await expect(starting).rejects.toThrow(BotNotBuiltError);
    await expect(starting).rejects.toThrow('npm run build');
  });

  it('says why the bot did not come up', async () => {
    const starting = start(`console.error('TELEGRAM_BOT_TOKEN: must be a token'); process.exit(1);`);
    await expect(starting).rejects.toThrow(BotStartError);
    await expect(starting).rejects.toThrow(/вышел с кодом 1[\s\S]*TELEGRAM_BOT_TOKEN: must be a token/);
  });
});
