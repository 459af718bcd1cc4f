import { badRequest, type BotApiError } from '../bot-api-error';
import { type MessageEntity } from '../bot-api.types';

/** An entity whose mention is still a number: parsers know no people. */
export interface ParsedEntity extends Omit<MessageEntity, 'user'> {
  userId?: number;
}

/** What a parse mode makes of a source text. */
export interface ParsedText {
  text: string;
  entities: ParsedEntity[];
}

/** Telegram counts bytes of UTF-8 where its parsers point at a fault. */
export const byteOffset = (source: string, index: number): number => Buffer.byteLength(source.slice(0, index));

export const parseError = (reason: string): BotApiError => badRequest(`can't parse entities: ${reason}`);
