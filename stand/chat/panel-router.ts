import { type EventEmitter } from 'node:events';
import express, { type Request, type Response, Router } from 'express';
import { type BotProcess, describeLine, type LogLine } from './bot-process';
import { type AccountingRequest, QuestionJournal } from './question-journal';

/** How the accounting stand fails. */
export const FAULT_MODES = [
  'none',
  'status',
  'hang',
  'html',
  'broken-json',
  'refused',
  'wrong-schema',
  'reset',
] as const;

export interface Fault {
  mode: (typeof FAULT_MODES)[number];
  /** With `status`: the HTTP status. */
  status?: number;
  /** With `status`: the `Retry-After`, in seconds. */
  retryAfter?: number;
  /** Added to every answer. */
  latencyMs?: number;
}

export interface FaultSwitches {
  readonly current: Fault;
  set(fault: Fault): void | Promise<void>;
  clear(): void | Promise<void>;
}

export interface PanelParts {
  bot: BotProcess;
  faults: FaultSwitches;
  /** Emits `request` for every attempt that reaches the accounting stand. */
  requests: EventEmitter<{ request: [AccountingRequest] }>;
  /** What to ask, in the supplier's words, with articles of the loaded catalogue. */
  examples: readonly string[];
  /** What the accounting stand has loaded, in one line for people. */
  catalogue: string;
}

const KEEP_ALIVE_MS = 15_000;
const MAX_LATENCY_MS = 60_000;

/**
 * The panel's API. `GET /events` is an event stream that begins with a `snapshot` of all there is, so that a page that
 * reconnects needs nothing else; then `question`, `bot`, `log` and `faults` as they change.
 */
export function panelRouter({ bot, faults, requests, examples, catalogue }: PanelParts): Router {
  const router = Router();
  const journal = new QuestionJournal(bot);
  const streams = new Set<Response>();
  const send = (event: string, data: unknown, to: Iterable<Response> = streams) => {
    for (const stream of to) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const log = () => bot.lines.map(logEntry);

  requests.on('request', (request) => journal.noteRequest(request));
  journal.on('question', (question) => send('question', question));
  bot.on('status', (status) => send('bot', status));
  bot.on('line', (line) => send('log', logEntry(line)));

  router.use(express.json({ limit: '16kb' }));

  router.get('/events', (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    send(
      'snapshot',
      { questions: journal.questions, bot: bot.status, log: log(), faults: faults.current, examples, catalogue },
      [response],
    );
    streams.add(response);
    const keepAlive = setInterval(() => response.write(': \n\n'), KEEP_ALIVE_MS);
    request.on('close', () => {
      clearInterval(keepAlive);
      streams.delete(response);
    });
  });

  router.get('/faults', (_request, response) => void response.json(faults.current));
  router.put('/faults', async (request: Request, response: Response) => {
    const fault = readFault(request.body);
    if (typeof fault === 'string') {
      response.status(400).json({ error: fault });
      return;
    }
    await faults.set(fault);
    send('faults', faults.current);
    response.json(faults.current);
  });
  router.delete('/faults', async (_request, response) => {
    await faults.clear();
    send('faults', faults.current);
    response.json(faults.current);
  });

  router.get('/bot', (_request, response) => void response.json({ ...bot.status, log: log() }));
  router.post('/bot/restart', async (_request, response) => {
    try {
      await bot.restart();
      response.json(bot.status);
    } catch (error) {
      response.status(502).json({ error: (error as Error).message });
    }
  });
  return router;
}

/** What the page shows of a log line. */
function logEntry(line: LogLine): { level: number; text: string } {
  return { level: line.level, text: describeLine(line) };
}

/** Reads a fault from a request, or says what is wrong with it. */
function readFault(body: unknown): Fault | string {
  if (typeof body !== 'object' || body === null) return 'Нужен JSON-объект, например {"mode":"status","status":503}';
  const { mode, status, retryAfter, latencyMs } = body as Record<string, unknown>;
  const known = FAULT_MODES.find((name) => name === mode);
  if (!known) return `mode: одно из ${FAULT_MODES.join(', ')}`;
  const fault: Fault = { mode: known };
  if (known === 'status') {
    if (!isWithin(status, 400, 599)) return 'status: целое число от 400 до 599';
    fault.status = status;
  }
  if (retryAfter !== undefined) {
    if (!isWithin(retryAfter, 0, 3600)) return 'retryAfter: секунды, целое число от 0 до 3600';
    fault.retryAfter = retryAfter;
  }
  if (latencyMs !== undefined) {
    if (!isWithin(latencyMs, 0, MAX_LATENCY_MS))
      return `latencyMs: миллисекунды, целое число от 0 до ${MAX_LATENCY_MS}`;
    fault.latencyMs = latencyMs;
  }
  return fault;
}

const isWithin = (value: unknown, from: number, to: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
