import { type EntityType } from '../bot-api.types';
import { linkEntities } from './links';
import { byteOffset, parseError, type ParsedEntity, type ParsedText } from './parsed-text';

const RESERVED = '_*[]()~`>#+-=|{}.!';

/** How Telegram names the kinds in the messages of its MarkdownV2 parser. */
const TITLES: Readonly<Partial<Record<EntityType, string>>> = {
  bold: 'Bold',
  italic: 'Italic',
  underline: 'Underline',
  strikethrough: 'Strikethrough',
  spoiler: 'Spoiler',
  code: 'Code',
  pre: 'Pre',
  text_link: 'TextUrl',
  custom_emoji: 'CustomEmoji',
};

const MARKS: readonly (readonly [mark: string, type: EntityType])[] = [
  ['```', 'pre'],
  ['`', 'code'],
  ['__', 'underline'],
  ['_', 'italic'],
  ['*', 'bold'],
  ['~', 'strikethrough'],
  ['||', 'spoiler'],
  ['![', 'custom_emoji'],
  ['[', 'text_link'],
];

interface OpenMark {
  type: EntityType;
  closing: string;
  /** In the source. */
  start: number;
  /** In the result. */
  offset: number;
  language?: string;
}

/**
 * Parses a text in the Bot API's MarkdownV2 style (https://core.telegram.org/bots/api#markdownv2-style).
 *
 * @throws BotApiError 400 "can't parse entities: …" for a reserved character that is not escaped and for a mark
 * without its end
 */
export function parseMarkdownV2(source: string): ParsedText {
  return new MarkdownV2Parser(source).parse();
}

class MarkdownV2Parser {
  private position = 0;
  private text = '';
  private readonly entities: ParsedEntity[] = [];
  private readonly open: OpenMark[] = [];
  private quoteOffset: number | undefined;

  constructor(private readonly source: string) {}

