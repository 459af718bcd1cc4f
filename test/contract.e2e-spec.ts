import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ContractClient } from '../scripts/contract/client';
import { type Cure } from '../scripts/contract/cures';
import { type Outcome } from '../scripts/contract/outcome';
import { CHECKS, runChecks } from '../scripts/contract/run';
import { World, type WorldOptions } from '../scripts/contract/world';
import { loadSampleCatalogue } from '../stand/accounting/load-catalogue';
import { type Accounting, type AccountingOptions, startAccounting } from '../stand/accounting/server';
import { type Fault } from '../stand/accounting/faults';
import { DEMO_INVITE } from '../stand/accounting/business/supplier-directory';

const KEY = 'key-of-the-contract-test';
const ANNA = 77;
const VIKTOR = 80;
/** Of the bot itself. */
const TIMEOUT_MS = 3000;
/** So that a silent server costs little. */
const SHORT_MS = 600;

const running: Accounting[] = [];

async function start(options: Partial<AccountingOptions> = {}): Promise<Accounting> {
  const catalogue = await loadSampleCatalogue();
  const accounting = await startAccounting({ catalogue, apiKey: KEY, ...options });
  running.push(accounting);
  return accounting;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((accounting) => accounting.close()));
});

type Outcomes = Record<string, Outcome>;

async function check(
  { url }: { url: string },
  options: Partial<WorldOptions> & { key?: string; timeoutMs?: number; only?: string[] } = {},
): Promise<Outcomes> {
  const { key = KEY, timeoutMs = TIMEOUT_MS, only, ...world } = options;
  const client = new ContractClient({ url, key, timeoutMs });
  try {
    const results = await runChecks(new World(client, { chat: ANNA, write: false, ...world }), undefined, only);
    return Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]));
  } finally {
    client.close();
  }
}

function idsOf(outcomes: Outcomes, kind: Outcome['kind']): string[] {
  return Object.keys(outcomes).filter((id) => outcomes[id]?.kind === kind);
}

/** The codes of the cures by the check that named them. */
function curesOf(outcomes: Outcomes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outcomes)
      .filter((entry): entry is [string, { kind: 'failed' | 'warned'; seen: never; cure: Cure }] => 'cure' in entry[1])
      .map(([id, { cure }]) => [id, cure.code]),
  );
}

