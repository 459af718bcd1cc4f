import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Operation } from '../../../src/onec/contract';
import { DEFAULT_FAULT_STATUS, type Fault, type Faults } from '../faults';
import { isOperation } from '../operation-names';
import { type Operations } from '../operations';
import { Problem } from '../problem';
import { type RequestLog, summaryOf } from '../request-log';
import { validateRequest } from '../request-schemas';
import { checkAccess, type Credentials } from './access';
import { type Answer, htmlAnswer, jsonAnswer, problemAnswer, send } from './answer';
import { readJson } from './body';

/** Codes of the contract for the statuses that a fault can ask for. */
const CODES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'forbidden',
  403: 'forbidden',
  404: 'supplier_not_found',
  409: 'already_linked',
  410: 'code_expired',
  422: 'not_supported',
  429: 'too_many_requests',
  503: 'unavailable',
};

export interface ContractEndpointOptions {
  operations: Operations;
  /** The operations that this accounting system has; the others are `not_supported`. */
  served: readonly Operation[];
  credentials: Credentials;
  cacheControl: Readonly<Record<Operation, string>>;
  faults: Faults;
  log: RequestLog;
  /** Whether answers begin with a byte order mark. */
  bom: boolean;
}

/** Serves `POST /v1/{operation}` (contract, Transport). */
export class ContractEndpoint {
  constructor(private readonly options: ContractEndpointOptions) {}

  /** @param operation as in the path, known or not */
  async handle(request: IncomingMessage, response: ServerResponse, operation: string): Promise<void> {
    const fault = this.options.faults.take(operation);
    const requestId = String(request.headers['x-request-id'] ?? randomUUID());
    const record = this.follow(response, operation, requestId, fault);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    response.setHeader('X-Request-Id', requestId);

    const answer = await this.answer(request, operation, fault, (body) => (record.body = summaryOf(body)));
    if (fault?.latencyMs) await sleep(fault.latencyMs, undefined, { signal: gone.signal }).catch(() => undefined);
    if (gone.signal.aborted) return;
    if (fault?.mode === 'reset') request.socket.resetAndDestroy();
    else if (fault?.mode !== 'hang') {
      record.code = codeOf(answer);
      send(response, answer, this.options.bom);
    }
    // What was left unread of a body that was too large.
    request.resume();
  }

  /** Notes the request down when it has ended, whichever way. */
  private follow(
    response: ServerResponse,
    operation: string,
    requestId: string,
    fault: Fault | undefined,
  ): { body: string; code?: string } {
    const started = performance.now();
    const at = new Date().toISOString();
    const attempt = this.options.log.attempt(operation, requestId);
    const record: { body: string; code?: string } = { body: '' };
    response.once('close', () => {
      this.options.log.add({
        at,
        operation,
        requestId,
        attempt,
        status: response.writableFinished ? response.statusCode : 0,
        ms: Math.round(performance.now() - started),
        code: record.code,
        fault: fault?.mode,
        body: record.body,
      });
    });
    return record;
  }

  private async answer(
    request: IncomingMessage,
    operation: string,
    fault: Fault | undefined,
    onBody: (body: unknown) => void,
  ): Promise<Answer> {
    try {
      if (request.method !== 'POST') {
        throw new Problem(405, 'method_not_allowed', `${operation} is called with POST`, { Allow: 'POST' });
      }
      checkAccess(request.headers, this.options.credentials);
      const body = await readJson(request);
      onBody(body);
      const failed = fault && failedAnswer(fault, operation);
      if (failed) return failed;
      const answer = await this.run(operation, body);
      return fault?.mode === 'broken-json' ? cutOff(answer) : answer;
    } catch (error) {
      return problemAnswer(error);
    }
  }

  private async run(operation: string, body: unknown): Promise<Answer> {
    if (!isOperation(operation) || !this.options.served.includes(operation)) {
      throw new Problem(422, 'not_supported', `This accounting system has no operation "${operation}"`);
    }
    return this.runKnown(operation, body);
  }

  private async runKnown<O extends Operation>(operation: O, body: unknown): Promise<Answer> {
    const result = await this.options.operations[operation](validateRequest(operation, body));
    return jsonAnswer(result, this.options.cacheControl[operation]);
  }
}

/** The answer of a fault that does not ask the books; undefined where they are asked all the same. */
function failedAnswer({ mode, status, retryAfter }: Fault, operation: string): Answer | undefined {
  switch (mode) {
    case 'status': {
      const failed = status ?? DEFAULT_FAULT_STATUS;
      const headers = retryAfter === undefined ? undefined : { 'Retry-After': String(retryAfter) };
      return problemAnswer(
        new Problem(failed, CODES[failed] ?? 'internal_error', 'The stand was told to fail', headers),
      );
    }
    case 'html':
      return htmlAnswer(status ?? 200);
    case 'wrong-schema':
      // The answer of unlink is an empty object: no object could fail to fit.
      return jsonAnswer(operation === 'unlink' ? [] : { result: [{ Номенклатура: 'Лампа', Остаток: 'много' }] });
    case 'hang':
    case 'reset':
      // Never sent.
      return jsonAnswer({});
    default:
      return undefined;
  }
}

function cutOff(answer: Answer): Answer {
  return { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) };
}

function codeOf({ status, body }: Answer): string | undefined {
  return status >= 400 && body.startsWith('{') ? (JSON.parse(body) as { code?: string }).code : undefined;
}
