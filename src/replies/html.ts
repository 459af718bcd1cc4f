/** The longest text of one message (Bot API, sendMessage: 4096 characters after entities parsing). */
export const MESSAGE_LIMIT = 4096;

/** Telegram drops the formatting of a message beyond its hundredth entity. */
const ENTITIES_LIMIT = 100;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The four entities with names that Telegram knows (Bot API, HTML style), numbers, and tags. */
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot));/iy;
const TAG = /<(\/?)([a-z][a-z0-9-]*)(?:\s[^<>]*)?>/iy;

/** Text as Telegram HTML shows it literally. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

function decode(decimal?: string, hexadecimal?: string, name?: string): string | null {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? null;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** A piece of HTML that must not be cut, and the text that it shows; a tag shows none. */
interface Token {
  html: string;
  text: string;
  /** Name of the tag that this one opens. */
  open?: string;
  /** Name of the tag that this one closes. */
  close?: string;
}

/** Cuts HTML into its indivisible pieces; what only looks like a tag or an entity counts as text. */
function* tokens(html: string): Generator<Token> {
  for (let at = 0; at < html.length;) {
    const character = String.fromCodePoint(html.codePointAt(at) ?? 0);
    const pattern = character === '<' ? TAG : character === '&' ? ENTITY : null;
    if (pattern) pattern.lastIndex = at;
    const match = pattern?.exec(html);
    const source = match?.[0] ?? character;
    at += source.length;
    if (match && pattern === TAG) {
      const name = match[2]?.toLowerCase() ?? '';
      yield { html: source, text: '', ...(match[1] ? { close: name } : { open: name }) };
      continue;
    }
    const text = match ? decode(match[1], match[2], match[3]) : character;
    yield text === null || !match ? { html: escapeHtml(source), text: text ?? source } : { html: source, text };
  }
}

/** What a person reads of Telegram HTML: without tags, entities decoded. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return html;
  let text = '';
  for (const token of tokens(html)) text += token.text;
  return text;
}

/**
 * HTML that the general way would give back as it is, but for its length and the white space at its ends: text, named
 * entities, and tags of ours that hold nothing but text.
 */
const SIMPLE = /^(?:[^<>&"]|&(?:amp|lt|gt|quot);|<(b|i|code)>(?:[^<>&"]|&(?:amp|lt|gt|quot);)+<\/\1>)+$/;
const BLANK_END = /^(?:<[a-z]+>)?\s|\s(?:<\/[a-z]+>)?$/;

/** Shorter HTML cannot have more entities than Telegram formats. */
const FEW_ENTITIES_LENGTH = ENTITIES_LIMIT * '<b>x</b>'.length;

/** Most answers: one message that needs neither cutting nor mending. */
function isOneMessage(html: string, limit: number): boolean {
  return html.length <= Math.min(limit, FEW_ENTITIES_LENGTH) && !BLANK_END.test(html) && SIMPLE.test(html);
}

/** Where a part may end, the better first. */
type Break = 'blank' | 'line' | 'space';
const BREAKS: readonly Break[] = ['blank', 'line', 'space'];

/** A place between two tokens, and how much text of the part lies before it. */
interface Place {
  token: number;
  length: number;
}

/**
 * The end of the part: the best kind of break in its second half, so that no part gets needlessly short; else the last
 * break of any kind; else the middle of a word.
 */
function endOfPart(breaks: Map<Break, Place>, overflow: Place): number {
  for (const kind of BREAKS) {
    const place = breaks.get(kind);
    if (place && place.length >= overflow.length / 2) return place.token;
  }
  return Math.max(0, ...[...breaks.values()].map(({ token }) => token)) || overflow.token;
}

/** The tags that are open after `token`, given those before it. A closing tag without its opening one closes nothing. */
function follow(open: Token[], token: Token): boolean {
  if (token.open !== undefined) open.push(token);
  if (token.close === undefined) return true;
  if (open.at(-1)?.open !== token.close) return false;
  open.pop();
  return true;
}

/** The tokens of one part as HTML without white space at its ends; null where there is nothing to read. */
function writePart(part: Token[], opened: readonly Token[], open: Token[]): string | null {
  const blank = (token: Token) => token.text.trim() === '';
  let end = part.length;
  while (end > 0 && blank(part[end - 1] as Token)) end -= 1;
  let html = opened.map((tag) => tag.html).join('');
  let readable = false;
  part.forEach((token, index) => {
    const kept = follow(open, token);
    const isTag = token.open !== undefined || token.close !== undefined;
    if (isTag ? kept : index < end && (readable || !blank(token))) html += token.html;
    readable ||= !blank(token);
  });
  const closing = open.map((tag) => `</${tag.open}>`).reverse();
  return readable ? html + closing.join('') : null;
}

/**
 * Cuts a long answer into messages.
 *
 * A message is as long as what is left after Telegram has parsed the entities, in UTF-16 units; it also has at most a
 * hundred entities. Parts end at a blank line, else at a line's end, else at a space, and only in a word that has none
 * in the middle of it; never inside a tag, an entity or a surrogate pair. Tags that are open at the end of a part are
 * closed there and opened again in the next. White space at both ends of a part is left out, as Telegram would.
 * Takes time in proportion to the length.
 *
 * @returns the parts in order; none where there is nothing to read
 */
export function splitHtml(html: string, limit = MESSAGE_LIMIT): string[] {
  if (limit < 2) throw new RangeError(`The limit of a message must be 2 characters or more, not ${limit}`);
  if (isOneMessage(html, limit)) return [html];
  const all = [...tokens(html)];
  const parts: string[] = [];
  const open: Token[] = [];
  for (let start = 0; start < all.length;) {
    const end = partEnd(all, start, limit, open.length);
    const part = writePart(all.slice(start, end), [...open], open);
    if (part !== null) parts.push(part);
    start = end;
  }
  return parts;
}

function partEnd(all: Token[], start: number, limit: number, opened: number): number {
  const breaks = new Map<Break, Place>();
  let length = 0;
  let entities = opened;
  let lineIsBlank = false;
  for (let at = start; at < all.length; at += 1) {
    const token = all[at] as Token;
    if (token.open !== undefined) entities += 1;
    const blank = token.text !== '' && token.text.trim() === '';
    // White space before the first word and after the last is not sent.
    if (length === 0 && blank) continue;
    const tooLong = !blank && length + token.text.length > limit;
    const tooMany = token.open !== undefined && entities > ENTITIES_LIMIT;
    if (length > 0 && (tooLong || tooMany)) return endOfPart(breaks, { token: at, length });
    if (token.text === '\n') {
      breaks.set(lineIsBlank ? 'blank' : 'line', { token: at, length });
      lineIsBlank = true;
    } else if (blank) {
      if (token.text === ' ') breaks.set('space', { token: at, length });
    } else if (token.text !== '') {
      lineIsBlank = false;
    }
    length += token.text.length;
  }
  return all.length;
}
