import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { stdTimeFunctions } from 'pino';
import { type Options } from 'pino-http';
import { secretsOf } from '../config/secrets';
import { type Settings } from '../config/settings';
import { createMask } from './mask-secrets';
import { serializeError } from './serialize-error';

/** Keys that hold a secret wherever an object of the log has them; the mask below knows values, not names. */
const SECRET_KEYS = [
  'authorization',
  'x-api-key',
  'x-telegram-bot-api-secret-token',
  'cookie',
  'apiKey',
  'password',
  'token',
];

const redactedPaths = SECRET_KEYS.flatMap((key) =>
  ['', '*', '*.*', 'err.cause.*', 'err.cause.cause.*'].map((parent) => `${parent}["${key}"]`),
);

/**
 * The log: one JSON object a line on stdout, level by name, time in ISO 8601, every line masked before it is written.
 */
export function loggerOptions(settings: Settings): Options {
  const mask = createMask(secretsOf(settings));
  return {
    level: settings.logLevel,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    redact: { paths: redactedPaths, censor: '***' },
    hooks: { streamWrite: mask },
    wrapSerializers: false,
    serializers: {
      err: serializeError,
      error: serializeError,
      req: ({ id, method, url }: IncomingMessage) => ({ id, method, path: url?.split('?')[0] }),
      res: ({ statusCode }: ServerResponse) => ({ status: statusCode }),
    },
    quietReqLogger: true,
    genReqId: requestId,
    autoLogging: { ignore: ({ url }) => /^\/(health|metrics)\b/.test(url ?? '') },
  };
}

/** The id that the caller gave, where it is one, else a new one; returned in the same header. */
function requestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}
