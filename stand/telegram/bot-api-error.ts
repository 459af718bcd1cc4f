/** A refusal as the Bot API gives it: `{"ok":false,"error_code":…,"description":…,"parameters":…}`. */
export class BotApiError extends Error {
  constructor(
    /** The HTTP status and `error_code`. */
    readonly code: number,
    readonly description: string,
    readonly parameters?: { retry_after: number },
  ) {
    super(description);
    this.name = 'BotApiError';
  }
}

/** Telegram puts its code words (`BUTTON_DATA_INVALID`) as they are and begins a sentence with a small letter. */
const asDescription = (reason: string): string =>
  /^.[A-Z_]/.test(reason) ? reason : reason.charAt(0).toLowerCase() + reason.slice(1);

export const badRequest = (reason: string): BotApiError =>
  new BotApiError(400, `Bad Request: ${asDescription(reason)}`);

export const forbidden = (reason: string): BotApiError => new BotApiError(403, `Forbidden: ${asDescription(reason)}`);

export const conflict = (reason: string): BotApiError => new BotApiError(409, `Conflict: ${asDescription(reason)}`);

/** @param seconds whole seconds to wait, at least 1 */
export const tooManyRequests = (seconds: number): BotApiError =>
  new BotApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
