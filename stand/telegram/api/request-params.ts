import { badRequest } from '../bot-api-error';

export interface UploadedFile {
  name: string;
  /** As the uploader declared it. */
  mimeType: string;
  content: Buffer;
}

/**
 * The parameters of a call, read as Telegram reads them: it takes numbers and flags as JSON or as text, and objects as
 * JSON or as a text of JSON, whatever the way they came (query, form or JSON body).
 */
export class RequestParams {
  constructor(
    readonly values: Readonly<Record<string, unknown>>,
    private readonly files: ReadonlyMap<string, UploadedFile> = new Map(),
  ) {}

  /** @returns the parameter as text; empty where it is missing */
  text(name: string): string {
    const value = this.values[name];
    switch (typeof value) {
      case 'string':
        return value;
      case 'number':
      case 'boolean':
        return String(value);
      case 'object':
        return value === null ? '' : JSON.stringify(value);
      default:
        return '';
    }
  }

  /** @returns a whole number; 0 for what is none, as at Telegram */
  integer(name: string): number {
    const text = this.text(name).trim();
    return /^-?\d{1,15}(\.0+)?$/.test(text) ? Number(text) : 0;
  }

  /** @returns the number within its bounds, or the fallback where the parameter is missing */
  integerBetween(name: string, min: number, max: number, fallback: number): number {
    return this.text(name) === '' ? fallback : Math.min(Math.max(this.integer(name), min), max);
  }

  flag(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.text(name).toLowerCase());
  }

  /**
   * @param title how Telegram names the object where it cannot read it
   * @returns the parsed value; nothing where the parameter is missing or empty
   * @throws BotApiError 400 for a text that is not JSON
   */
  json(name: string, title: string): unknown {
    const value = this.values[name];
    if (value === undefined || value === null || value === '') {
      return undefined;
    }
    if (typeof value !== 'string') {
      return value;
    }
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw badRequest(`can't parse ${title} JSON object`);
    }
  }

  /** @returns a file that came under the parameter's name or that the parameter points to (`attach://part`) */
  file(name: string): UploadedFile | undefined {
    const attached = /^attach:\/\/(.+)$/.exec(this.text(name))?.[1];
    return this.files.get(attached ?? name);
  }

  /** The call for a record: files by name and size. */
  toRecord(): Record<string, unknown> {
    const files = [...this.files].map(([part, { name, content }]) => [part, { name, bytes: content.length }] as const);
    return files.length === 0 ? this.values : { ...this.values, ...Object.fromEntries(files) };
  }
}
