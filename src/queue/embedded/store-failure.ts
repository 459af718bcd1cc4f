import { QueueUnavailableError } from '../durable-queue';

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const SQLITE_PERM = 3;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** After these nobody knows what the connection still holds true: it is opened anew. */
const BREAKING = [SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_READONLY];

/** SQLite's own texts of these codes: the library leaves the code out of what some of its methods throw. */
const CODES_BY_TEXT: Record<string, number> = {
  'database is locked': SQLITE_BUSY,
  'attempt to write a readonly database': SQLITE_READONLY,
  'disk I/O error': SQLITE_IOERR,
  'database disk image is malformed': SQLITE_CORRUPT,
  'database or disk is full': SQLITE_FULL,
  'unable to open database file': SQLITE_CANTOPEN,
  'file is not a database': SQLITE_NOTADB,
};

interface SqliteError {
  code: 'ERR_SQLITE_ERROR';
  message: string;
  /** Extended result code. */
  errcode?: number;
}

function isSqliteError(error: unknown): error is SqliteError {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}

/** An error of node:fs. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

function primaryCodeOf(error: unknown): number | undefined {
  if (!isSqliteError(error)) return undefined;
  return error.errcode === undefined ? CODES_BY_TEXT[error.message] : error.errcode & 0xff;
}

/** Whether the connection must be opened anew before it is used again. */
export function breaksConnection(error: unknown): boolean {
  const code = primaryCodeOf(error);
  return code !== undefined && BREAKING.includes(code);
}

/**
 * What an operator can do about a failure of the file or its folder.
 *
 * @param path of the file
 * @returns the error as it is where it is no failure of the store
 */
export function storeFailure(error: unknown, path: string): unknown {
  const cause = error;
  const unavailable = (message: string) => new QueueUnavailableError(message, { cause });
  const full = () => unavailable(`The disk of ${path} is full: free some space, the queues go on by themselves then`);
  const failing = (why: string) =>
    unavailable(`The disk of ${path} fails (${why}): check its free space and its health`);
  const cannotWrite = (why: string) =>
    unavailable(
      `The queues cannot be written to ${path} (${why}): give the user of the process the right to write to that folder, or set DATA_DIR to another one`,
    );
  if (isSqliteError(error)) {
    const why = error.message;
    switch (primaryCodeOf(error)) {
      case SQLITE_BUSY:
        return unavailable(
          `The queues in ${path} are in use by another process: stop it, give each process a DATA_DIR of its own, or set REDIS_URL to run several replicas`,
        );
      case SQLITE_FULL:
        return full();
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        return unavailable(
          `The file of the queues ${path} is damaged (${why}): stop the bot, move it away together with ${path}-wal and start again; "sqlite3 ${path} .recover" may bring back what was waiting in it`,
        );
      case SQLITE_PERM:
      case SQLITE_READONLY:
      case SQLITE_CANTOPEN:
        return cannotWrite(why);
      case SQLITE_IOERR:
        return failing(why);
      default:
        return error;
    }
  }
  if (isSystemError(error)) {
    const code = String(error.code);
    if (code === 'ENOSPC' || code === 'EDQUOT') return full();
    return code === 'EIO' ? failing(code) : cannotWrite(code);
  }
  return error;
}
