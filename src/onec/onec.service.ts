import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { HttpService } from '@nestjs/axios';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type AxiosInstance, type AxiosResponse } from 'axios';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { Settings } from '../config/settings';
import { OneCMetrics } from '../metrics/onec.metrics';
import { AnswerInterceptor } from './answer.interceptor';
import { apiKeyInterceptor } from './api-key.interceptor';
import { AttemptFailure } from './attempt-failure';
import { attemptResultOf } from './attempt-result';
import { type CallTrace } from './call-trace';
import { OneCCircuit } from './circuit';
import { OPERATIONS, type Operation, type RequestOf, type ResponseOf } from './contract';
import { OneCBadRequestError, OneCError, OneCUnavailableError, type OneCErrorFacts } from './errors';
import { Question } from './question';
import { registerRetry } from './retry-policy';
import { explain } from './violations';

/** A ping that takes longer does not close the breaker. */
const PROBE_DEADLINE_MS = 2000;

export interface CallOptions {
  /** A UUID (contract, Transport); one is made where none is given. */
  requestId?: string;
  /** Ends the call early with OneCCancelledError. */
  signal?: AbortSignal;
  /** Gets a record of this call, also of one that failed. */
  trace?: CallTrace;
  /** Budget of all attempts; `onecDeadlineMs` where it is missing, and never more. */
  deadlineMs?: number;
}

export interface OneCAnswer<O extends Operation> {
  body: ResponseOf<O>;
  /** The header as it came. */
  cacheControl?: string;
  /** The header `Age`: seconds that the answer had spent in a cache on the way. */
  ageSeconds?: number;
  requestId: string;
  /** Milliseconds since the epoch. */
  receivedAt: number;
}

/** The client of the accounting system: the contract's operations over HTTPS, with retries, limits and typed errors. */
@Injectable()
export class OneCService implements OnApplicationShutdown {
  private readonly logger = new Logger(OneCService.name);
  private readonly http: AxiosInstance;

  constructor(
    http: HttpService,
    private readonly settings: Settings,
    private readonly circuit: OneCCircuit,
    private readonly metrics: OneCMetrics,
  ) {
    this.http = http.axiosRef;
    const answers = new AnswerInterceptor(settings, this.logger);
    this.http.interceptors.request.use(apiKeyInterceptor(settings));
    this.http.interceptors.response.use(answers.onFulfilled, answers.onRejected);
    registerRetry(this.http, settings);
    circuit.probeBy(() => this.ping({ deadlineMs: PROBE_DEADLINE_MS }));
  }

  /**
   * Asks the accounting system.
   *
   * @throws OneCError with a stable code: the problems of the contract, `onec_unavailable` after the last attempt or at
   * the deadline, `bad_request` for a request that does not fit the contract (nothing is sent then), `cancelled`
   */
  async call<O extends Operation>(
    operation: O,
    request: RequestOf<O>,
    options: CallOptions = {},
  ): Promise<OneCAnswer<O>> {
    const requestId = options.requestId ?? randomUUID();
    const deadlineMs = Math.min(options.deadlineMs ?? Infinity, this.settings.onecDeadlineMs);
    await this.refuseUnfitting(operation, request, requestId);

    const question = new Question(operation, requestId, deadlineMs, options.signal);
    let result = 'ok';
    try {
      const ask = () => this.send<O>(question, request);
      const { data, headers } = await (operation === 'ping' ? ask() : this.circuit.pass(question, ask));
      const cacheControl: unknown = headers['cache-control'];
      const age: unknown = headers['age'];
      return {
        body: data,
        ...(typeof cacheControl === 'string' ? { cacheControl } : {}),
        ...(typeof age === 'string' && /^\d+$/.test(age.trim()) ? { ageSeconds: Number(age) } : {}),
        requestId,
        receivedAt: Date.now(),
      };
    } catch (error) {
      result = error instanceof OneCError ? error.code : 'failed';
      throw error;
    } finally {
      question.close();
      this.count(question, result);
      options.trace?.onec.push({ operation, requestId, attempts: question.attempts, ms: question.elapsedMs });
    }
  }

  ping(options?: CallOptions): Promise<OneCAnswer<'ping'>> {
    return this.call('ping', {}, options);
  }

  identify(chatId: number, options?: CallOptions): Promise<OneCAnswer<'identify'>> {
    return this.call('identify', { chatId }, options);
  }

  link(request: RequestOf<'link'>, options?: CallOptions): Promise<OneCAnswer<'link'>> {
    return this.call('link', request, options);
  }

  unlink(request: RequestOf<'unlink'>, options?: CallOptions): Promise<OneCAnswer<'unlink'>> {
    return this.call('unlink', request, options);
  }

  /** The last step of a stop: questions under way when it began were answered before. */
  onApplicationShutdown(): void {
    const agents: unknown[] = [this.http.defaults.httpAgent, this.http.defaults.httpsAgent];
    for (const agent of agents) if (agent instanceof Agent) agent.destroy();
  }

  private async send<O extends Operation>(
    question: Question,
    request: RequestOf<O>,
  ): Promise<AxiosResponse<ResponseOf<O>>> {
    try {
      return await this.http.post<ResponseOf<O>>(`/v1/${question.operation}`, JSON.stringify(request), {
        signal: question.signal,
        question,
      });
    } catch (error) {
      throw this.toOneCError(error, question);
    }
  }

  private count({ operation, attempts }: Question, result: string): void {
    this.metrics.called(operation, result);
    for (const attempt of attempts) this.metrics.attempted(operation, attemptResultOf(attempt), attempt.ms / 1000);
  }

  private async refuseUnfitting(operation: Operation, request: object, requestId: string): Promise<void> {
    const instance: object = plainToInstance<object, object>(OPERATIONS[operation].request, request);
    const violations = await validate(instance, { forbidUnknownValues: false });
    if (violations.length === 0) return;
    const detail = explain(violations);
    this.logger.error({
      operation,
      requestId,
      code: 'bad_request',
      detail,
      msg: 'a request that does not fit the contract is not sent',
    });
    throw new OneCBadRequestError({ operation, requestId, attempts: 0, cause: new Error(detail) });
  }

  /** An error of the HTTP client holds the credentials in its config: only its verdict gets out. */
  private toOneCError(error: unknown, question: Question): OneCError {
    const facts: OneCErrorFacts = {
      operation: question.operation,
      requestId: question.requestId,
      attempts: question.attempts.length,
    };
    if (!(error instanceof AttemptFailure)) {
      const { name } = error instanceof Error ? error : { name: typeof error };
      this.logger.error({ ...facts, code: name, msg: 'the HTTP client failed in an unforeseen way' });
      return new OneCUnavailableError({ ...facts, cause: new Error(name) });
    }
    const { code, status, detail, message, toError } = error.verdict;
    return toError({
      ...facts,
      ...(status === undefined ? {} : { status }),
      cause: new Error([code, message, detail].filter(Boolean).join(': ')),
    });
  }
}
