import { type RequestParams } from './request-params';

export interface CallContext {
  /** Tells when the bot hung up before it got its answer. */
  onHangUp(listener: () => void): void;
}

/**
 * One method of the Bot API.
 * @returns what becomes the `result` of the answer
 * @throws BotApiError for what Telegram refuses
 */
export type Method = (params: RequestParams, context: CallContext) => unknown;

/** By the name that the documentation spells. */
export type Methods = Readonly<Record<string, Method>>;

/** A result that is JSON already. */
export class JsonResult {
  constructor(readonly json: string) {}
}

/** A result that Telegram explains: the answer has a `description` beside it. */
export class DescribedResult {
  constructor(
    readonly result: unknown,
    readonly description: string,
  ) {}
}
