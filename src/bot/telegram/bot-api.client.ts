import { Agent as HttpAgent, type IncomingMessage, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { TelegramError } from 'telegraf';

export interface JsonCallOptions {
  /** Milliseconds after which the call is given up. */
  deadlineMs: number;
  /** Ends the call early, with its reason. */
  signal?: AbortSignal | undefined;
  /** Whether `result` is left unread. */
  unread?: boolean | undefined;
}

/** How Telegram begins to tell that it did what it was asked to. */
const DONE = '{"ok":true,';

/** What Telegram answers (Bot API, "Making requests"). */
interface Reply {
  ok?: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
}

/**
 * Calls of the Bot API whose parameters are JSON, over connections that are kept alive. For most of what the bot says
 * Telegraf's client would cost several times as much: it makes a stream of each body, and over http:// it takes no agent.
 */
export class BotApiClient {
  private readonly agent: HttpAgent;
  private readonly send: typeof httpRequest;
  /** No more than is needed: Node copies the options of a request several times. */
  private readonly target: Pick<RequestOptions, 'protocol' | 'hostname' | 'port' | 'agent'>;
  private readonly path: string;
  /** As a list, which Node sends as it stands instead of looking at each of them. */
  private readonly headers: readonly string[];

  /** @param apiRoot address of the Bot API server, with or without a path */
  constructor(apiRoot: string, token: string) {
    const root = new URL(`${apiRoot.replace(/\/+$/, '')}/bot${token}/`);
    const secure = root.protocol === 'https:';
    this.agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
    this.send = secure ? httpsRequest : httpRequest;
    const { protocol, hostname, port, auth } = urlToHttpOptions(root);
    this.target = { protocol, hostname, port, agent: this.agent };
    this.path = root.pathname;
    this.headers = ['Host', root.host, 'Content-Type', 'application/json', ...(auth ? basic(auth) : [])];
  }

  /**
   * @returns `result` of Telegram's answer
   * @throws TelegramError where Telegram refuses or fails; a TimeoutError, the signal's reason or Node's error of the
   *   connection otherwise
   */
  call(method: string, payload: object, { deadlineMs, signal, unread }: JsonCallOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) throw signal.reason;
      // A string, which Node sends in one piece with the head; bytes would follow it in a second one.
      const body = JSON.stringify(payload);
      const headers = [...this.headers, 'Content-Length', String(Buffer.byteLength(body))];
      const request = this.send({ ...this.target, path: this.path + method, method: 'POST', headers });
      const expire = () => request.destroy(new DOMException(`no answer within ${deadlineMs} ms`, 'TimeoutError'));
      const abort = () => request.destroy(signal?.reason as Error);
      const timer = setTimeout(expire, deadlineMs);
      signal?.addEventListener('abort', abort, { once: true });
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const fail = (error: Error) => {
        end();
        reject(error);
      };
      request.on('error', fail);
      request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', fail);
        response.on('end', () => {
          end();
          try {
            const isDone = unread && response.statusCode === 200 && text.startsWith(DONE);
            resolve(isDone ? undefined : resultOf(method, response, text));
          } catch (error) {
            fail(error as Error);
          }
        });
      });
      request.end(body);
    });
  }

  /** Breaks the connections. */
  close(): void {
    this.agent.destroy();
  }
}

/** User and password of an address (RFC 7617), which Node puts in by itself only where it makes the headers. */
function basic(auth: string): string[] {
  return ['Authorization', `Basic ${Buffer.from(auth).toString('base64')}`];
}

function resultOf(method: string, { statusCode = 0, statusMessage = '' }: IncomingMessage, text: string): unknown {
  const on = { method, payload: {} };
  if (statusCode >= 500) throw new TelegramError({ error_code: statusCode, description: statusMessage }, on);
  const reply = JSON.parse(text) as Reply;
  if (reply.ok) return reply.result;
  const { error_code: code = statusCode, description = statusMessage } = reply;
  throw new TelegramError({ ...reply, error_code: code, description }, on);
}
