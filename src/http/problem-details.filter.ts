import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** RFC 9457 with the contract's extra member `code` (contract, Errors). */
interface ProblemDetails {
  status: number;
  code: string;
  title: string;
  detail?: string;
}

const CODES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'forbidden',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'content_too_large',
  415: 'unsupported_media_type',
  422: 'not_supported',
  429: 'too_many_requests',
  503: 'unavailable',
};

/** Answers every failed HTTP request with `application/problem+json`; what broke inside is in the log alone. */
@Injectable()
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemDetailsFilter.name);

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') {
      throw exception;
    }
    const problem = describe(exception);
    if (!(exception instanceof HttpException) && problem.status >= 500) {
      this.logger.error({ err: exception }, 'Request failed');
    }
    const { httpAdapter } = this.adapterHost;
    const response: unknown = host.switchToHttp().getResponse();
    if (httpAdapter.isHeadersSent(response)) {
      httpAdapter.end(response);
      return;
    }
    httpAdapter.setHeader(response, 'Content-Type', 'application/problem+json; charset=utf-8');
    httpAdapter.reply(response, JSON.stringify(problem), problem.status);
  }
}

function describe(exception: unknown): ProblemDetails {
  const status = statusOf(exception);
  const detail = exception instanceof HttpException ? detailOf(exception) : undefined;
  return {
    status,
    code: codeOf(exception) ?? CODES[status] ?? (status < 500 ? 'bad_request' : 'internal_error'),
    title: STATUS_CODES[status] ?? 'Error',
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Express' body parser and its kind throw errors of their own with a `status`. */
function statusOf(exception: unknown): number {
  if (exception instanceof HttpException) {
    return exception.getStatus();
  }
  const status = exception instanceof Error ? (exception as { status?: unknown }).status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** An exception may bring a code of the contract in its body. */
function codeOf(exception: unknown): string | undefined {
  const body = exception instanceof HttpException ? exception.getResponse() : undefined;
  return typeof body === 'object' && 'code' in body && typeof body.code === 'string' ? body.code : undefined;
}

/** Validation gives its faults as a list. */
function detailOf(exception: HttpException): string {
  const body = exception.getResponse();
  const message = typeof body === 'object' && 'message' in body ? body.message : body;
  return Array.isArray(message) ? message.join('; ') : typeof message === 'string' ? message : exception.message;
}
