import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A request on its way to a server of the contract. */
export interface Passing {
  method: string;
  operation: string;
  /** As they were spelled. */
  rawHeaders: Record<string, string>;
  bytes: Buffer;
  /** The parsed body; undefined where it is no JSON. */
  body: Record<string, unknown> | undefined;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  /** An object is sent as JSON. */
  body: unknown;
}

/** Sends the request on, with changes; resolves with what the server answered. */
export type Forward = (changes?: Partial<Passing>) => Promise<Answered>;

/** How a server breaks the contract: what it makes of a request, and of the answer of a server that keeps it. */
export type Tamper = (passing: Passing, forward: Forward) => Promise<Answered>;

/** A server that breaks one rule of the contract, in front of one that keeps them all. */
export interface TamperingProxy {
  url: string;
  close(): Promise<void>;
}

export async function startTamperingProxy(target: string, tamper: Tamper): Promise<TamperingProxy> {
  const server = createServer((request, response) => {
    void (async () => {
      const passing = await read(request);
      const answered = await tamper(passing, (changes) => forward(target, { ...passing, ...changes }));
      const text = typeof answered.body === 'string' ? answered.body : JSON.stringify(answered.body);
      response.writeHead(answered.status, answered.headers).end(text);
    })().catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function read(request: IncomingMessage): Promise<Passing> {
  const bytes = Buffer.concat((await request.toArray()) as Buffer[]);
  const rawHeaders: Record<string, string> = {};
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    rawHeaders[request.rawHeaders[at] ?? ''] = request.rawHeaders[at + 1] ?? '';
  }
  return {
    method: request.method ?? '',
    operation: (request.url ?? '').replace(/^\/v1\//, ''),
    rawHeaders,
    bytes,
    body: parsed(bytes),
  };
}

async function forward(target: string, { method, operation, rawHeaders, bytes, body }: Passing): Promise<Answered> {
  const headers = new Headers(rawHeaders);
  for (const name of ['content-length', 'connection', 'host', 'keep-alive', 'transfer-encoding']) headers.delete(name);
  const response = await fetch(`${target}/v1/${operation}`, {
    method,
    headers,
    body: method === 'GET' ? undefined : body === undefined ? bytes : JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  const text = await response.text();
  const kept = ['content-type', 'cache-control'].flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { status: response.status, headers: Object.fromEntries(kept), body: parsed(Buffer.from(text)) ?? text };
}

function parsed(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
