import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A web server that runs until it is stopped. */
export interface RunningServer {
  stop(): Promise<void>;
}

const STARTS_WITHIN_MS = 10_000;

/** Where a program is; undefined where this machine has none. */
export function programAt(...places: string[]): string | undefined {
  const inPath = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = places.flatMap((place) =>
    path.isAbsolute(place) ? [place] : [...inPath, '/usr/sbin'].map((folder) => path.join(folder, place)),
  );
  return candidates.find((candidate) => existsSync(candidate));
}

/** What a program says of its configuration. */
export function judge(program: string, args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 });
  return { status, output: stdout + stderr };
}

/** Starts a web server in the foreground; resolves when the port is open, rejects with what it has said. */
export async function startServer(program: string, args: string[], port: number): Promise<RunningServer> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  }
  const ended = once(child, 'exit');
  const until = Date.now() + STARTS_WITHIN_MS;
  while (!(await isOpen(port))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${program} does not start: ${said}`);
    await sleep(50);
  }
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
