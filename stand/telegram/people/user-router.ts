import { contentType } from 'mime-types';
import { json, Router, type NextFunction, type Request, type Response } from 'express';
import { type Fault, type Faults } from '../api/faults';
import { readMultipart } from '../api/multipart';
import { BotApiError } from '../bot-api-error';
import { type Conversation } from '../chats/conversation';
import { type EventStreams } from './event-streams';
import { PersonError } from './person-error';
import { type PersonSide } from './person-side';

/** Bytes of a file that a person may send to the bot. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;

/**
 * What people do, over HTTP, for a chat page; to be mounted under any prefix. Bodies are JSON; an error is
 * `{"error": "what is wrong"}` with a fitting status.
 */
export function userRouter(side: PersonSide, streams: EventStreams, faults: Faults): Router {
  const { conversations, files, profile } = side.parts;
  const router = Router();
  const chat = ({ params }: Request): Conversation => side.conversation(Number(params.id));

  router.get('/events', (_request, response) => streams.start(response));
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  router.get('/people', (_request, response) => {
    response.json(conversations.people);
  });
  router.get('/bot', (_request, response) => {
    response.json(profile.user);
  });
  router.get('/commands', (request, response) => {
    const { person } = side.conversation(Number(request.query.user));
    response.json(profile.commandsFor(person.id, person.languageCode));
  });
  router.get('/files/:fileId', (request, response) => {
    const file = files.find(request.params.fileId);
    if (file === undefined) {
      throw new PersonError(404, 'There is no such file');
    }
    response
      .attachment(file.name)
      .type(contentType(file.mimeType) || 'application/octet-stream')
      .send(file.content);
  });

  router.get('/chats/:id/messages', (request, response) => {
    response.json(chat(request).history);
  });
  router.post('/chats/:id/files', async (request, response) => {
    const to = chat(request);
    const file = (await readMultipart(request, MAX_FILE_BYTES)).files.get('file');
    if (file === undefined) {
      throw new PersonError(400, 'Send the file as the multipart field "file"');
    }
    response.status(201).json(side.sendDocument(to, file));
  });

  router.use(json({ limit: '1mb' }));
  router.post('/chats/:id/messages', (request, response) => {
    response.status(201).json(side.sendText(chat(request), requiredString(request, 'text')));
  });
  router.post('/chats/:id/contact', (request, response) => {
    response.status(201).json(side.sendContact(chat(request)));
  });
  router.post('/chats/:id/callbacks', (request, response) => {
    const messageId = Number(bodyOf(request).messageId);
    response.status(201).json({ id: side.press(chat(request), messageId, requiredString(request, 'data')) });
  });
  router.post('/chats/:id/block', (request, response) => {
    side.block(chat(request));
    response.status(204).end();
  });
  router.post('/chats/:id/unblock', (request, response) => {
    side.unblock(chat(request));
    response.status(204).end();
  });
  router.post('/chats/:id/clear', (request, response) => {
    chat(request).clear();
    response.status(204).end();
  });

  router.get('/faults', (_request, response) => {
    response.json(faults.list());
  });
  router.put('/faults', (request, response) => {
    for (const fault of [request.body as Fault | Fault[]].flat()) {
      faults.set(fault);
    }
    response.json(faults.list());
  });
  router.delete('/faults', (request, response) => {
    const { method } = request.query;
    faults.clear(typeof method === 'string' ? method : undefined);
    response.status(204).end();
  });

  router.use(sayError);
  return router;
}

function bodyOf(request: Request): Record<string, unknown> {
  const body: unknown = request.body;
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function requiredString(request: Request, name: string): string {
  const value = bodyOf(request)[name];
  if (typeof value !== 'string') {
    throw new PersonError(400, `The body must be JSON with the string "${name}"`);
  }
  return value;
}

function sayError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  const status = statusOf(error);
  if (status === undefined || response.headersSent) {
    next(error);
    return;
  }
  response.status(status).json({ error: (error as Error).message });
}

/** @returns nothing for an error of our own making, which is not the caller's to hear of */
function statusOf(error: unknown): number | undefined {
  if (error instanceof PersonError) {
    return error.status;
  }
  if (error instanceof BotApiError) {
    return error.code;
  }
  if (error instanceof RangeError) {
    return 400;
  }
  // Of express: a body that is not JSON or is too large.
  const { status } = error as { status?: unknown };
  return typeof status === 'number' && status < 500 ? status : undefined;
}
