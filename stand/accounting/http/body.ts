import { type IncomingMessage } from 'node:http';
import { TextDecoder } from 'node:util';
import { Problem } from '../problem';

/** Larger bodies are refused: a hundred articles need a tenth of it. */
export const MAX_BODY_BYTES = 64 * 1024;

/**
 * @returns the parsed JSON of a request; UTF-8 with or without a byte order mark
 * @throws Problem 413 for a body that is too large, 400 for one that is no JSON
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request);
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json(?:\s*;|$)/i.test(type)) {
    throw new Problem(400, 'bad_request', 'Content-Type: must be application/json; charset=utf-8');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(400, 'bad_request', `body: must be JSON in UTF-8 (${reason})`);
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the request: its answer would be lost with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The rest of the body is not read, so that the connection cannot be used again. */
function tooLarge(): Problem {
  return new Problem(413, 'bad_request', `body: must not exceed ${MAX_BODY_BYTES} bytes`, { Connection: 'close' });
}
