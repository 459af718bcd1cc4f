import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(__dirname, '../..');

/** A place of its own beneath `node_modules`, so that what is compiled finds the packages and no build is touched. */
const OUT_DIR = join(ROOT, 'node_modules/.cache/supplier-bot-e2e', process.env['JEST_WORKER_ID'] ?? '0');

let compiled: string | undefined;

/**
 * Compiles the product as the build does, without the checks of the types, once for each test file.
 *
 * @returns the path of `main.js`
 */
export function compileMain(): string {
  if (compiled === undefined) {
    const project = ['-p', join(ROOT, 'tsconfig.build.json'), '--noCheck'];
    const output = ['--outDir', OUT_DIR, '--tsBuildInfoFile', join(OUT_DIR, '.tsbuildinfo')];
    execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), ...project, ...output]);
    compiled = join(OUT_DIR, 'main.js');
  }
  return compiled;
}

/** `node dist/main.js` with an environment and a working directory of its own. */
export class MainProcess {
  readonly log: Record<string, unknown>[] = [];
  readonly output: string[] = [];
  stderr = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<[number | null, NodeJS.Signals | null]>;

  constructor(env: Record<string, string>, cwd = mkdtempSync(join(tmpdir(), 'supplier-bot-'))) {
    this.child = spawn(process.execPath, [compileMain()], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.exited = once(this.child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      this.output.push(line);
      const entry = this.parse(line);
      if (entry) this.log.push(entry);
    });
  }

  /** @returns nothing for the line that SIGKILL cut off */
  private parse(line: string): Record<string, unknown> | undefined {
    try {
      return JSON.parse(line) as Record<string, unknown>;
    } catch (error) {
      if (this.child.killed) return undefined;
      throw error;
    }
  }

  /** The first line of the log with the event, or what the process left where it ended before. */
  async event(name: string): Promise<Record<string, unknown>> {
    let ended = false;
    void this.exited.then(() => (ended = true));
    for (;;) {
      const line = this.log.find(({ event }) => event === name);
      if (line) {
        return line;
      }
      if (ended) {
        throw new Error(`no event "${name}": ${this.stderr}${this.output.join('\n')}`);
      }
      await new Promise((done) => setTimeout(done, 10));
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** @returns the exit code, or the signal that ended the process */
  async exit(): Promise<number | NodeJS.Signals | null> {
    const [code, signal] = await this.exited;
    return code ?? signal;
  }

  /** Ends what a failed test may have left. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
