import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { TelegramError } from 'telegraf';

export interface JsonCallOptions {
  /** Milliseconds after which the call is given up. */
  deadlineMs: number;
  /** Ends the call early, with its reason. */
  signal?: AbortSignal | undefined;
}

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
  private readonly target: ReturnType<typeof urlToHttpOptions>;
  private readonly send: typeof httpRequest;

  /** @param apiRoot address of the Bot API server, with or without a path */
  constructor(apiRoot: string, token: string) {
    const root = new URL(`${apiRoot.replace(/\/+$/, '')}/bot${token}/`);
    const secure = root.protocol === 'https:';
    this.agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
    this.send = secure ? httpsRequest : httpRequest;
    this.target = urlToHttpOptions(root);
  }

  /**
   * @returns `result` of Telegram's answer
   * @throws TelegramError where Telegram refuses or fails; a TimeoutError, the signal's reason or Node's error of the
   *   connection otherwise
   */
  call(method: string, payload: object, { deadlineMs, signal }: JsonCallOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) throw signal.reason;
      // A string, which Node sends in one piece with the head; bytes would follow it in a second one.
      const body = JSON.stringify(payload);
      const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
      const path = `${this.target.path}${method}`;
      const request = this.send({ ...this.target, path, method: 'POST', agent: this.agent, headers });
      const expire = () => request.destroy(new DOMException(`no answer within ${deadlineMs} ms`, 'TimeoutError'));
      const abort = () => request.destroy(signal?.reason as Error);
      const timer = setTimeout(expire, deadlineMs);
      signal?.addEventListener('abort', abort, { once: true });
      answerOf(request)
        .then(([response, text]) => resultOf(method, response, text))
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
        });
      request.end(body);
    });
  }

  /** Breaks the connections. */
  close(): void {
    this.agent.destroy();
  }
}

function answerOf(request: ClientRequest): Promise<[IncomingMessage, string]> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve([response, Buffer.concat(chunks).toString()]));
    });
  });
}

function resultOf(method: string, { statusCode = 0, statusMessage = '' }: IncomingMessage, text: string): unknown {
  const on = { method, payload: {} };
  if (statusCode >= 500) throw new TelegramError({ error_code: statusCode, description: statusMessage }, on);
  const reply = JSON.parse(text) as Reply;
  if (reply.ok) return reply.result;
  const { error_code: code = statusCode, description = statusMessage } = reply;
  throw new TelegramError({ ...reply, error_code: code, description }, on);
}
