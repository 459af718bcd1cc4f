import { badRequest } from '../bot-api-error';
import { type MessageEntity, type User } from '../bot-api.types';
import { isLongerThan, LIMITS } from '../limits';
import { normaliseEntities, withDetected } from './entities';
import { detectEntities } from './entity-detector';
import { parseHtml } from './html-parser';
import { parseMarkdown, parseMarkdownV2 } from './markdown-parser';
import { type ParsedText } from './parsed-text';

export interface FormattedText {
  text: string;
  entities: MessageEntity[];
}

/** A text as a bot sends it. */
export interface TextSource {
  text: string;
  /** `HTML`, `MarkdownV2`, `Markdown` (in any case), or empty for plain text. */
  parseMode: string;
  /** Entities that the bot gives itself, instead of a parse mode. */
  entities: readonly MessageEntity[];
}

/** @returns the person of a mention by number, if this bot has met that person */
export type FindUser = (id: number) => User | undefined;

// Control characters but the line feed become spaces, marks of direction and U+2028/2029 go, as at Telegram.
// eslint-disable-next-line no-control-regex
const UNWANTED = /[\u0000-\u0009\u000b-\u001f\u2028-\u202e]/;
// eslint-disable-next-line no-control-regex
const TO_SPACE = /[\u0000-\u0009\u000b\u000c\u000e-\u001f]/g;
const TO_NOTHING = /[\r\u2028-\u202e]/g;
/** Characters that show nothing: a text of them alone is empty. */
const INVISIBLE = /^[\s\u200b-\u200f\u2060-\u2064\ufeff]*$/;

const clean = (text: string): string =>
  UNWANTED.test(text) ? text.replace(TO_SPACE, ' ').replace(TO_NOTHING, '') : text;

/**
 * What Telegram makes of a bot's text: cleaned, parsed, trimmed, with the entities that it finds by itself.
 *
 * @throws BotApiError 400 for a text of more than 32 KiB, an unknown parse mode or a fault in the markup
 */
export function formatText({ text, parseMode, entities }: TextSource, findUser: FindUser): FormattedText {
  if (text.length > LIMITS.textBytes / 4 && Buffer.byteLength(text) > LIMITS.textBytes) {
    throw badRequest('Text is too long');
  }
  const parsed = parse(clean(text), parseMode.toLowerCase(), entities);
  const own = parsed.entities.flatMap(({ userId, ...entity }): MessageEntity[] => {
    if (userId === undefined) {
      return [entity];
    }
    const user = findUser(userId);
    return user === undefined ? [] : [{ ...entity, user }];
  });
  const trimmed = trim({ text: parsed.text, entities: normaliseEntities(own) });
  return { text: trimmed.text, entities: withDetected(trimmed.entities, detectEntities(trimmed.text)) };
}

/** What Telegram makes of a text that a person types: cleaned, trimmed, with the entities that it finds. */
export function plainText(text: string): FormattedText {
  const trimmed = clean(text).trim();
  return { text: trimmed, entities: withDetected([], detectEntities(trimmed)) };
}

/** @throws BotApiError 400 for an empty text and for one of more than 4096 characters after parsing */
export function formatMessageText(source: TextSource, findUser: FindUser): FormattedText {
  if (source.text === '') {
    throw badRequest('Message text is empty');
  }
  const formatted = formatText(source, findUser);
  if (INVISIBLE.test(formatted.text)) {
    throw badRequest('Text must be non-empty');
  }
  if (isLongerThan(formatted.text, LIMITS.textCharacters)) {
    throw badRequest('Message is too long');
  }
  return formatted;
}

/** @throws BotApiError 400 for a caption of more than 1024 characters after parsing */
export function formatCaption(source: TextSource, findUser: FindUser): FormattedText {
  const formatted = formatText(source, findUser);
  if (isLongerThan(formatted.text, LIMITS.captionCharacters)) {
    throw badRequest('Message caption is too long');
  }
  return formatted;
}

function parse(text: string, parseMode: string, entities: readonly MessageEntity[]): ParsedText {
  switch (parseMode) {
    case 'html':
      return parseHtml(text);
    case 'markdownv2':
      return parseMarkdownV2(text);
    case 'markdown':
      return parseMarkdown(text);
    case '':
    case 'none':
      return {
        text,
        entities: entities.map(({ user, ...entity }) => ({ ...entity, ...(user && { userId: user.id }) })),
      };
    default:
      throw badRequest('Unsupported parse_mode');
  }
}

/** Cuts white space at the end, and spaces and line feeds at the beginning as far as no entity holds them. */
function trim({ text, entities }: FormattedText): FormattedText {
  const end = text.trimEnd().length;
  const firstEntity = entities[0]?.offset ?? end;
  let start = 0;
  while (start < firstEntity && (text[start] === ' ' || text[start] === '\n')) {
    start += 1;
  }
  if (start === 0 && end === text.length) {
    return { text, entities };
  }
  return {
    text: text.slice(start, end),
    entities: entities
      .filter((entity) => entity.offset < end)
      .map((entity) => ({
        ...entity,
        offset: entity.offset - start,
        length: Math.min(entity.offset + entity.length, end) - entity.offset,
      })),
  };
}
