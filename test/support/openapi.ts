import {
  type AnswerHeaders,
  problemsOfHeaders,
  problemsOfRequest,
  problemsOfRequestHeaders,
  problemsOfResponse,
} from '../../scripts/contract/schema';

export * from '../../scripts/contract/schema';

function failOn(what: string, problems: string[]): void {
  if (problems.length) throw new Error(`${what} does not fit docs/openapi.yaml:\n  ${problems.join('\n  ')}`);
}

/** Throws, with a line for each problem, where the body of a request does not fit the document. */
export function expectRequest(operationId: string, body: unknown): void {
  failOn(`The request of ${operationId}`, problemsOfRequest(operationId, body));
}

/** Throws, with a line for each problem, where the body of an answer does not fit the document. */
export function expectResponse(operationId: string, status: number, body: unknown): void {
  failOn(`The answer ${status} of ${operationId}`, problemsOfResponse(operationId, status, body));
}

/** Throws where the headers of an answer do not fit the document. */
export function expectHeaders(operationId: string, status: number, headers: AnswerHeaders): void {
  failOn(`The headers of the answer ${status} of ${operationId}`, problemsOfHeaders(operationId, status, headers));
}

/** Throws where the headers of a request do not fit the document. */
export function expectRequestHeaders(operationId: string, headers: AnswerHeaders): void {
  failOn(`The headers of the request of ${operationId}`, problemsOfRequestHeaders(operationId, headers));
}
