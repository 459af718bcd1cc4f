import { type IncomingMessage } from 'node:http';
import busboy from 'busboy';
import { BotApiError, badRequest } from '../bot-api-error';
import { type UploadedFile } from './request-params';

export interface Multipart {
  fields: Record<string, string>;
  /** By the name of their part. */
  files: Map<string, UploadedFile>;
}

/**
 * Reads a multipart body into memory.
 *
 * @param maxFileBytes of one file
 * @throws BotApiError 413 for a larger file, 400 for a body that is broken or cut off
 */
export function readMultipart(message: IncomingMessage, maxFileBytes: number): Promise<Multipart> {
  return new Promise((resolve, reject) => {
    const broken = (): void => reject(badRequest("can't parse request body: multipart is broken"));
    const result: Multipart = { fields: {}, files: new Map() };
    let parser: busboy.Busboy;
    try {
      // File names are written in UTF-8 by bots and browsers, whatever RFC 7578 leaves open.
      parser = busboy({ headers: message.headers, defParamCharset: 'utf8', limits: { fileSize: maxFileBytes } });
    } catch {
      message.resume();
      broken();
      return;
    }
    parser.on('field', (name, value) => {
      result.fields[name] = value;
    });
    parser.on('file', (part, stream, { filename, mimeType }) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => reject(new BotApiError(413, 'Request Entity Too Large')));
      stream.on('error', broken);
      stream.on('close', () =>
        result.files.set(part, { name: filename ?? part, mimeType, content: Buffer.concat(chunks) }),
      );
    });
    parser.on('close', () => resolve(result));
    parser.on('error', broken);
    message.on('aborted', broken);
    message.pipe(parser);
  });
}
