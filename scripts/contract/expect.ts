import { type Operation, type ResponseOf } from '../../src/onec/contract';
import { type NoReply, type Reply } from './client';
import { cure, type Cure, type CureCode } from './cures';
import { Failed } from './outcome';
import { documentedOperations, documentedStatuses, problemsOf, problemsOfHeaders, problemsOfResponse } from './schema';
import { joined, same, type Text, text } from './text';

const SHOWN_PROBLEMS = 3;
const SHOWN_CHARACTERS = 120;
const EXPIRED = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/;
const OTHER_NAME = /ALTNAME|HOSTNAME/;
const CERTIFICATE = /CERT|^UNABLE_TO_|^INVALID_CA$/;
const TLS = /^(EPROTO|ERR_SSL|ERR_TLS)/;
const UNREACHABLE = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'];
const BROKEN_OFF = ['ECONNRESET', 'EPIPE', 'HPE_INVALID_CONSTANT', 'HPE_CR_EXPECTED', 'ECONNABORTED'];

/** An answer that fits the document: there every member of an answer itself is required. */
export type AnswerOf<O extends Operation> = Required<ResponseOf<O>>;

/** @returns the operation, and what came, shortened, on one line */
export function shown(reply: Reply | NoReply): Text {
  if (reply.kind === 'none') {
    return reply.code === 'timeout'
      ? text(
          `${reply.operation}: нет ответа за ${reply.deadlineMs} мс`,
          `${reply.operation}: no answer in ${reply.deadlineMs} ms`,
        )
      : same(`${reply.operation}: ${reply.code} (${reply.detail})`);
  }
  const line = reply.text.replace(/\s+/g, ' ').trim();
  const body = line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}…` : line;
  return same(`${reply.operation}: ${reply.status} ${body}`.trim());
}

/** Throws Failed, with what was seen and the cure. */
export function fail(seen: Text, code: CureCode | Cure): never {
  throw new Failed(seen, typeof code === 'string' ? cure(code) : code);
}

/** An answer came: else Failed. */
export function expectReply(reply: Reply | NoReply): Reply {
  if (reply.kind === 'reply') return reply;
  return fail(shown(reply), cureOfSilence(reply));
}

function cureOfSilence({ code }: NoReply): CureCode {
  if (code === 'timeout') return 'no-answer-in-time';
  if (UNREACHABLE.includes(code)) return 'nobody-listens';
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return 'unknown-host';
  if (BROKEN_OFF.includes(code)) return 'connection-reset';
  if (EXPIRED.test(code)) return 'certificate-expired';
  if (OTHER_NAME.test(code)) return 'certificate-other-name';
  if (CERTIFICATE.test(code) || /^(DEPTH_ZERO_)?SELF_SIGNED/.test(code)) return 'certificate-not-trusted';
  return TLS.test(code) ? 'tls-handshake' : 'connection-failed';
}

/** What an answer that should have been 200 means. */
function cureOfStatus(reply: Reply): CureCode {
  const { status } = reply;
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 401) return 'user-needed';
  if (status === 403) return 'access-refused';
  if (status === 429) return 'too-many-requests';
  if ((status === 404 || status === 405) && !isOfContract(reply)) return 'not-published';
  if (isPage(reply)) return 'html-page';
  if (status >= 500) return 'server-error';
  return 'error-code';
}

function mediaTypeOf({ headers }: Reply): string {
  return (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function isProblem(reply: Reply): boolean {
  return mediaTypeOf(reply) === 'application/problem+json';
}

/** Whether a 404 comes from the contract's own code, and not from a web server that does not know the path. */
function isOfContract(reply: Reply): boolean {
  return isProblem(reply) && /"code"\s*:\s*"(supplier|order|code)_not_found"/.test(reply.text);
}

function isPage(reply: Reply): boolean {
  return mediaTypeOf(reply).includes('html') || /^\s*<(!doctype|html)/i.test(reply.text);
}

/** The object that a body holds: else Failed. */
function parsed(reply: Reply): unknown {
  if (isPage(reply)) fail(shown(reply), 'html-page');
  if (!reply.isUtf8) fail(shown(reply), 'not-utf8');
  try {
    return JSON.parse(reply.text) as unknown;
  } catch {
    return fail(shown(reply), 'not-json');
  }
}

function firstOf(problems: readonly string[]): Text {
  const more = problems.length - SHOWN_PROBLEMS;
  const lines = problems.slice(0, SHOWN_PROBLEMS).map(same);
  return joined(more > 0 ? [...lines, text(`и ещё ${more}`, `and ${more} more`)] : lines);
}

function failOnProblems({ operation, status }: Reply, problems: readonly string[], code: CureCode): void {
  if (problems.length > 0) fail(joined([same(`${operation}: ${status}`), firstOf(problems)], ' '), code);
}

/**
 * The answer is 200 and fits the document, headers included: else Failed.
 *
 * @param code the cure where the request was refused although it is right; without it the status decides
 */
export function expectAnswer<O extends Operation>(
  operation: O,
  answered: Reply | NoReply,
  code?: CureCode,
): AnswerOf<O> {
  const reply = expectReply(answered);
  if (reply.status !== 200) {
    const general = cureOfStatus(reply);
    fail(shown(reply), general === 'error-code' ? (code ?? general) : general);
  }
  const body = parsed(reply);
  failOnProblems(reply, problemsOfResponse(operation, 200, body), 'schema');
  failOnProblems(reply, problemsOfHeaders(operation, 200, reply.headers), 'content-type');
  return body as AnswerOf<O>;
}

/** An expected refusal. */
export interface Refusal {
  status: number | readonly number[];
  code: string | readonly string[];
}

export const BAD_REQUEST: Refusal = { status: 400, code: 'bad_request' };
export const FORBIDDEN: Refusal = { status: 403, code: 'forbidden' };
export const SUPPLIER_NOT_FOUND: Refusal = { status: 404, code: 'supplier_not_found' };
export const NOT_SUPPORTED: Refusal = { status: 422, code: 'not_supported' };

/**
 * The answer is a refusal of the documented form: else Failed.
 *
 * @param code the cure where the server did not refuse, or refused with something else
 */
export function expectRefusal(operation: string, answered: Reply | NoReply, refusal: Refusal, code: CureCode): Reply {
  const reply = expectReply(answered);
  const statuses = [refusal.status].flat();
  const codes = [refusal.code].flat();
  const wanted = text(
    `ожидалось ${statuses.join('/')} ${codes.join('/')}`,
    `expected ${statuses.join('/')} ${codes.join('/')}`,
  );
  const seen = joined([shown(reply), wanted]);
  if (!statuses.includes(reply.status)) {
    const general = reply.status === 200 ? undefined : cureOfStatus(reply);
    fail(seen, general === undefined || general === 'error-code' || general === 'access-refused' ? code : general);
  }
  const body = parsed(reply);
  if (!isProblem(reply)) fail(joined([seen, same(`Content-Type: ${mediaTypeOf(reply) || '-'}`)]), 'content-type');
  const isDocumented = documentedOperations.includes(operation) && documentedStatuses(operation).includes(reply.status);
  // What the document does not name for an operation, such as 413, is a problem all the same.
  const general = problemsOf('#/components/schemas/Problem', body);
  failOnProblems(reply, general, 'problem-form');
  const { status: told, code: seenCode } = body as { status: number; code: string };
  if (told !== reply.status) fail(joined([seen, same(`"status": ${told}`)]), 'problem-form');
  if (!codes.includes(seenCode)) fail(seen, 'error-code');
  if (isDocumented) failOnProblems(reply, problemsOfResponse(operation, reply.status, body), 'problem-form');
  return reply;
}