  parse(): ParsedText {
    while (this.position < this.source.length) {
      this.step();
    }
    this.endQuote();
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) {
      throw unfinished(this.source, unclosed);
    }
    return { text: this.text, entities: this.entities };
  }

  private step(): void {
    const char = this.source.charAt(this.position);
    const next = this.source.charAt(this.position + 1);
    if (char === '\\' && next !== '' && next <= '~') {
      this.append(next, 2);
      return;
    }
    const current = this.open.at(-1);
    if (current !== undefined && this.source.startsWith(current.closing, this.position)) {
      this.end(current);
      return;
    }
    if (current?.type === 'code' || current?.type === 'pre') {
      this.append(char, 1);
      return;
    }
    if (char === '\n') {
      this.newLine();
      return;
    }
    if (char === '>' && this.atLineStart()) {
      this.quoteOffset ??= this.text.length;
      this.position += 1;
      return;
    }
    const mark = MARKS.find(([prefix]) => this.source.startsWith(prefix, this.position));
    if (mark !== undefined) {
      this.begin(...mark);
    } else if (RESERVED.includes(char)) {
      throw parseError(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);
    } else {
      this.append(char, 1);
    }
  }

  private append(text: string, consumed: number): void {
    this.text += text;
    this.position += consumed;
  }

  private begin(mark: string, type: EntityType): void {
    const start = this.position;
    this.position += mark.length;
    const opened: OpenMark = {
      type,
      closing: mark.endsWith('[') ? ']' : mark,
      start,
      offset: this.text.length,
    };
    if (type === 'pre') {
      const language = /^[^\s`]+(?=\s)/.exec(this.source.slice(this.position))?.[0];
      if (language !== undefined) {
        opened.language = language;
        this.position += language.length;
      }
      if (this.source[this.position] === '\n') {
        this.position += 1;
      }
    }
    this.open.push(opened);
  }

  private end(mark: OpenMark): void {
    this.open.pop();
    this.position += mark.closing.length;
    const range = { offset: mark.offset, length: this.text.length - mark.offset };
    if (mark.type === 'text_link') {
      this.add(...linkEntities(this.target() ?? this.text.slice(mark.offset), range.offset, range.length));
    } else if (mark.type === 'custom_emoji') {
      const id = /^tg:\/\/emoji\?id=([1-9]\d{0,18})$/.exec(this.target() ?? '')?.[1];
      if (id === undefined) {
        throw parseError('The entity must contain a tg://emoji or tg://time URL');
      }
      this.add({ ...range, type: 'custom_emoji', custom_emoji_id: id });
    } else {
      this.add({ ...range, type: mark.type, ...(mark.language !== undefined && { language: mark.language }) });
    }
  }

  /** Reads `(target)` behind a closing bracket. */
  private target(): string | undefined {
    if (this.source[this.position] !== '(') {
      return undefined;
    }
    const start = this.position + 1;
    let target = '';
    for (let index = start; index < this.source.length; index += 1) {
      const char = this.source.charAt(index);
      if (char === ')') {
        this.position = index + 1;
        return target;
      }
      if (char === '\\' && index + 1 < this.source.length) {
        index += 1;
      }
      target += this.source.charAt(index);
    }
    throw parseError(`Can't find end of a URL at byte offset ${byteOffset(this.source, start)}`);
  }

  private newLine(): void {
    if (this.source[this.position + 1] !== '>') {
      this.endQuote();
    }
    this.append('\n', 1);
  }

  /** A quote that ends with an empty spoiler mark can be expanded; no other mark may reach over its end. */
  private endQuote(): void {
    if (this.quoteOffset === undefined) {
      return;
    }
    const unclosed = this.open.at(-1);
    const expandable = unclosed?.type === 'spoiler' && unclosed.start === this.position - unclosed.closing.length;
    if (expandable) {
      this.open.pop();
    } else if (unclosed !== undefined) {
      throw unfinished(this.source, unclosed);
    }
    const type = expandable ? 'expandable_blockquote' : 'blockquote';
    this.add({ type, offset: this.quoteOffset, length: this.text.length - this.quoteOffset });
    this.quoteOffset = undefined;
  }

  private atLineStart(): boolean {
    return this.text === '' || this.text.endsWith('\n');
  }

  private add(...entities: ParsedEntity[]): void {
    this.entities.push(...entities.filter((entity) => entity.length > 0));
  }
}

/** The marks of the legacy style, which knows no nesting. */
const LEGACY_MARKS = MARKS.filter(([mark]) => ['```', '`', '_', '*', '['].includes(mark));

/** The legacy `Markdown` style: bold, italic, code, blocks of code and links, never nested. */
export function parseMarkdown(source: string): ParsedText {
  let text = '';
  const entities: ParsedEntity[] = [];
  let position = 0;
  while (position < source.length) {
    const char = source.charAt(position);
    const escaped = char === '\\' ? source.charAt(position + 1) : '';
    const mark = LEGACY_MARKS.find(([prefix]) => source.startsWith(prefix, position));
    if (escaped !== '' && '_*`['.includes(escaped)) {
      text += escaped;
      position += 2;
    } else if (mark === undefined) {
      text += char;
      position += 1;
    } else {
      const [prefix, type] = mark;
      const closing = prefix === '[' ? ']' : prefix;
      const end = source.indexOf(closing, position + prefix.length);
      if (end < 0) {
        throw parseError(`Can't find end of the entity starting at byte offset ${byteOffset(source, position)}`);
      }
      const offset = text.length;
      text += source.slice(position + prefix.length, end);
      position = end + closing.length;
      const length = text.length - offset;
      if (type !== 'text_link') {
        entities.push(...(length > 0 ? [{ type, offset, length }] : []));
        continue;
      }
      const target = /^\(([^)]*)\)/.exec(source.slice(position));
      position += target?.[0].length ?? 0;
      entities.push(...linkEntities(target?.[1] ?? '', offset, length));
    }
  }
  return { text, entities };
}

const unfinished = (source: string, mark: OpenMark): Error =>
  parseError(
    `Can't find end of ${TITLES[mark.type] ?? mark.type} entity at byte offset ${byteOffset(source, mark.start)}`,
  );
