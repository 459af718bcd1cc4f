import { linkEntities } from './links';
import { byteOffset, parseError, type ParsedEntity, type ParsedText } from './parsed-text';

/** The tags of the Bot API's HTML style (https://core.telegram.org/bots/api#html-style) and what they become. */
const STYLE_OF_TAG: Readonly<Record<string, ParsedEntity['type'] | undefined>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
};
const OTHER_TAGS = ['a', 'code', 'pre', 'blockquote', 'tg-emoji'];

const NAMED: Readonly<Record<string, string | undefined>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const REFERENCE = /&(?:#x([0-9a-f]*)|#([0-9]*)|([a-z]+));?/iy;

const isSpace = (char: string | undefined): boolean => char !== undefined && /\s/.test(char);

interface OpenTag {
  name: string;
  attributes: Map<string, string>;
  /** Where its text begins in the result. */
  offset: number;
}

/**
 * Parses a text in the Bot API's HTML style. Only `&lt; &gt; &amp; &quot;` and numeric references are decoded, others
 * stay as they are, as at Telegram.
 *
 * @throws BotApiError 400 "can't parse entities: …" with the byte offset of the fault
 */
export function parseHtml(source: string): ParsedText {
  return source.includes('<') || source.includes('&') ? new HtmlParser(source).parse() : { text: source, entities: [] };
}

class HtmlParser {
  private position = 0;
  private text = '';
  private readonly entities: ParsedEntity[] = [];
  private readonly open: OpenTag[] = [];

  constructor(private readonly source: string) {}

  parse(): ParsedText {
    while (this.position < this.source.length) {
      const next = this.source.charAt(this.position);
      if (next === '<' && this.source[this.position + 1] === '/') {
        this.endTag();
      } else if (next === '<') {
        this.startTag();
      } else if (next === '&') {
        this.text += this.reference();
      } else {
        this.plainText();
      }
    }
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) {
      throw parseError(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
    }
    if (/\p{Surrogate}/u.test(this.text)) {
      throw parseError(
        'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
      );
    }
    // A language of inline code means nothing; it was kept for the `pre` around it.
    for (const entity of this.entities) {
      if (entity.type === 'code') {
        delete entity.language;
      }
    }
    return { text: this.text, entities: this.entities };
  }

  private plainText(): void {
    const start = this.position;
    while (this.position < this.source.length && !'<&'.includes(this.source.charAt(this.position))) {
      this.position += 1;
    }
    this.text += this.source.slice(start, this.position);
  }

  /** Reads a character reference, or the ampersand itself where it begins none that Telegram knows. */
  private reference(): string {
    REFERENCE.lastIndex = this.position;
    const match = REFERENCE.exec(this.source);
    const decoded = match === null ? undefined : decode(match);
    this.position += match === null || decoded === undefined ? 1 : match[0].length;
    return decoded ?? '&';
  }

  private startTag(): void {
    const start = this.position;
    this.position += 1;
    const name = this.readWhile((char) => !isSpace(char) && char !== '>').toLowerCase();
    if (this.atEnd()) {
      throw parseError(`Unclosed start tag at byte offset ${byteOffset(this.source, start)}`);
    }
    if (STYLE_OF_TAG[name] === undefined && !OTHER_TAGS.includes(name)) {
      throw parseError(`Unsupported start tag "${name}" at byte offset ${byteOffset(this.source, start)}`);
    }
    const attributes = this.attributes(name, start);
    if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
      throw parseError(`Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset(this.source, start)}`);
    }
    this.open.push({ name, attributes, offset: this.text.length });
  }

  private attributes(tag: string, start: number): Map<string, string> {
    const attributes = new Map<string, string>();
    const unclosed = (): Error =>
      parseError(`Unclosed start tag "${tag}" at byte offset ${byteOffset(this.source, start)}`);
    for (;;) {
      this.skipSpaces();
      if (this.atEnd()) {
        throw unclosed();
      }
      if (this.source[this.position] === '>') {
        this.position += 1;
        return attributes;
      }
      const name = this.readWhile((char) => !isSpace(char) && !'=>/"\''.includes(char));
      if (name === '') {
        throw parseError(`Empty attribute name in the tag "${tag}" at byte offset ${byteOffset(this.source, start)}`);
      }
      this.skipSpaces();
      let value = '';
      if (this.source[this.position] === '=') {
        this.position += 1;
        this.skipSpaces();
        if (this.atEnd()) {
          throw unclosed();
        }
        value = this.attributeValue();
      }
      attributes.set(name, value);
    }
  }

  private attributeValue(): string {
    const start = this.position;
    const quote = this.source.charAt(start);
    if (quote !== '"' && quote !== "'") {
      const token = this.readWhile((char) => /[a-z0-9.-]/i.test(char)).toLowerCase();
      if (!this.atEnd() && !isSpace(this.source[this.position]) && this.source[this.position] !== '>') {
        throw parseError(`Unexpected end of name token at byte offset ${byteOffset(this.source, start)}`);
      }
      return token;
    }
    this.position += 1;
    let value = '';
    while (!this.atEnd() && this.source[this.position] !== quote) {
      if (this.source[this.position] === '&') {
        value += this.reference();
      } else {
        value += this.source.charAt(this.position);
        this.position += 1;
      }
    }
    this.position += 1;
    return value;
  }

  private endTag(): void {
    const start = this.position;
    const tag = this.open.at(-1);
    if (tag === undefined) {
      throw parseError(`Unexpected end tag at byte offset ${byteOffset(this.source, start)}`);
    }
    this.position += 2;
    const name = this.readWhile((char) => !isSpace(char) && char !== '>').toLowerCase();
    this.skipSpaces();
    if (this.source[this.position] !== '>') {
      throw parseError(`Unclosed end tag at byte offset ${byteOffset(this.source, start)}`);
    }
    if (name !== '' && name !== tag.name) {
      throw parseError(
        `Unmatched end tag at byte offset ${byteOffset(this.source, start)}, expected "</${tag.name}>", found "</${name}>"`,
      );
    }
    this.position += 1;
    this.open.pop();
    this.close(tag);
  }

  /** Makes the entity of a tag that has come to its end; a tag around nothing makes none. */
  private close({ name, attributes, offset }: OpenTag): void {
    const length = this.text.length - offset;
    if (length === 0) {
      return;
    }
    const style = STYLE_OF_TAG[name];
    if (style !== undefined) {
      this.entities.push({ type: style, offset, length });
    } else if (name === 'a') {
      this.entities.push(...linkEntities(attributes.get('href') || this.text.slice(offset), offset, length));
    } else if (name === 'blockquote') {
      const type = attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote';
      this.entities.push({ type, offset, length });
    } else if (name === 'tg-emoji') {
      const id = attributes.get('emoji-id') ?? '';
      if (!/^[1-9]\d{0,18}$/.test(id)) {
        throw parseError('Invalid custom emoji identifier specified');
      }
      this.entities.push({ type: 'custom_emoji', offset, length, custom_emoji_id: id });
    } else {
      this.closeCode(name, attributes.get('class'), offset, length);
    }
  }

  /** `<pre><code class="language-…">` in either order is one block of code with a language. */
  private closeCode(name: string, className: string | undefined, offset: number, length: number): void {
    const language = className?.startsWith('language-') ? className.slice('language-'.length) : undefined;
    const inner = this.entities.at(-1);
    const wraps = inner !== undefined && inner.offset === offset && inner.length === length;
    if (name === 'pre' && wraps && inner.type === 'code' && inner.language !== undefined) {
      inner.type = 'pre';
    } else if (name === 'code' && wraps && inner.type === 'pre' && language !== undefined) {
      inner.language = language;
    } else if (name === 'pre') {
      this.entities.push({ type: 'pre', offset, length });
    } else {
      this.entities.push({ type: 'code', offset, length, ...(language !== undefined && { language }) });
    }
  }

  private readWhile(accepts: (char: string) => boolean): string {
    const start = this.position;
    while (!this.atEnd() && accepts(this.source.charAt(this.position))) {
      this.position += 1;
    }
    return this.source.slice(start, this.position);
  }

  private skipSpaces(): void {
    this.readWhile(isSpace);
  }

  private atEnd(): boolean {
    return this.position >= this.source.length;
  }
}

function decode([match, hex, decimal, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) {
    return NAMED[name];
  }
  const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal);
  const digits = match.endsWith(';') ? match.length - 1 : match.length;
  return code > 0 && code < 0x10ffff && digits < 10 ? String.fromCodePoint(code) : undefined;
}
