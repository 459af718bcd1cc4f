import { parseHtml } from './html-parser';

const entitiesOf = (source: string) => parseHtml(source).entities;

describe('parseHtml', () => {
  it('leaves a text without markup alone', () => {
    expect(parseHtml('2 > 1, "да"')).toEqual({ text: '2 > 1, "да"', entities: [] });
  });

  it.each([
    ['b', 'bold'],
    ['strong', 'bold'],
    ['i', 'italic'],
    ['em', 'italic'],
    ['u', 'underline'],
    ['ins', 'underline'],
    ['s', 'strikethrough'],
    ['strike', 'strikethrough'],
    ['del', 'strikethrough'],
    ['tg-spoiler', 'spoiler'],
    ['code', 'code'],
    ['pre', 'pre'],
    ['blockquote', 'blockquote'],
  ])('takes <%s> for %s', (tag, type) => {
    expect(parseHtml(`до <${tag}>текст</${tag}> после`)).toEqual({
      text: 'до текст после',
      entities: [{ type, offset: 3, length: 5 }],
    });
  });

  it.each([
    ['<span class="tg-spoiler">тайна</span>', { type: 'spoiler' }],
    ["<SPAN class='tg-spoiler'>тайна</SPAN>", { type: 'spoiler' }],
    ['<blockquote expandable>длинно</blockquote>', { type: 'expandable_blockquote' }],
    ['<a href="https://example.com/?a=1&amp;b=2">сайт</a>', { type: 'text_link', url: 'https://example.com/?a=1&b=2' }],
    ['<a href="example.com">сайт</a>', { type: 'text_link', url: 'http://example.com/' }],
    ['<a>example.com</a>', { type: 'text_link', url: 'http://example.com/' }],
    ['<a href="tg://user?id=77">Анна</a>', { type: 'text_mention', userId: 77 }],
    [
      '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
      { type: 'custom_emoji', custom_emoji_id: '5368324170671202286' },
    ],
    ['<pre><code class="language-bsl">Возврат</code></pre>', { type: 'pre', language: 'bsl' }],
    ['<code class="language-bsl">Возврат</code>', { type: 'code' }],
  ])('understands %s', (source, entity) => {
    const { text, entities } = parseHtml(source);
    expect(entities).toEqual([{ offset: 0, length: text.length, ...entity }]);
  });

  it.each([['<a href="ftp://example.com">файлы</a>'], ['<a href="http://localhost:3000">тут</a>'], ['<b></b>пусто']])(
    'makes no entity of %s, without a complaint',
    (source) => {
      expect(entitiesOf(source)).toEqual([]);
    },
  );

  it('nests', () => {
    expect(parseHtml('<b>жирный <i>и косой</i></b>')).toEqual({
      text: 'жирный и косой',
      entities: [
        { type: 'italic', offset: 7, length: 7 },
        { type: 'bold', offset: 0, length: 14 },
      ],
    });
  });

  it('counts offsets in UTF-16 units', () => {
    expect(entitiesOf('📦📦 <b>два</b>')).toEqual([{ type: 'bold', offset: 5, length: 3 }]);
  });

  it.each([
    ['&lt;b&gt; &amp; &quot;', '<b> & "'],
    ['&#1040;&#x411;', 'АБ'],
    ['&lt', '<'],
    ['&nbsp;&apos;&copy;', '&nbsp;&apos;&copy;'],
    ['AT&T & Ко', 'AT&T & Ко'],
    ['&#0;&#1114111;&#00000000065;', '&#0;&#1114111;&#00000000065;'],
    ['&#128230;', '📦'],
  ])('decodes %s as Telegram does', (source, text) => {
    expect(parseHtml(source).text).toBe(text);
  });

  it.each([
    ['<ник>', 'Unsupported start tag "ник" at byte offset 0'],
    ['цена <br> руб.', 'Unsupported start tag "br" at byte offset 9'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['📦 <b', 'Unclosed start tag at byte offset 5'],
    ['<a href="x', 'Unclosed start tag "a" at byte offset 0'],
    ['<a href=x/y>z</a>', 'Unexpected end of name token at byte offset 8'],
    ['<b/>', 'Unsupported start tag "b/" at byte offset 0'],
    ['<b />', 'Empty attribute name in the tag "b" at byte offset 0'],
    ['<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<b>да', 'Can\'t find end tag corresponding to start tag "b"'],
    ['да</b>', 'Unexpected end tag at byte offset 4'],
    ['<b>да</i>', 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'],
    ['<b>да</b', 'Unclosed end tag at byte offset 7'],
    ['<tg-emoji>👍</tg-emoji>', 'Invalid custom emoji identifier specified'],
    [
      '&#xD83D;',
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    ],
  ])('refuses %s', (source, reason) => {
    const description = `Bad Request: can't parse entities: ${reason}`;
    expect(() => parseHtml(source)).toThrow(expect.objectContaining({ code: 400, description }) as Error);
  });
});
