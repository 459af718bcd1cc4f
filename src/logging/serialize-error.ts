/** An error in the log. */
export interface SerializedError {
  type: string;
  message: string;
  code?: string | number;
  status?: number;
  stack?: string;
  cause?: SerializedError | string;
  errors?: (SerializedError | string)[];
}

const MAX_DEPTH = 5;

/**
 * What the log keeps of an error and its causes. Only what is named here passes: the errors of HTTP clients carry the
 * whole request along, with its headers, keys and data.
 */
export function serializeError(error: unknown, depth = 0): SerializedError | string {
  if (!(error instanceof Error)) {
    return typeof error === 'string' ? error : Object.prototype.toString.call(error);
  }
  const { code, status } = error as { code?: unknown; status?: unknown };
  const nested = (inner: unknown) => serializeError(inner, depth + 1);
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || depth >= MAX_DEPTH ? {} : { cause: nested(error.cause) }),
    ...(error instanceof AggregateError && depth < MAX_DEPTH ? { errors: error.errors.map(nested) } : {}),
  };
}
