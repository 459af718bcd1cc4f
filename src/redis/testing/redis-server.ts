import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

const hasServer = spawnSync('redis-server', ['--version']).status === 0;

/** `describe`, skipped with the reason in the title where no redis-server is installed. */
export const describeWithRedis: (title: string, suite: () => void) => void = hasServer
  ? (title, suite) => describe(title, suite)
  : (title, suite) => describe.skip(`${title} (skipped: redis-server is not on PATH)`, suite);

/** A redis-server of a test, on a port of 127.0.0.1, that keeps nothing on disk. */
export class RedisServer {
  private process: ChildProcess | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'supplier-bot-redis-'));

  private constructor(
    readonly port: number,
    private readonly options: readonly string[],
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}/0`;
  }

  /** @param options further arguments of redis-server, such as `--maxmemory 3mb` */
  static async start(options: readonly string[] = []): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    await server.start();
    return server;
  }

  /** Starts it, empty; also again after `kill`. Resolves when it answers. */
  async start(): Promise<void> {
    const args = ['--bind', '127.0.0.1', '--port', String(this.port), '--save', '', '--appendonly', 'no'];
    this.process = spawn('redis-server', [...args, '--dir', this.folder, ...this.options], { stdio: 'ignore' });
    const probe = new Redis(this.port, '127.0.0.1', { retryStrategy: () => 20 });
    probe.on('error', () => undefined);
    await probe.ping().catch((error: Error) => {
      // It asks for a password: it is there.
      if (!error.message.startsWith('NOAUTH')) throw error;
    });
    probe.disconnect();
  }

  async kill(): Promise<void> {
    const process = this.process;
    this.process = undefined;
    if (!process || process.exitCode !== null) return;
    const exited = once(process, 'exit');
    process.kill('SIGKILL');
    await exited;
  }

  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  async empty(): Promise<void> {
    const client = new Redis(this.url);
    await client.flushall();
    client.disconnect();
  }

  /** Kills it and removes its folder. */
  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
