import { Logger } from '@nestjs/common';
import { isCancel, type AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { type Settings } from '../config/settings';
import { redactor } from './api-key.interceptor';
import { AttemptFailure, type Verdict } from './attempt-failure';
import { OPERATIONS, type OneCProblem } from './contract';
import { MAX_RESPONSE_BYTES } from './http-options';
import { readJsonObject } from './json-body';
import { type Question } from './question';
import { retryAfterMs } from './retry-policy';
import { verdictOnAbort, verdictOnBody, verdictOnConnection, verdictOnSize, verdictOnStatus } from './verdict';
import { explain } from './violations';

const DETAIL_LENGTH = 300;
/** The contract's own codes are shorter; another's may be anything. */
const CODE_LENGTH = 64;

/**
 * Reads what an attempt brought: the typed body on success, an AttemptFailure with its verdict otherwise; records and
 * logs the attempt. Must be registered before axios-retry, which sees only the failures of interceptors before its own.
 */
export class AnswerInterceptor {
  private readonly redact: (text: string) => string;

  constructor(
    settings: Settings,
    private readonly logger: Logger,
  ) {
    this.redact = redactor(settings);
  }

  readonly onFulfilled = async (response: AxiosResponse<Uint8Array>): Promise<AxiosResponse<unknown>> => {
    const { config, status } = response;
    const question = config.question!;
    const result = await this.read(question, response);
    if ('verdict' in result) throw this.failed(config, question, result.verdict);
    question.endAttempt({ status });
    return { ...response, data: result.body };
  };

  readonly onRejected = (error: unknown): never => {
    const { config, code, message, response } = error as AxiosError;
    const question = config?.question;
    if (!question) throw error;
    if (isCancel(error) || question.signal.aborted) {
      throw this.failed(config, question, verdictOnAbort(question));
    }
    if (message.startsWith('maxContentLength')) throw this.failed(config, question, verdictOnSize(MAX_RESPONSE_BYTES));
    const verdict = verdictOnConnection(code ?? 'network', message);
    throw this.failed(config, question, response ? { ...verdict, status: response.status } : verdict);
  };

  private async read(
    question: Question,
    response: AxiosResponse<Uint8Array>,
  ): Promise<{ body: object } | { verdict: Verdict }> {
    const { status, data, headers } = response;
    let json: Record<string, unknown>;
    try {
      json = readJsonObject(data);
    } catch (error) {
      const ok = status >= 200 && status < 300;
      return {
        verdict: ok
          ? verdictOnBody(status, 'unreadable_body', (error as Error).message)
          : verdictOnStatus(status, undefined, retryAfterMs(headers['retry-after'])),
      };
    }
    if (status < 200 || status >= 300) {
      return { verdict: verdictOnStatus(status, problemIn(json), retryAfterMs(headers['retry-after'])) };
    }
    const body: object = plainToInstance<object, unknown>(OPERATIONS[question.operation].response, json);
    const violations = await validate(body, { whitelist: true, forbidUnknownValues: false });
    return violations.length === 0
      ? { body }
      : { verdict: verdictOnBody(status, 'unfitting_body', explain(violations)) };
  }

  private failed(config: InternalAxiosRequestConfig, question: Question, verdict: Verdict): AttemptFailure {
    const { status } = verdict;
    const code = this.redact(verdict.code).slice(0, CODE_LENGTH);
    const detail = verdict.detail && this.redact(verdict.detail).slice(0, DETAIL_LENGTH);
    const attempt = question.endAttempt({ ...(status === undefined ? {} : { status }), code });
    this.logger[verdict.level]({
      operation: question.operation,
      attempt: question.attempts.length,
      ...(status === undefined ? {} : { status }),
      code,
      ms: attempt?.ms ?? question.elapsedMs,
      requestId: question.requestId,
      ...(detail ? { detail } : {}),
      msg: attempt ? verdict.message : `${verdict.message} before the request could be sent`,
    });
    return new AttemptFailure(config, { ...verdict, code, ...(detail ? { detail } : {}) });
  }
}

/** RFC 9457 with the contract's `code`; the code alone makes the difference, the rest is for people. */
function problemIn(json: Record<string, unknown>): OneCProblem | undefined {
  const { code, title, detail } = json;
  if (typeof code !== 'string' || code === '') return undefined;
  return {
    code,
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof detail === 'string' ? { detail } : {}),
  };
}
