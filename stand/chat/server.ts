import { once } from 'node:events';
import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { type LocalTelegram } from '../telegram/server';
import { AskedWords } from './asked-words';
import { panelRouter, type PanelParts } from './panel-router';

export interface ChatServerOptions extends Omit<PanelParts, 'asked'> {
  /** Its people's side is served under `/tg`. */
  telegram: Pick<LocalTelegram, 'router' | 'events' | 'user'>;
  /** 0 takes a free port. */
  port: number;
}

export interface ChatServer {
  /** The page's address, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Messages carry what anybody wrote: the page may load and run nothing but its own files. */
const PAGE_POLICY =
  "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Serves the chat page, the user's side of the local Telegram (`/tg`) and the panel (`/panel`) on 127.0.0.1.
 * @throws the error of `listen`, for example EADDRINUSE where the port is taken
 */
export async function startChatServer({ port, telegram, ...panel }: ChatServerOptions): Promise<ChatServer> {
  const asked = new AskedWords();
  asked.listen(telegram.events);

  const app = express();
  app.disable('x-powered-by');
  app.use(ownPagesOnly, protect);
  app.use('/tg/files', sandbox);
  app.post('/tg/chats/:id/callbacks', express.json(), notePress(telegram, asked));
  app.use('/tg', telegram.router);
  app.use('/panel', panelRouter({ ...panel, asked }));
  app.use(express.static(path.join(__dirname, 'page'), { cacheControl: false }));
  app.use((_request: Request, response: Response) => void response.status(404).json({ error: 'Нет такого адреса' }));
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const { status = 500, message } = error as { status?: number; message?: string };
    response.status(status).json({ error: message ?? 'Ошибка стенда' });
  });

  const server: Server = app.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Event streams of open pages would hold the server for ever.
        server.closeAllConnections();
      }),
  };
}

/** Notes the words on a button that is pressed. */
function notePress(telegram: Pick<LocalTelegram, 'user'>, asked: AskedWords): RequestHandler {
  return (request, _response, next) => {
    const { messageId, data } = (request.body ?? {}) as { messageId?: unknown; data?: unknown };
    const { id, messages } = telegram.user(Number(request.params.id));
    const message = messages.find(({ message_id }) => message_id === messageId);
    const button = message?.reply_markup?.inline_keyboard?.flat().find((one) => one.callback_data === data);
    if (button) asked.note(id, button.text, { pressed: true });
    next();
  };
}

/** Refuses what a page of another site sends to this machine. */
function ownPagesOnly(request: Request, response: Response, next: NextFunction): void {
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) {
    response.status(403).json({ error: 'Запрос с чужой страницы' });
    return;
  }
  next();
}

function protect(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Content-Security-Policy', PAGE_POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  next();
}

/** A file that somebody sent must not act as a page of ours when it is opened. */
function sandbox(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
  next();
}
