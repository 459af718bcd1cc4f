import { Logger } from '@nestjs/common';
import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel';
import { type Intent } from '../../classifier/understanding';
import { type LanguageModelMetrics, type LanguageModelRefusal } from '../../metrics/language-model.metrics';
import { readBounded } from './bounded-body';
import { ChatCompletion } from './chat-completion';
import { ANSWER_SCHEMA, LABEL_GUIDE, questionOf } from './label-guide';
import { BadAnswerError, parseSuggestion, type Suggestion, validated } from './suggestion';

export interface LanguageModelOptions {
  /** Base address of the server, with or without `/chat/completions` at its end. */
  url: string;
  /** The name by which the server knows the model. */
  model: string;
  key?: string;
  /** Budget of one question; there is no second try. */
  deadlineMs?: number;
  /** How long nobody is asked after FAILURES failures in a row. */
  pauseMs?: number;
}

const DEADLINE_MS = 2000;
const PAUSE_MS = 30_000;
const FAILURES = 3;

/** Questions at once: a model inside the company answers one after the other, and a queue would only miss the deadline. */
const MAX_CONCURRENCY = 4;

/** Of the message; what a longer one asks stands in its beginning. */
const MAX_CHARACTERS = 1500;
const MAX_ANSWER_TOKENS = 400;
const MAX_ANSWER_BYTES = 64 * 1024;

/** The caller has gone: nothing is learnt about the server. */
class CallerGoneError extends Error {}

/**
 * A language model behind the chat-completions form of OpenAI (Ollama, llama.cpp, vLLM, LM Studio and others). It is
 * never needed: whatever goes wrong is told to the log, and the caller gets nothing.
 */
export class LanguageModel {
  private readonly logger = new Logger(LanguageModel.name);
  private readonly endpoint: string;
  private readonly deadlineMs: number;
  private readonly policy;
  private underWay = 0;

  constructor(
    private readonly options: LanguageModelOptions,
    private readonly metrics: LanguageModelMetrics | null = null,
  ) {
    const { url, deadlineMs = DEADLINE_MS, pauseMs = PAUSE_MS } = options;
    this.endpoint = url.endsWith('/chat/completions') ? url : `${url}/chat/completions`;
    this.deadlineMs = deadlineMs;
    this.policy = circuitBreaker(
      handleWhen((error) => !(error instanceof CallerGoneError)),
      { halfOpenAfter: pauseMs, breaker: new ConsecutiveBreaker(FAILURES) },
    );
    this.policy.onBreak(() =>
      this.logger.error({
        event: 'language_model',
        state: 'open',
        msg: `The language model does not help: it is not asked for ${pauseMs / 1000} s, the bot goes on without it`,
      }),
    );
    this.policy.onReset(() =>
      this.logger.log({ event: 'language_model', state: 'closed', msg: 'The language model answers again' }),
    );
  }

  /**
   * Asks once.
   *
   * @param message without personal data
   * @param previous intents of the message before
   * @returns nothing where the server is away, slow, busy or answers anything else than what was asked
   */
  async suggest(message: string, previous: readonly Intent[], signal?: AbortSignal): Promise<Suggestion | null> {
    // While a single question tries the server, the others would wait for it.
    if (this.policy.state === CircuitState.HalfOpen || this.underWay >= MAX_CONCURRENCY) {
      this.metrics?.refuse(this.policy.state === CircuitState.HalfOpen ? 'paused' : 'busy');
      return null;
    }
    const startedAt = performance.now();
    this.underWay += 1;
    try {
      return await this.policy.execute(() => this.ask(message.slice(0, MAX_CHARACTERS), previous, signal));
    } catch (error) {
      this.metrics?.refuse(refusalOf(error));
      if (!isBrokenCircuitError(error) && !(error instanceof CallerGoneError)) {
        const ms = Math.round(performance.now() - startedAt);
        this.logger.warn({ msg: 'The language model gave no answer', reason: (error as Error).message, ms });
      }
      return null;
    } finally {
      this.underWay -= 1;
    }
  }

  private async ask(message: string, previous: readonly Intent[], caller?: AbortSignal): Promise<Suggestion> {
    this.metrics?.asked();
    const deadline = AbortSignal.timeout(this.deadlineMs);
    const signal = caller ? AbortSignal.any([deadline, caller]) : deadline;
    try {
      const text = await this.post(this.bodyOf(message, previous), signal);
      const [choice] = validated(ChatCompletion, parsed(text), 'the answer').choices;
      return parseSuggestion(choice?.message.content ?? '');
    } catch (error) {
      if (caller?.aborted) throw new CallerGoneError();
      if (deadline.aborted) throw new BadAnswerError(`no complete answer within ${this.deadlineMs} ms`, 'timeout');
      if (error instanceof BadAnswerError) throw error;
      throw new BadAnswerError(`the connection failed (${causeOf(error)})`, 'connection');
    }
  }

  private async post(body: string, signal: AbortSignal): Promise<string> {
    const { key } = this.options;
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      },
      body,
      signal,
      // Neither the key nor the message is carried to another address.
      redirect: 'error',
    });
    if (response.ok) return readBounded(response, MAX_ANSWER_BYTES);
    await response.body?.cancel();
    throw new BadAnswerError(statusReason(response.status), 'status');
  }

  private bodyOf(message: string, previous: readonly Intent[]): string {
    return JSON.stringify({
      model: this.options.model,
      temperature: 0,
      max_tokens: MAX_ANSWER_TOKENS,
      stream: false,
      messages: [
        { role: 'system', content: LABEL_GUIDE },
        { role: 'user', content: questionOf(message, previous) },
      ],
      // Some servers refuse `json_object`; a schema is taken by all that hold a model to a form.
      response_format: { type: 'json_schema', json_schema: { name: 'labels', strict: true, schema: ANSWER_SCHEMA } },
    });
  }
}

function refusalOf(error: unknown): LanguageModelRefusal {
  if (isBrokenCircuitError(error)) return 'paused';
  if (error instanceof CallerGoneError) return 'abandoned';
  return error instanceof BadAnswerError ? error.refusal : 'unfitting';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadAnswerError('the answer is not JSON: does CLASSIFIER_LLM_URL end with /v1?');
  }
}

function statusReason(status: number): string {
  if (status === 401 || status === 403) return `HTTP ${status}: check CLASSIFIER_LLM_KEY`;
  if (status === 404) return 'HTTP 404: check CLASSIFIER_LLM_URL and CLASSIFIER_LLM_MODEL';
  return `HTTP ${status}`;
}

/** The code of the socket; the messages of fetch may carry the address. */
function causeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? 'unknown reason';
}
