import { EventEmitter } from 'node:events';
import { type RequestRecord } from '../accounting/request-log';
import { type AskedWords } from './asked-words';
import { type BotProcess, type LogLine } from './bot-process';

export interface AttemptRecord {
  /** HTTP status, or null where no answer came. */
  status: number | null;
  /** Code of the failure where there was no answer, for example ECONNREFUSED. */
  code: string | null;
  ms: number;
}

export interface OneCCall {
  operation: string;
  requestId: string;
  attempts: AttemptRecord[];
  /** All attempts with the pauses between them; null while under way. */
  ms: number | null;
}

/** What the bot did for one question; a card of the panel. */
export interface QuestionRecord {
  id: number;
  chatId: number;
  /** Milliseconds since the epoch when the question was understood (or answered, where nothing had to be understood). */
  at: number;
  /** `open` until the bot has answered; `interrupted`: it ended before. */
  state: 'open' | 'done' | 'interrupted';
  /** What was asked, as the person wrote it or as the button says it. */
  words: string | null;
  intents: string[];
  /** Null until something was understood: a chat that is not connected is turned away before. */
  sure: boolean | null;
  articles: string[];
  order: string | null;
  product: string | null;
  period: { from: string; to: string } | null;
  /** How each topic of the question ended. */
  outcomes: string[];
  /** What Telegram made of the answer, for example `sent` or `blocked`. */
  sent: string | null;
  cache: { hits: number; misses: number; joined: number } | null;
  onec: OneCCall[];
  ms: number | null;
}

const KEPT_QUESTIONS = 100;

/**
 * Joins the bot's log lines `understood` and `question` into one record a question, newest last.
 *
 * The bot answers the messages of a chat in order, hence at most one question of a chat is open. Emits `question` with the
 * record each time it changes.
 */
export class QuestionJournal extends EventEmitter<{ question: [QuestionRecord] }> {
  private readonly records: QuestionRecord[] = [];
  private lastId = 0;

  constructor(
    bot: BotProcess,
    private readonly asked: AskedWords,
  ) {
    super();
    bot.on('line', (line) => this.read(line));
    bot.on('status', ({ state }) => {
      if (state === 'stopped' || state === 'failed') this.interrupt();
      if (state === 'starting') asked.renew();
    });
  }

  get questions(): readonly QuestionRecord[] {
    return this.records;
  }

  /**
   * Shows an attempt that the accounting stand saw before the bot's own account of it arrives. Where several chats wait
   * for an answer at once, the stand cannot tell for which of them it was, and the attempt is left to the bot's account.
   */
  noteRequest(request: RequestRecord): void {
    const open = this.records.filter((record) => record.state === 'open');
    const record = open[0];
    if (!record || open.length > 1) return;
    let call = record.onec.find(({ requestId }) => requestId === request.requestId);
    if (!call) {
      call = { operation: request.operation, requestId: request.requestId, attempts: [], ms: null };
      record.onec.push(call);
    }
    const { status, fault, ms } = request;
    call.attempts.push({ status: status === 0 ? null : status, code: status === 0 ? (fault ?? null) : null, ms });
    this.emit('question', record);
  }

  private read(line: LogLine): void {
    if (line.event === 'understood') this.open(line);
    if (line.event === 'question') this.close(line);
  }

  private open(line: LogLine): void {
    const chatId = Number(line.chatId);
    this.interrupt(chatId);
    this.emit('question', this.add(chatId, line));
  }

  private close(line: LogLine): void {
    const chatId = Number(line.chatId);
    const record = this.openOf(chatId) ?? this.add(chatId, line);
    record.state = 'done';
    if (line.intents !== undefined) record.intents = strings(line.intents);
    if (line.articles !== undefined) record.articles = strings(line.articles);
    if (line.order !== undefined) record.order = textOrNull(line.order);
    record.outcomes = textOrNull(line.outcome)?.split('+') ?? [];
    record.sent = textOrNull(line.sent);
    record.cache = readCache(line.cache);
    record.onec = readCalls(line.onec);
    record.ms = numberOrNull(line.ms);
    this.emit('question', record);
  }

  private add(chatId: number, line: LogLine): QuestionRecord {
    const record: QuestionRecord = {
      id: ++this.lastId,
      chatId,
      at: line.time,
      state: 'open',
      words: this.asked.take(chatId, line.time),
      intents: strings(line.intents),
      sure: typeof line.sure === 'boolean' ? line.sure : null,
      articles: strings(line.articles),
      order: textOrNull(line.order),
      product: textOrNull(line.product),
      period: isObject(line.period) ? { from: String(line.period.from), to: String(line.period.to) } : null,
      outcomes: [],
      sent: null,
      cache: null,
      onec: [],
      ms: null,
    };
    this.records.push(record);
    if (this.records.length > KEPT_QUESTIONS) this.records.shift();
    return record;
  }

  private openOf(chatId: number): QuestionRecord | undefined {
    return this.records.find((record) => record.chatId === chatId && record.state === 'open');
  }

  private interrupt(chatId?: number): void {
    for (const record of this.records) {
      if (record.state !== 'open' || (chatId !== undefined && record.chatId !== chatId)) continue;
      record.state = 'interrupted';
      this.emit('question', record);
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const textOrNull = (value: unknown): string | null =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : null;
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function readCache(value: unknown): QuestionRecord['cache'] {
  if (!isObject(value)) return null;
  return { hits: Number(value.hits ?? 0), misses: Number(value.misses ?? 0), joined: Number(value.joined ?? 0) };
}

function readCalls(value: unknown): OneCCall[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((call) => ({
    operation: textOrNull(call.operation) ?? '',
    requestId: textOrNull(call.requestId) ?? '',
    attempts: (Array.isArray(call.attempts) ? call.attempts : []).filter(isObject).map((attempt) => ({
      status: numberOrNull(attempt.status),
      code: textOrNull(attempt.code),
      ms: Number(attempt.ms ?? 0),
    })),
    ms: numberOrNull(call.ms),
  }));
}
