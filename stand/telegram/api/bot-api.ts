import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { BotApiError } from '../bot-api-error';
import { type Files } from '../chats/files';
import { type ApiCallRecord } from './api-call';
import { type Fault, type Faults } from './faults';
import { type CallContext, DescribedResult, JsonResult, type Method, type Methods } from './method';
import { readParams } from './read-params';
import { RequestParams } from './request-params';

interface Answer {
  status: number;
  body: string;
  error?: BotApiError;
}

/** What Telegram says where a status comes from its front servers and not from a method. */
const STATUS_TEXTS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const NO_CONTEXT: CallContext = { onHangUp: () => undefined };

/** Methods that Telegram does not run from an answer to a webhook. */
const NOT_BY_WEBHOOK = /^(get.*|setwebhook|deletewebhook|close|logout)$/;

/** The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export class BotApi {
  private readonly methods = new Map<string, { name: string; run: Method }>();
  private readonly botPath: string;
  private readonly filePath: string;

  /** @param record gets every call when it is over */
  constructor(
    token: string,
    methods: Methods,
    private readonly files: Files,
    private readonly faults: Faults,
    private readonly record: (call: ApiCallRecord) => void,
  ) {
    this.botPath = `/bot${token}/`;
    this.filePath = `/file/bot${token}/`;
    for (const [name, run] of Object.entries(methods)) {
      this.methods.set(name.toLowerCase(), { name, run });
    }
  }

  /** @returns whether the path is one of the Bot API */
  serves(url: string): boolean {
    return url.startsWith('/bot') || url.startsWith('/file/bot');
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    if (url.startsWith('/file/')) {
      this.download(url, request, response);
    } else if (url.startsWith(this.botPath) || decodeURIComponentSafely(url).startsWith(this.botPath)) {
      void this.call(decodeURIComponentSafely(url).slice(this.botPath.length), url, request, response);
    } else {
      request.resume();
      send(response, refusal(new BotApiError(401, 'Unauthorized')));
    }
  }

  /** Runs the method that stands in a bot's answer to an update; what comes of it nobody hears, as at Telegram. */
  async runReply(message: IncomingMessage): Promise<void> {
    let params: RequestParams;
    try {
      params = await readParams(message);
    } catch (error) {
      if (error instanceof BotApiError) {
        return;
      }
      throw error;
    }
    const name = params.text('method').toLowerCase();
    if (name !== '' && !NOT_BY_WEBHOOK.test(name)) {
      const at = Date.now();
      const answer = await this.run(name, params, NO_CONTEXT);
      this.note(name, params, at, answer);
    }
  }

  private async call(path: string, url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = Date.now();
    const started = performance.now();
    const queryAt = url.indexOf('?');
    const [method = ''] = path.split('?', 1);
    let params = new RequestParams({});
    let answer: Answer | undefined;
    let fault: Fault | undefined;
    try {
      params = await readParams(request, queryAt < 0 ? '' : url.slice(queryAt + 1));
      fault = this.faults.take(method);
      if (fault === undefined) {
        answer = await this.run(method, params, { onHangUp: (listener) => response.on('close', listener) });
      } else {
        answer = await this.runWithFault(fault, method, params, request, response);
      }
    } catch (error) {
      // The bot hung up, or sent what cannot be read.
      answer = error instanceof BotApiError ? refusal(error) : undefined;
    }
    if (answer !== undefined) {
      send(response, answer);
    }
    this.note(method, params, at, answer, performance.now() - started, fault);
  }

  private async run(method: string, params: RequestParams, context: CallContext): Promise<Answer> {
    try {
      const known = this.methods.get(method.toLowerCase());
      if (known === undefined) {
        throw new BotApiError(404, 'Not Found');
      }
      const result = known.run(params, context);
      return success(result instanceof Promise ? await result : result);
    } catch (error) {
      return refusal(
        error instanceof BotApiError ? error : new BotApiError(500, `Internal Server Error: ${String(error)}`),
      );
    }
  }

  /** @returns nothing where the bot gets no answer */
  private async runWithFault(
    fault: Fault,
    method: string,
    params: RequestParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Answer | undefined> {
    const context: CallContext = { onHangUp: (listener) => response.on('close', listener) };
    if (fault.mode === 'latency') {
      await delay(fault.latencyMs, undefined, { ref: false });
      return this.run(method, params, context);
    }
    if (fault.when === 'after') {
      await this.run(method, params, context);
    }
    if (fault.mode === 'status') {
      return refusal(faultError(fault));
    }
    if (fault.mode === 'reset') {
      request.socket.resetAndDestroy();
    }
    return undefined;
  }

  private download(url: string, request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const [path = ''] = decodeURIComponentSafely(url).split('?', 1);
    const file = path.startsWith(this.filePath) ? this.files.findByPath(path.slice(this.filePath.length)) : undefined;
    if (!path.startsWith(this.filePath)) {
      send(response, refusal(new BotApiError(401, 'Unauthorized')));
    } else if (file === undefined) {
      send(response, refusal(new BotApiError(404, 'Not Found')));
    } else {
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.file_size });
      response.end(file.content);
    }
  }

  private note(
    method: string,
    params: RequestParams,
    at: number,
    answer: Answer | undefined,
    ms = 0,
    fault?: Fault,
  ): void {
    const error = answer?.error;
    this.record({
      at,
      method: this.methods.get(method.toLowerCase())?.name ?? method,
      payload: params.toRecord(),
      ok: answer !== undefined && error === undefined,
      ...(error !== undefined && { errorCode: error.code, description: error.description }),
      ...(fault !== undefined && { fault: fault.mode }),
      ms,
    });
  }
}

function success(result: unknown): Answer {
  if (result instanceof JsonResult) {
    return { status: 200, body: `{"ok":true,"result":${result.json}}` };
  }
  if (result instanceof DescribedResult) {
    return { status: 200, body: JSON.stringify({ ok: true, ...result }) };
  }
  return { status: 200, body: `{"ok":true,"result":${JSON.stringify(result)}}` };
}

function refusal(error: BotApiError): Answer {
  const { code, description, parameters } = error;
  return {
    status: code,
    body: JSON.stringify({ ok: false, error_code: code, description, ...(parameters && { parameters }) }),
    error,
  };
}

function faultError({ status = 500, description, retryAfter = 1 }: Fault): BotApiError {
  return status === 429
    ? new BotApiError(429, description ?? `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter })
    : new BotApiError(status, description ?? STATUS_TEXTS[status] ?? 'Error');
}

function send(response: ServerResponse, { status, body, error }: Answer): void {
  if (response.destroyed) {
    return;
  }
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(error?.parameters && { 'retry-after': String(error.parameters.retry_after) }),
  });
  response.end(body);
}

function decodeURIComponentSafely(text: string): string {
  if (!text.includes('%')) {
    return text;
  }
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