describe('the contract check against the stand', () => {
  it('passes in full', async () => {
    const outcomes = await check(await start(), { write: true, invite: DEMO_INVITE });

    expect(curesOf(outcomes)).toEqual({});
    expect(idsOf(outcomes, 'skipped')).toEqual(['transport.https', 'transport.old-tls', 'access.basic']);
    expect(idsOf(outcomes, 'passed')).toHaveLength(CHECKS.length - 3);
  });

  it('changes nothing unless it is told to', async () => {
    const accounting = await start();
    const before = JSON.stringify(accounting.suppliers.suppliers.map((one) => accounting.suppliers.chatsOf(one)));

    const outcomes = await check(accounting);

    expect(JSON.stringify(accounting.suppliers.suppliers.map((one) => accounting.suppliers.chatsOf(one)))).toBe(before);
    expect(idsOf(outcomes, 'skipped')).toEqual(expect.arrayContaining(['link.refusals', 'link.invite']));
    expect(idsOf(outcomes, 'failed')).toEqual([]);
  });

  it('leaves no chat linked behind', async () => {
    const accounting = await start();

    await check(accounting, { write: true, invite: DEMO_INVITE });

    const chats = accounting.suppliers.suppliers.flatMap((one) => accounting.suppliers.chatsOf(one));
    expect(chats.filter(({ chatId }) => chatId > 1000)).toEqual([]);
  });

  it('asks for the user of the publication where it is given', async () => {
    const accounting = await start({ basicUser: 'Бот', basicPassword: 'п:ароль' });
    const client = new ContractClient({
      url: accounting.url,
      key: KEY,
      timeoutMs: TIMEOUT_MS,
      basicUser: 'Бот',
      basicPassword: 'п:ароль',
    });

    const results = await runChecks(new World(client, { chat: ANNA, write: false }));
    client.close();

    expect(results.filter(({ outcome }) => outcome.kind === 'failed')).toEqual([]);
    expect(results.find(({ id }) => id === 'access.basic')?.outcome.kind).toBe('passed');
    expect(curesOf(await check(accounting))).toEqual({ 'ping.answer': 'user-needed' });
  });

  it('checks what a small system serves, and that the rest is refused', async () => {
    const outcomes = await check(await start({ operations: ['ping', 'identify', 'stock'] }), { article: 'BP-4500/2' });

    expect(idsOf(outcomes, 'failed')).toEqual([]);
    expect(outcomes['ping.served']).toEqual({ kind: 'passed' });
    expect(outcomes['stock.spelling']?.kind).toBe('passed');
    expect(outcomes['orders.list']?.kind).toBe('skipped');
  });

  it('skips with the reason what needs a chat, or an active supplier', async () => {
    const accounting = await start();

    const nobody = await check(accounting, { chat: undefined });
    const pending = await check(accounting, { chat: VIKTOR });

    expect(idsOf(nobody, 'failed')).toEqual([]);
    expect(nobody['stock.answer']).toMatchObject({
      kind: 'skipped',
      reason: { en: expect.stringContaining('--chat') as string },
    });
    expect(pending['stock.answer']).toMatchObject({
      kind: 'skipped',
      reason: { en: expect.stringMatching(/pending/) as string },
    });
  });

  it('warns of a byte order mark and of prices that are kept for everybody', async () => {
    const marked = await start({ bom: true, cacheControl: { prices: 'public, max-age=300' } });

    const outcomes = await check(marked);

    expect(curesOf(outcomes)).toEqual({ 'transport.encoding': 'has-bom', 'caching.prices': 'caching-scope' });
    expect(idsOf(outcomes, 'failed')).toEqual([]);
  });

  it.each([
    ['orders', 'public, max-age=60', 'caching-scope'],
    ['stock', 'max-age=five', 'caching-header'],
    ['payments', 'no-store, max-age=300', 'caching-header'],
    ['products', 'private; max-age=300', 'caching-header'],
  ])('fails on the caching header of %s: %s', async (operation, header, cure) => {
    const outcomes = await check(await start({ cacheControl: { [operation]: header } }));

    expect(curesOf(outcomes)).toEqual({ [`caching.${operation}`]: cure });
  });

  it('names the cure for a wrong key', async () => {
    const outcomes = await check(await start(), { key: 'not-the-key' });

    expect(curesOf(outcomes)).toEqual({ 'ping.answer': 'access-refused' });
    expect(outcomes['stock.answer']).toMatchObject({ kind: 'skipped', reason: { en: 'first ping.answer' } });
  });

  it('names the cure for an address that is not that of the service', async () => {
    const { url } = await start({ pathPrefix: '/bot/hs/supplier-bot' });

    expect(Object.values(curesOf(await check({ url: url.replace('/bot/', '/other/') })))).toEqual(['not-published']);
  });
});

