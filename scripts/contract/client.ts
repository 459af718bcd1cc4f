import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { isUtf8 } from 'node:buffer';
import { type TLSSocket } from 'node:tls';

export interface ClientOptions {
  /** Everything before `/v1`. */
  url: string;
  key: string;
  basicUser?: string;
  basicPassword?: string;
  /** A certificate authority of its own, PEM. */
  ca?: string;
  /** Deadline of one call, milliseconds. */
  timeoutMs: number;
}

export interface CallOptions {
  /** @default 'POST' */
  method?: string;
  /** Over the usual ones, spelled as they are sent; undefined takes a header out. */
  headers?: Readonly<Record<string, string | undefined>>;
  /** Bytes to send instead of the JSON of the body. */
  raw?: Buffer;
  /** @default the deadline of the client */
  timeoutMs?: number;
}

/** An answer, whatever it is. */
export interface Reply {
  kind: 'reply';
  operation: string;
  status: number;
  headers: Headers;
  bytes: Buffer;
  /** UTF-8, without the byte order mark. */
  text: string;
  hasBom: boolean;
  isUtf8: boolean;
  ms: number;
  /** Such as `TLSv1.3`; undefined without TLS. */
  tlsProtocol?: string;
  /** End of the certificate's time; undefined without TLS. */
  certificateEnds?: Date;
}

/** No answer. */
export interface NoReply {
  kind: 'none';
  operation: string;
  /** Of Node or OpenSSL, such as ECONNREFUSED; `timeout` where the deadline passed. */
  code: string;
  detail: string;
  ms: number;
  deadlineMs: number;
  /** Whether the connection had been kept from an earlier call, and was reset. */
  wasIdle: boolean;
}

const BOM = '\ufeff';
const MAX_REPLY_BYTES = 16 * 1024 * 1024;
/** An operation that gave no answer so many times in a row is not asked again: each would cost a deadline. */
const GIVE_UP_AFTER = 2;

/** Calls the accounting system as the bot does, and in ways that the bot never would. */
export class ContractClient {
  private readonly agent: http.Agent;
  private readonly silent = new Map<string, { times: number; last: NoReply }>();

  constructor(readonly options: ClientOptions) {
    const { ca } = options;
    this.agent = this.isTls
      ? new https.Agent({ keepAlive: true, maxSockets: 20, ca, minVersion: 'TLSv1.2' })
      : new http.Agent({ keepAlive: true, maxSockets: 20 });
  }

  get isTls(): boolean {
    return this.options.url.startsWith('https:');
  }

  /**
   * Calls an operation. Never rejects: no answer is an outcome as well.
   *
   * @param operation the last part of the path
   * @param body sent as JSON; undefined sends none
   */
  async call(operation: string, body: unknown, options: CallOptions = {}): Promise<Reply | NoReply> {
    const silence = this.silent.get(operation);
    if (silence && silence.times >= GIVE_UP_AFTER) return silence.last;
    let reply = await this.send(operation, body, options);
    // The server has closed an idle connection at the very moment that it was used again: nothing was asked.
    if (reply.kind === 'none' && reply.wasIdle) reply = await this.send(operation, body, options);
    // A connection that was cut while a body was refused says nothing about the operation.
    if (reply.kind === 'reply') this.silent.delete(operation);
    else if (!options.raw) this.silent.set(operation, { times: (silence?.times ?? 0) + 1, last: reply });
    return reply;
  }

  close(): void {
    this.agent.destroy();
  }

  private headersOf({ headers = {} }: CallOptions): Record<string, string> {
    const { key, basicUser, basicPassword = '' } = this.options;
    const basic = basicUser === undefined ? undefined : basicCredentials(basicUser, basicPassword);
    const all: Record<string, string | undefined> = {
      'X-API-Key': key,
      'Content-Type': 'application/json; charset=utf-8',
      Accept: 'application/json',
      'X-Request-Id': randomUUID(),
      Authorization: basic,
      ...headers,
    };
    return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  private send(operation: string, body: unknown, options: CallOptions): Promise<Reply | NoReply> {
    const started = performance.now();
    const deadlineMs = options.timeoutMs ?? this.options.timeoutMs;
    const bytes = options.raw ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)));
    const headers = this.headersOf(options);
    if (bytes) headers['Content-Length'] = String(bytes.length);
    const elapsed = () => Math.round(performance.now() - started);

    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(deadlineMs);
      const fail = (error: NodeJS.ErrnoException) => {
        const code = signal.aborted ? 'timeout' : (error.code ?? error.name);
        const wasIdle = request.reusedSocket && code === 'ECONNRESET';
        resolve({ kind: 'none', operation, code, detail: error.message, ms: elapsed(), deadlineMs, wasIdle });
      };
      const request = (this.isTls ? https : http).request(
        `${this.options.url}/v1/${operation}`,
        { method: options.method ?? 'POST', headers, agent: this.agent, signal },
        (response) => {
          // Read while the connection is up: afterwards the socket tells nothing of its peer.
          const { tlsProtocol, certificateEnds } = tlsFactsOf(response.socket);
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            size += chunk.length;
            if (size > MAX_REPLY_BYTES) request.destroy(new Error(`more than ${MAX_REPLY_BYTES} bytes were answered`));
          });
          response.on('error', fail);
          response.on('end', () => {
            const all = Buffer.concat(chunks);
            const decoded = all.toString('utf8');
            resolve({
              kind: 'reply',
              operation,
              status: response.statusCode ?? 0,
              headers: new Headers(
                Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]),
              ),
              bytes: all,
              text: decoded.startsWith(BOM) ? decoded.slice(1) : decoded,
              hasBom: decoded.startsWith(BOM),
              isUtf8: isUtf8(all),
              ms: elapsed(),
              tlsProtocol,
              certificateEnds,
            });
          });
        },
      );
      request.on('error', fail);
      request.end(bytes);
    });
  }
}

/** The value of `Authorization` (RFC 7617, UTF-8). */
export function basicCredentials(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function tlsFactsOf(socket: object): { tlsProtocol?: string; certificateEnds?: Date } {
  if (!('encrypted' in socket)) return {};
  const secure = socket as TLSSocket;
  const { valid_to: end } = secure.getPeerCertificate();
  return { tlsProtocol: secure.getProtocol() ?? undefined, certificateEnds: end ? new Date(end) : undefined };
}
