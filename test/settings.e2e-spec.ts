import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { compileMain, MainProcess } from './support/main-process';
import { startPingServer } from './support/ping-server';

const TOKEN = '123456:TEST-token_for-the-tests';
/** Addresses at which nobody answers: the process has to start and stop all the same. */
const ENV = {
  TELEGRAM_BOT_TOKEN: TOKEN,
  TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  ONEC_BASE_URL: 'http://127.0.0.1:9/hs/supplier-bot',
  ONEC_API_KEY: 'key-of-the-tests',
  PORT: '0',
};

/** Alone the start takes half a second; a machine full of tests takes its time, but no deadline of the network. */
const START_LIMIT_MS = 9000;

describe('The process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  const processes: MainProcess[] = [];
  const run = (env: Record<string, string>, cwd = folder) => {
    const started = new MainProcess(env, cwd);
    processes.push(started);
    return started;
  };

  beforeAll(() => {
    compileMain();
  }, 120_000);

  afterEach(() => Promise.all(processes.splice(0).map((started) => started.kill())));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lists every missing setting and exits with 1', async () => {
    const main = run({});
    await expect(main.exit()).resolves.toBe(1);
    expect(main.stderr).toMatch(/3 settings are missing or wrong/);
    for (const name of ['TELEGRAM_BOT_TOKEN', 'ONEC_BASE_URL', 'ONEC_API_KEY']) {
      expect(main.stderr).toContain(`- ${name} is not set: give `);
    }
    expect(main.output).toEqual([]);
  });

  it('never prints the value of a faulty setting', async () => {
    const main = run({ ...ENV, TELEGRAM_BOT_TOKEN: 'a-broken-token', ONEC_API_KEY: 'ключ-с-буквами', PORT: 'p-o-r-t' });
    await expect(main.exit()).resolves.toBe(1);
    expect(main.stderr).toMatch(/3 settings/);
    expect(main.stderr).not.toMatch(/a-broken-token|ключ-с-буквами|p-o-r-t/);
  });

  it('reads .env of the working directory, over which the environment wins', async () => {
    const cwd = mkdtempSync(join(folder, 'dotenv-'));
    const lines = { ...ENV, LOG_LEVEL: 'silent', PORT: 'overridden' };
    writeFileSync(
      join(cwd, '.env'),
      Object.entries(lines)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    const main = run({ PORT: '0', LOG_LEVEL: 'info' }, cwd);
    await expect(main.event('listening')).resolves.toMatchObject({ level: 'info', port: expect.any(Number) as number });
  });

  it('is up before Telegram and 1C answer anything, and says where, with what it was not meant to be told', async () => {
    const silent = await startPingServer();
    silent.answer = 'hanging';
    const addresses = { TELEGRAM_API_ROOT: new URL(silent.url).origin, ONEC_BASE_URL: silent.url };
    const startedAt = Date.now();
    const main = run({ ...ENV, ...addresses, MANAGEMENT_PORT: '0', ONEC_TIMOUT_MS: '5' });
    const { port, managementPort } = await main.event('listening');
    expect(Date.now() - startedAt).toBeLessThan(START_LIMIT_MS);
    expect(port).toBeGreaterThan(0);
    expect(managementPort).toBeGreaterThan(0);
    expect(main.log).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        msg: 'ONEC_TIMOUT_MS is not a setting and is ignored: did you mean ONEC_TIMEOUT_MS?',
      }),
    );
    const live = await fetch(`http://127.0.0.1:${String(managementPort)}/health/live`);
    expect(live.status).toBe(200);
    await silent.close();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s with 0, whatever connections are open', async (signal) => {
    const main = run({ ...ENV, LOG_LEVEL: 'debug' });
    const { port } = await main.event('listening');
    const idle = connect(Number(port), '127.0.0.1');
    const halfway = connect(Number(port), '127.0.0.1');
    await Promise.all([once(idle, 'connect'), once(halfway, 'connect')]);
    halfway.on('error', () => undefined).write('POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345');
    const kept = await fetch(`http://127.0.0.1:${String(port)}/health/live`, { headers: { connection: 'keep-alive' } });
    await kept.text();
    const stoppedAt = Date.now();
    main.signal(signal);
    await expect(main.exit()).resolves.toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(2000);
    expect(main.log).toContainEqual(expect.objectContaining({ event: 'stopping', signal }));
    expect(main.log).toContainEqual(expect.objectContaining({ event: 'stopped' }));
  });

  it('exits at once with 1 on a second signal', async () => {
    const main = run(ENV);
    const { port } = await main.event('listening');
    const halfway = connect(Number(port), '127.0.0.1');
    await once(halfway, 'connect');
    halfway.on('error', () => undefined).write('POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345');
    await setTimeout(100);
    main.signal('SIGTERM');
    await main.event('stopping');
    main.signal('SIGTERM');
    await expect(main.exit()).resolves.toBe(1);
    expect(main.log).not.toContainEqual(expect.objectContaining({ event: 'stopped' }));
  });

  it.each([
    ['an uncaught exception', 'SIGUSR2', 'Uncaught exception', 'thrown at /bot123456:***/getMe'],
    ['an unhandled rejection', 'SIGWINCH', 'Unhandled rejection', 'lost at /bot123456:***/getMe'],
  ] as const)('ends with 1 and a fatal line on %s', async (_, signal, msg, message) => {
    const faults = join(folder, 'faults.js');
    writeFileSync(
      faults,
      `process.on('SIGUSR2', () => { throw new Error('thrown at /bot${TOKEN}/getMe'); });
       process.on('SIGWINCH', () => { Promise.reject(new Error('lost at /bot${TOKEN}/getMe')); });`,
    );
    const main = run({ ...ENV, NODE_OPTIONS: `--require=${faults}` });
    await main.event('listening');
    main.signal(signal);
    await expect(main.exit()).resolves.toBe(1);
    expect(main.log).toContainEqual(
      expect.objectContaining({ level: 'fatal', msg, err: expect.objectContaining({ message }) as object }),
    );
  });

  it('exits with 1 and says so where the port is taken', async () => {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const main = run({ ...ENV, PORT: String(port) });
    await expect(main.exit()).resolves.toBe(1);
    expect(main.log).toContainEqual(
      expect.objectContaining({ level: 'fatal', err: expect.objectContaining({ code: 'EADDRINUSE' }) as object }),
    );
    server.close();
  });

  it('writes no secret into its log', async () => {
    const main = run({ ...ENV, LOG_LEVEL: 'trace' });
    const { port } = await main.event('listening');
    await fetch(`http://127.0.0.1:${String(port)}/bot${TOKEN}/x?key=key-of-the-tests`, {
      headers: { authorization: 'Bearer key-of-the-tests' },
    });
    await fetch(`http://127.0.0.1:${String(port)}/health/ready`);
    main.signal('SIGTERM');
    await expect(main.exit()).resolves.toBe(0);
    expect(main.output.join('\n')).toContain('/bot123456:***');
    expect(main.output.join('\n')).not.toMatch(/TEST-token|key-of-the-tests/);
  });
});
