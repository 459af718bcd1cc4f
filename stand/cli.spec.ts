import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const running = new Set<ChildProcess>();
const folder = mkdtempSync(path.join(tmpdir(), 'stand-cli-'));
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts the very process that `npm run stand` starts. */
function stand(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'cli.ts'), ...args], {
    cwd: path.resolve(__dirname, '..'),
  });
  running.add(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return { code: code as number | null, ...output };
  });
  return { child, output, ended };
}

it('tells how it is used', async () => {
  const { code, out } = await stand('--help').ended;
  expect(code).toBe(0);
  expect(out).toMatch(/npm run stand -- \[options\][\s\S]*--import FILE[\s\S]*--latency MS/);
});

it.each([
  [['--prot', '1'], /Unknown option '--prot'/],
  [['import.xml'], /Unexpected argument 'import\.xml'/],
  [['--port', '8o90'], /--port must be a whole number from 0 to 65535/],
  [['--latency', '-5'], /--latency/],
  [['--host', '0.0.0.0'], /can be reached from outside: give a --key/],
  [['--key', ''], /--key must not be empty/],
])('refuses %j with the status of a wrong usage', async (args, message) => {
  const { code, err } = await stand(...args).ended;
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err).toMatch(/See npm run stand -- --help/);
});

it('prints what it loaded', async () => {
  const { code, out } = await stand('--inspect').ended;
  expect(code).toBe(0);
  expect(out).toMatch(
    /catalogue\/import\.xml\n {4}CommerceML 2\.07, utf-8, made 2026-11-02T08:00:00: \d+ groups, \d+ products/,
  );
  expect(out).toMatch(/\d+ offers, 2 price types, 3 warehouses/);
  expect(out).toMatch(/first articles: LED-30W4000K · /);
  expect(out).toMatch(/00-000077 ООО «Светотех»: chat 77 active; \d+ orders, such as \S+ \(in_transit, [\d.]+ RUB\)/);
  expect(out).toMatch(/00-000082 ООО «Метизный двор»: no chat; /);
  expect(out).toMatch(/Loaded in \d+ ms, memory \d+ MB/);
});

it('names the file and the line that it cannot read', async () => {
  const file = path.join(folder, 'broken.xml');
  writeFileSync(file, '<КоммерческаяИнформация>\n<Каталог>\n</Товары>');
  const { code, err } = await stand('--import', file).ended;
  expect(code).toBe(1);
  expect(err).toMatch(/broken\.xml, line 3: malformed XML: .*Export the file from 1C again/);
  expect(err).not.toMatch(/\n\s+at /);
});

it('serves until it is told to end', async () => {
  const { child, output, ended } = stand('--port', '0', '--key', 'secret-of-cli', '--chat', '555', '--latency', '20');
  while (!output.out.includes('Ctrl+C')) await once(child.stdout, 'data');
  const [, url] = /ONEC_BASE_URL=(\S+)/.exec(output.out) ?? [];
  expect(output.out).toContain('ONEC_API_KEY=secret-of-cli');
  expect(output.out).toMatch(/curl .*\/v1\/stock/);
  const response = await fetch(`${url}/v1/identify`, {
    method: 'POST',
    headers: { 'X-API-Key': 'secret-of-cli', 'Content-Type': 'application/json' },
    body: '{"chatId":555}',
  });
  expect(await response.json()).toMatchObject({ supplier: { name: 'ООО «Светотех»', status: 'active' } });
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(/identify 200 \d+ ms, attempt 1/) as string,
  });
});
