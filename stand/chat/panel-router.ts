import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { type Fault, FaultError } from '../accounting/faults';
import { type Accounting } from '../accounting/server';
import { type AskedWords } from './asked-words';
import { type BotProcess, describeLine, type LogLine } from './bot-process';
import { QuestionJournal } from './question-journal';

export interface PanelParts {
  bot: BotProcess;
  accounting: Pick<Accounting, 'faults' | 'events'>;
  asked: AskedWords;
  /** What to ask, in the supplier's words, with articles of the loaded catalogue. */
  examples: readonly string[];
  /** What the accounting stand has loaded, in one line for people. */
  catalogue: string;
}

const KEEP_ALIVE_MS = 15_000;

/**
 * The panel's API. `GET /events` is an event stream that begins with a `snapshot` of all there is, so that a page that
 * reconnects needs nothing else; then `question`, `bot`, `log` and `faults` as they change.
 */
export function panelRouter({ bot, accounting, asked, examples, catalogue }: PanelParts): Router {
  const { faults } = accounting;
  const router = Router();
  const journal = new QuestionJournal(bot, asked);
  const streams = new Set<Response>();
  const send = (event: string, data: unknown, to: Iterable<Response> = streams) => {
    for (const stream of to) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const log = () => bot.lines.map(logEntry);

  accounting.events.on('request', (request) => journal.noteRequest(request));
  accounting.events.on('fault', (fault) => send('faults', fault));
  journal.on('question', (question) => send('question', question));
  bot.on('status', (status) => send('bot', status));
  bot.on('line', (line) => send('log', logEntry(line)));

  router.use(express.json({ limit: '16kb' }));

  router.get('/events', (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const questions = journal.questions;
    send('snapshot', { questions, bot: bot.status, log: log(), faults: faults.current, examples, catalogue }, [
      response,
    ]);
    streams.add(response);
    const keepAlive = setInterval(() => response.write(': \n\n'), KEEP_ALIVE_MS);
    request.on('close', () => {
      clearInterval(keepAlive);
      streams.delete(response);
    });
  });

  router.get('/faults', (_request, response) => void response.json(faults.current));
  router.put('/faults', async (request: Request, response: Response) => {
    await faults.set(faultOf(request.body));
    response.json(faults.current);
  });
  router.delete('/faults', async (_request, response) => {
    await faults.clear();
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

  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (!(error instanceof FaultError)) return next(error);
    response.status(400).json({ error: error.message });
  });
  return router;
}

/** What the page shows of a log line. */
function logEntry(line: LogLine): { level: number; text: string } {
  return { level: line.level, text: describeLine(line) };
}

/** The switch itself holds the fields to their rules. @throws FaultError for what is not an object */
function faultOf(body: unknown): Fault {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new FaultError('The body must be a JSON object such as {"mode":"status","status":503}');
  }
  return body as Fault;
}
