import { parseMarkdown, parseMarkdownV2 } from './markdown-parser';

describe('parseMarkdownV2', () => {
  it.each([
    ['*жирный*', [{ type: 'bold' }]],
    ['_косой_', [{ type: 'italic' }]],
    ['__черта__', [{ type: 'underline' }]],
    ['~мимо~', [{ type: 'strikethrough' }]],
    ['||тайна||', [{ type: 'spoiler' }]],
    ['`a.b!`', [{ type: 'code' }]],
    ['```\nblock\n```', [{ type: 'pre' }]],
    ['```bsl\nВозврат```', [{ type: 'pre', language: 'bsl' }]],
    ['[сайт](https://example.com/a_\\(b\\))', [{ type: 'text_link', url: 'https://example.com/a_(b)' }]],
    ['[Анна](tg://user?id=77)', [{ type: 'text_mention', userId: 77 }]],
    ['![👍](tg://emoji?id=5368)', [{ type: 'custom_emoji', custom_emoji_id: '5368' }]],
    ['>цитата\n>дальше', [{ type: 'blockquote' }]],
    ['>цитата\n>дальше||', [{ type: 'expandable_blockquote' }]],
  ])('understands %s', (source, expected) => {
    const { text, entities } = parseMarkdownV2(source);
    expect(entities).toEqual(expected.map((entity) => ({ offset: 0, length: text.length, ...entity })));
  });

  it('nests, takes escapes, and ends a quote with its line', () => {
    expect(parseMarkdownV2('*а _б_*\\.\n>в\nг')).toEqual({
      text: 'а б.\nв\nг',
      entities: [
        { type: 'italic', offset: 2, length: 1 },
        { type: 'bold', offset: 0, length: 3 },
        { type: 'blockquote', offset: 5, length: 1 },
      ],
    });
  });

  it.each([
    ['цена 12.50', "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ['BP-4500', "Character '-' is reserved and must be escaped with the preceding '\\'"],
    ['да!', "Character '!' is reserved and must be escaped with the preceding '\\'"],
    ['a > b', "Character '>' is reserved and must be escaped with the preceding '\\'"],
    ['да *нет', "Can't find end of Bold entity at byte offset 5"],
    ['`код', "Can't find end of Code entity at byte offset 0"],
    ['>*да\nнет*', "Can't find end of Bold entity at byte offset 1"],
    ['[a](http://example', "Can't find end of a URL at byte offset 4"],
    ['![👍](https://example.com)', 'The entity must contain a tg://emoji or tg://time URL'],
  ])('refuses %s', (source, reason) => {
    expect(() => parseMarkdownV2(source)).toThrow(`Bad Request: can't parse entities: ${reason}`);
  });
});

describe('parseMarkdown', () => {
  it('understands the legacy style, without nesting', () => {
    expect(parseMarkdown('*a* _b_ `c.d` [e](example.com) ```f``` \\*g 12.5-6')).toEqual({
      text: 'a b c.d e f *g 12.5-6',
      entities: [
        { type: 'bold', offset: 0, length: 1 },
        { type: 'italic', offset: 2, length: 1 },
        { type: 'code', offset: 4, length: 3 },
        { type: 'text_link', offset: 8, length: 1, url: 'http://example.com/' },
        { type: 'pre', offset: 10, length: 1 },
      ],
    });
  });

  it('refuses a mark without its end', () => {
    expect(() => parseMarkdown('файл отчёт_2026')).toThrow(
      "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 19",
    );
  });
});
