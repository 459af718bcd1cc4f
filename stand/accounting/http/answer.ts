import { type ServerResponse } from 'node:http';
import { Problem } from '../problem';

/** An answer before it is sent. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const NO_STORE = { 'Cache-Control': 'no-store' };

/** @param cacheControl how long, and for whom, the answer may be kept (contract, Caching) */
export function jsonAnswer(value: unknown, cacheControl = 'no-store'): Answer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': cacheControl },
    body: JSON.stringify(value),
  };
}

/** @param error a Problem, or a fault of the stand itself */
export function problemAnswer(error: unknown): Answer {
  const problem =
    error instanceof Problem
      ? error
      : new Problem(500, 'internal_error', error instanceof Error ? error.message : String(error));
  return {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', ...NO_STORE, ...problem.headers },
    body: JSON.stringify(problem),
  };
}

/** What the web server in front of 1C answers when it fails. */
export function htmlAnswer(status: number): Answer {
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', ...NO_STORE },
    body: '<!DOCTYPE html><html><head><title>Ошибка</title></head><body><h1>Ошибка HTTP-сервиса 1С</h1></body></html>',
  };
}

/** @param bom whether a byte order mark goes first, as some versions of 1C write it */
export function send(response: ServerResponse, { status, headers, body }: Answer, bom = false): void {
  const bytes = Buffer.from(bom ? `\ufeff${body}` : body);
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length }).end(bytes);
}
