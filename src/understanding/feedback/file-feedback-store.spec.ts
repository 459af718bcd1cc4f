import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FeedbackEntry } from './feedback-entry';
import { FileFeedbackStore } from './file-feedback-store';

const entry = (text: string): FeedbackEntry => ({
  at: new Date().toISOString(),
  text,
  intents: null,
  articles: [],
  order: null,
  product: null,
});

describe(FileFeedbackStore.name, () => {
  let folder: string;

  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'feedback-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const textsOf = async (store: FileFeedbackStore) => (await store.list()).map(({ text }) => text);

  it('has nothing before anything was written, and makes its folder', async () => {
    const store = new FileFeedbackStore(join(folder, 'new', 'data'));
    expect(await store.list()).toEqual([]);
    await store.add(entry('а'));
    expect(await textsOf(store)).toEqual(['а']);
  });

  it('keeps entries in their order, also those that come at once, for the owner alone', async () => {
    const store = new FileFeedbackStore(folder);
    const texts = Array.from({ length: 50 }, (_, index) => `сообщение ${index}\nвторая строка`);
    await Promise.all(texts.map((text) => store.add(entry(text))));
    expect(await textsOf(store)).toEqual(texts);
    expect(await textsOf(new FileFeedbackStore(folder))).toEqual(texts);
    expect(statSync(join(folder, 'feedback.jsonl')).mode & 0o077).toBe(0);
  });

  it('holds two files of the size allowed, and forgets the oldest', async () => {
    const store = new FileFeedbackStore(folder, 1000);
    for (let index = 0; index < 40; index += 1) await store.add(entry(`сообщение ${index}`));
    const sizes = ['feedback.jsonl', 'feedback.1.jsonl'].map((name) => statSync(join(folder, name)).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
    const texts = await textsOf(store);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts).toEqual(Array.from({ length: texts.length }, (_, index) => `сообщение ${40 - texts.length + index}`));
  });

  it('passes over lines that are no entries', async () => {
    const store = new FileFeedbackStore(folder);
    await store.add(entry('а'));
    const file = join(folder, 'feedback.jsonl');
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"text":"cut o\nnull\n{"text":5}\n`);
    await store.add(entry('б'));
    expect(await textsOf(store)).toEqual(['а', 'б']);
  });

  it('rejects where the folder cannot be written to, and works again when it can', async () => {
    const place = join(folder, 'data');
    writeFileSync(place, 'a file stands here');
    const store = new FileFeedbackStore(place);
    await expect(store.add(entry('а'))).rejects.toThrow(/EEXIST|ENOTDIR/);
    rmSync(place);
    await store.add(entry('б'));
    expect(await textsOf(store)).toEqual(['б']);
  });

  it('refuses more than it can hold while the disk stands still', async () => {
    const store = new FileFeedbackStore(folder);
    const results = await Promise.allSettled(Array.from({ length: 300 }, (_, index) => store.add(entry(`${index}`))));
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect(await store.list()).toHaveLength(results.filter(({ status }) => status === 'fulfilled').length);
  });
});
