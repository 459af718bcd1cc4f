import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { FileFeedbackStore } from '../src/understanding/feedback/file-feedback-store';
import { parseSamples } from './eval/samples';

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, '..');

describe('npm run feedback', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'feedback-script-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const print = (env: Record<string, string>, ...args: string[]) =>
    run(process.execPath, ['--import', 'tsx', 'scripts/feedback.ts', ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, REDIS_URL: '', ...env },
    });

  it('prints the lines of DATA_DIR, which are refused in training until somebody labels them', async () => {
    const store = new FileFeedbackStore(folder);
    const entry = { at: '2026-11-24T09:00:00.000Z', articles: [], order: null, product: null };
    await store.add({ ...entry, text: 'ну чокак', intents: null });
    await store.add({ ...entry, text: 'перчатки', intents: ['stock'] });
    const { stdout } = await print({ DATA_DIR: folder });
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(() => parseSamples(stdout, 'a.jsonl')).toThrow('a.jsonl:1: unknown intent "?"');
    expect(parseSamples(stdout.replace('"?"', '"help"'), 'a.jsonl')).toMatchObject({
      messages: [
        { text: 'ну чокак', intents: ['help'] },
        { text: 'перчатки', intents: ['stock'] },
      ],
    });
  });

  it('says where nothing is, and what it does not know', async () => {
    const { stdout, stderr } = await print({}, '--data-dir', path.join(folder, 'none'));
    expect([stdout, stderr]).toEqual(['', expect.stringContaining('Nothing to learn from')]);
    await expect(print({}, '--folder', folder)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Usage: npm run -s feedback') as string,
    });
    await expect(print({}, '--redis-url', 'redis://127.0.0.1:1')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The messages in Redis cannot be read: /) as string,
    });
  });
});
