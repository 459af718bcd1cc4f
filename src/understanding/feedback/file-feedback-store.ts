import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FeedbackEntry, parseEntry } from './feedback-entry';
import { FeedbackStore } from './feedback-store';

const MAX_BYTES = 1024 * 1024;

/** Entries that wait for the disk; those that come while it stands still are lost. */
const MAX_WAITING = 200;

/** What other users of the machine have no business to read. */
const OWNER_ONLY = 0o600;

/**
 * Two files under DATA_DIR, a JSON object a line: when `feedback.jsonl` is full it becomes `feedback.1.jsonl`, and the one
 * of that name is gone. What waits is written in one go.
 */
export class FileFeedbackStore extends FeedbackStore {
  private readonly current: string;
  private readonly previous: string;
  private waiting: string[] = [];
  private writing: Promise<void> | undefined;

  /** @param maxBytes of one file */
  constructor(
    private readonly folder: string,
    private readonly maxBytes = MAX_BYTES,
  ) {
    super();
    this.current = join(folder, 'feedback.jsonl');
    this.previous = join(folder, 'feedback.1.jsonl');
  }

  add(entry: FeedbackEntry): Promise<void> {
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(new Error('the disk is too slow'));
    this.waiting.push(`${JSON.stringify(entry)}\n`);
    if (this.writing && this.waiting.length > 1) return this.writing;
    const batch = (this.writing ?? Promise.resolve()).catch(() => undefined).then(() => this.write());
    this.writing = batch;
    return batch;
  }

  async list(): Promise<FeedbackEntry[]> {
    const contents = await Promise.all([this.previous, this.current].map(contentOf));
    return contents.flatMap((content) => content.split('\n').flatMap((line) => parseEntry(line) ?? []));
  }

  private async write(): Promise<void> {
    const lines = this.waiting.join('');
    this.waiting = [];
    await mkdir(this.folder, { recursive: true });
    const size = await sizeOf(this.current);
    if (size > 0 && size + Buffer.byteLength(lines) > this.maxBytes) await rename(this.current, this.previous);
    await appendFile(this.current, lines, { mode: OWNER_ONLY });
  }
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
