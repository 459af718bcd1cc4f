import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ErrorObject, type ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** Where the document lies, for tools that read it by themselves. */
export const OPENAPI_FILE = resolve(__dirname, '../../docs/openapi.yaml');

const PROBLEM_JSON = 'application/problem+json';
const JSON_TYPE = 'application/json';
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

type JsonObject = Record<string, unknown>;

interface OperationObject extends JsonObject {
  operationId: string;
  parameters?: JsonObject[];
  requestBody?: { content: Record<string, MediaType> };
  responses: Record<string, JsonObject>;
}

interface MediaType {
  schema: JsonObject;
  examples?: Record<string, { value: unknown }>;
}

interface ResponseObject {
  description: string;
  headers?: Record<string, JsonObject>;
  content?: Record<string, MediaType>;
}

/** One example of the document and the place it stands at. */
export interface DocumentedExample {
  operation: string;
  /** Absent for a request. */
  status?: number;
  name: string;
  contentType: string;
  /** JSON pointer of the schema that it has to fit. */
  schemaPointer: string;
  value: unknown;
}

/** The headers of an answer, as `fetch` or `node:http` hands them out. */
export type AnswerHeaders = Headers | Record<string, string | string[] | undefined>;

/** The parsed document, loaded once. */
export const openapi = parse(readFileSync(OPENAPI_FILE, 'utf8')) as JsonObject & {
  paths: Record<string, JsonObject>;
  components: { schemas: Record<string, JsonObject> };
};

const DOCUMENT_ID = 'openapi';
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, verbose: true });
addFormats(ajv);
// The document is one schema to ajv, so that its references resolve; its own members are not JSON Schema keywords.
ajv.addVocabulary(Object.keys(openapi));
ajv.addSchema(openapi, DOCUMENT_ID);