describe('the contract check against a failing stand', () => {
  it.each<[string, Fault, string]>([
    ['status 503', { mode: 'status' }, 'server-error'],
    ['status 429', { mode: 'status', status: 429, retryAfter: 1 }, 'too-many-requests'],
    ['status 403', { mode: 'status', status: 403 }, 'access-refused'],
    ['hang', { mode: 'hang' }, 'no-answer-in-time'],
    ['html', { mode: 'html' }, 'html-page'],
    ['html 404', { mode: 'html', status: 404 }, 'not-published'],
    ['broken-json', { mode: 'broken-json' }, 'not-json'],
    ['wrong-schema', { mode: 'wrong-schema' }, 'schema'],
    ['reset', { mode: 'reset' }, 'connection-reset'],
    ['refused', { mode: 'refused' }, 'nobody-listens'],
    ['latency', { mode: 'none', latencyMs: SHORT_MS + 200 }, 'too-slow'],
  ])('names the cure for %s, once', async (_, fault, cure) => {
    const accounting = await start();
    await accounting.faults.set(fault);

    const outcomes = await check(accounting, { timeoutMs: SHORT_MS });

    expect(Object.values(curesOf(outcomes))).toEqual([cure]);
    expect(idsOf(outcomes, 'skipped').length).toBeGreaterThan(CHECKS.length - 5);
  });

  it.each<[string, Fault, string]>([
    ['status', { mode: 'status', operation: 'stock' }, 'server-error'],
    ['hang', { mode: 'hang', operation: 'stock' }, 'no-answer-in-time'],
    ['html', { mode: 'html', operation: 'stock' }, 'html-page'],
    ['broken-json', { mode: 'broken-json', operation: 'stock' }, 'not-json'],
    ['wrong-schema', { mode: 'wrong-schema', operation: 'stock' }, 'schema'],
    ['reset', { mode: 'reset', operation: 'stock' }, 'connection-reset'],
  ])('finds %s in one operation alone', async (_, fault, cure) => {
    const accounting = await start();
    await accounting.faults.set(fault);

    const outcomes = await check(accounting, { timeoutMs: SHORT_MS });

    expect(curesOf(outcomes)).toMatchObject({ 'stock.answer': cure, 'stock.spelling': cure });
    expect(outcomes['prices.answer']?.kind).toBe('passed');
    expect(outcomes['orders.number']?.kind).toBe('passed');
  });

  it('warns where the answers about stock take more than a second', async () => {
    const accounting = await start();
    await accounting.faults.set({ mode: 'none', latencyMs: 1050, operation: 'stock' });

    const outcomes = await check(accounting, { only: ['times.stock'] });

    expect(outcomes['times.stock']).toMatchObject({ kind: 'warned', cure: { code: 'above-a-second' } });
    expect(idsOf(outcomes, 'failed')).toEqual([]);
  });
});

describe('the contract check as a command', () => {
  const SCRIPT = path.resolve(__dirname, '../scripts/contract.ts');

  async function run(args: string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, ...args], {
      cwd: path.resolve(__dirname, '..'),
      env: { PATH: process.env['PATH'], LANG: 'ru_RU.UTF-8', ...env },
      timeout: 60_000,
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output.stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
    const [code] = (await once(child, 'close')) as [number];
    return { code, ...output };
  }

  it('prints the table, one JSON object as the last line, and ends with 0', async () => {
    const { url } = await start();

    const { code, stdout } = await run([
      '--url',
      `${url}/`,
      '--key',
      KEY,
      '--chat',
      '77',
      '--json',
      '--timeout',
      '3000',
    ]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^прошло\s+transport\.reach/);
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { failed: number; checks: object[] };
    expect(summary).toMatchObject({ url, failed: 0 });
    expect(summary.checks).toHaveLength(CHECKS.length);
  }, 60_000);

  it('ends with 1 where something fails, in the language asked for, without the key', async () => {
    const accounting = await start();
    await accounting.faults.set({ mode: 'html', status: 404 });

    const { code, stdout } = await run(['--lang', 'en', '--chat', '77', '--json'], {
      ONEC_BASE_URL: accounting.url,
      ONEC_API_KEY: KEY,
    });

    expect(code).toBe(1);
    expect(stdout).toMatch(/FAILED\s+ping\.answer[^]*seen: ping: 404[^]*cure: There is no HTTP service/);
    expect(stdout).toContain('skipped    all the others: first ping.answer');
    expect(stdout).not.toContain(KEY);
  }, 60_000);

  it.each([
    [[], '--url'],
    [['--url', 'ftp://x'], '--url'],
    [['--url', 'http://127.0.0.1:1/v1', '--key', 'k'], '/v1'],
    [['--url', 'http://127.0.0.1:1'], '--key'],
    [['--url', 'http://127.0.0.1:1', '--key', 'k', '--chat', 'x'], '--chat'],
    [['--url', 'http://127.0.0.1:1', '--key', 'k', '--ca', '/no/such/file'], '--ca'],
    [['--url', 'http://127.0.0.1:1', '--key', 'k', '--only', 'nothing'], '--only'],
    [['--url', 'http://127.0.0.1:1', '--key', 'k', '--nonsense'], '--nonsense'],
  ])('ends with 2 and says what is wrong with %j', async (args, named) => {
    const { code, stderr } = await run(args);

    expect(code).toBe(2);
    expect(stderr).toContain(named);
    expect(stderr).toContain('--help');
  });

  it('explains itself', async () => {
    const { code, stdout } = await run(['--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('npm run contract -- --url URL --key KEY');
  });
});
