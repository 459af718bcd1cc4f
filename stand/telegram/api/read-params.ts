import { type IncomingMessage } from 'node:http';
import { BotApiError, badRequest } from '../bot-api-error';
import { LIMITS } from '../limits';
import { readMultipart } from './multipart';
import { RequestParams } from './request-params';

/** Bytes of a body that carries no file. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Reads the parameters of a call from the query and from the body (JSON, form or multipart); the body wins.
 * Serves a bot's request and its answer to a webhook alike.
 *
 * @param query what stands behind the question mark
 * @throws BotApiError 400 for a body that cannot be read, 413 for one that is too large
 */
export async function readParams(message: IncomingMessage, query = ''): Promise<RequestParams> {
  const fromQuery = query === '' ? {} : formValues(query);
  const type = message.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    const { fields, files } = await readMultipart(message, LIMITS.uploadBytes);
    return new RequestParams({ ...fromQuery, ...fields }, files);
  }
  const body = await readBody(message);
  if (body === '') {
    return new RequestParams(fromQuery);
  }
  const values = type.startsWith('application/json') ? jsonValues(body) : formValues(body);
  return new RequestParams(query === '' ? values : { ...fromQuery, ...values });
}

const formValues = (text: string): Record<string, unknown> => Object.fromEntries(new URLSearchParams(text));

function jsonValues(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("can't parse request body: it is not JSON");
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest("can't parse request body: JSON object expected");
  }
  return value as Record<string, unknown>;
}

function readBody(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) {
        reject(new BotApiError(413, 'Request Entity Too Large'));
      } else {
        chunks.push(chunk);
      }
    });
    message.on('end', () => resolve(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString()));
    message.on('error', reject);
  });
}