const escapePointer = (part: string) => part.replace(/~/g, '~0').replace(/\//g, '~1');
const unescapePointer = (part: string) => part.replace(/~1/g, '/').replace(/~0/g, '~');
const pointerTo = (...parts: string[]) => `#/${parts.map(escapePointer).join('/')}`;

function at(pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .map(unescapePointer)
    .reduce<unknown>((value, key) => (value as JsonObject | undefined)?.[key], openapi);
}

/** Follows a reference; hands back the pointer of what is really there and the thing itself. */
function follow<T>(pointer: string): { pointer: string; value: T } {
  const value = at(pointer) as JsonObject | undefined;
  const reference = value?.$ref;
  return typeof reference === 'string' ? follow<T>(reference) : { pointer, value: value as T };
}

const operations = new Map<string, { pointer: string; operation: OperationObject }>();
for (const [path, item] of Object.entries(openapi.paths)) {
  for (const method of METHODS) {
    const operation = item[method] as OperationObject | undefined;
    if (operation) operations.set(operation.operationId, { pointer: pointerTo('paths', path, method), operation });
  }
}

/** The operation ids of the document, in its order. */
export const documentedOperations: readonly string[] = [...operations.keys()];

function operationOf(id: string) {
  const found = operations.get(id);
  if (!found) throw new Error(`The document has no operation ${id}; it has ${documentedOperations.join(', ')}`);
  return found;
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(pointer: string): ValidateFunction {
  let validator = validators.get(pointer);
  if (!validator) {
    validator = ajv.compile({ $ref: DOCUMENT_ID + encodeURI(pointer) });
    validators.set(pointer, validator);
  }
  return validator;
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined';
  return json.length > 160 ? `${json.slice(0, 160)}…` : json;
}

function describeError(error: ErrorObject): string {
  const place = error.instancePath || '/';
  const { allowedValues, allowedValue } = error.params as { allowedValues?: unknown; allowedValue?: unknown };
  const allowed = allowedValues || allowedValue !== undefined ? ` (${shown(allowedValues ?? allowedValue)})` : '';
  const seen = error.keyword === 'required' ? '' : `, got ${shown(error.data)}`;
  return `${place} ${error.message ?? error.keyword}${allowed}${seen}`;
}

/**
 * What in a value does not fit the schema at a JSON pointer of the document.
 *
 * @param schemaPointer for example `#/components/schemas/Order`
 * @returns one line a problem, `pointer reason, got value`; empty where it fits
 */
export function problemsOf(schemaPointer: string, value: unknown): string[] {
  const validate = validatorOf(schemaPointer);
  if (validate(value)) return [];
  return [...new Set((validate.errors ?? []).map(describeError))];
}

/** What in the body of a request does not fit the document; empty where it fits. */
export function problemsOfRequest(operationId: string, body: unknown): string[] {
  const { pointer, operation } = operationOf(operationId);
  if (!operation.requestBody) return body === undefined ? [] : [`/ ${operationId} takes no body`];
  return problemsOf(`${pointer}/requestBody/content/${escapePointer(JSON_TYPE)}/schema`, body);
}

function responseOf(operationId: string, status: number) {
  const { pointer, operation } = operationOf(operationId);
  if (!(String(status) in operation.responses)) {
    const known = Object.keys(operation.responses).join(', ');
    return { problem: `/ status ${status} is not documented for ${operationId}; documented are ${known}` };
  }
  return { response: follow<ResponseObject>(`${pointer}/responses/${status}`) };
}

/** What in the body of an answer does not fit the document, an undocumented status included; empty where it fits. */
export function problemsOfResponse(operationId: string, status: number, body: unknown): string[] {
  const { response, problem } = responseOf(operationId, status);
  if (!response) return [problem];
  const contentType = status < 400 ? JSON_TYPE : PROBLEM_JSON;
  return problemsOf(`${response.pointer}/content/${escapePointer(contentType)}/schema`, body);
}

/**
 * What in the headers of an answer does not fit the document: its media type has to be one of the documented ones, and
 * a documented header that is present has to fit its schema; empty where all fit.
 */
export function problemsOfHeaders(operationId: string, status: number, headers: AnswerHeaders): string[] {
  const { response, problem } = responseOf(operationId, status);
  if (!response) return [problem];
  const seen = new Headers(
    headers instanceof Headers
      ? headers
      : Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const problems: string[] = [];
  const contentType = (seen.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  const documented = Object.keys(response.value.content ?? {});
  if (!documented.includes(contentType)) {
    problems.push(`Content-Type must be ${documented.join(' or ')}, got "${contentType}"`);
  }
  for (const name of Object.keys(response.value.headers ?? {})) {
    const value = seen.get(name);
    if (value === null) continue;
    const header = follow(`${response.pointer}/headers/${escapePointer(name)}`);
    problems.push(...problemsOf(`${header.pointer}/schema`, value).map((line) => `${name}: ${line}`));
  }
  return problems;
}

/** What in the headers of a request does not fit the document: required ones that lack or do not fit. */
export function problemsOfRequestHeaders(operationId: string, headers: AnswerHeaders): string[] {
  const { pointer, operation } = operationOf(operationId);
  const seen = headers instanceof Headers ? headers : new Headers(headers as Record<string, string>);
  const problems = seen.get('x-api-key') ? [] : ['X-API-Key is missing'];
  const contentType = (seen.get('content-type') ?? '').toLowerCase();
  if (operation.requestBody && !/^application\/json(;|$)/.test(contentType)) {
    problems.push(`Content-Type must be ${JSON_TYPE}, got "${contentType}"`);
  }
  (operation.parameters ?? []).forEach((_, index) => {
    const { pointer: place, value: parameter } = follow<{ name: string; in: string; required?: boolean }>(
      `${pointer}/parameters/${index}`,
    );
    if (parameter.in !== 'header') return;
    const value = seen.get(parameter.name);
    if (value !== null) {
      problems.push(...problemsOf(`${place}/schema`, value).map((line) => `${parameter.name}: ${line}`));
    } else if (parameter.required) {
      problems.push(`${parameter.name} is missing`);
    }
  });
  return problems;
}

function examplesAt(pointer: string, rest: { operation: string; status?: number }): DocumentedExample[] {
  const content = at(`${pointer}/content`) as Record<string, MediaType> | undefined;
  return Object.entries(content ?? {}).flatMap(([contentType, media]) =>
    Object.entries(media.examples ?? {}).map(([name, { value }]) => ({
      ...rest,
      name,
      contentType,
      schemaPointer: `${pointer}/content/${escapePointer(contentType)}/schema`,
      value,
    })),
  );
}

/** Every example of a request or an answer in the document. */
export function documentedExamples(): DocumentedExample[] {
  return [...operations.entries()].flatMap(([id, { pointer, operation }]) => [
    ...(operation.requestBody ? examplesAt(`${pointer}/requestBody`, { operation: id }) : []),
    ...Object.keys(operation.responses).flatMap((status) =>
      examplesAt(follow(`${pointer}/responses/${status}`).pointer, { operation: id, status: Number(status) }),
    ),
  ]);
}

/** The statuses that the document knows for an operation. */
export function documentedStatuses(operationId: string): number[] {
  return Object.keys(operationOf(operationId).operation.responses).map(Number);
}
