import { escapeHtml, plainText, splitHtml } from './html';

const TAG = /<(\/?)([a-z]+)[^>]*>/g;
const decode = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Every character that is not white space with the tags around it, as a reader of the specification sees it. */
function formatted(html: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  let at = 0;
  const read = (end: number) => {
    for (const character of decode(html.slice(at, end)).replace(/\s/g, '')) seen.push(open.join('>') + character);
  };
  for (const tag of html.matchAll(TAG)) {
    read(tag.index);
    at = tag.index + tag[0].length;
    if (!tag[1]) open.push(tag[2] ?? '');
    else if (open.pop() !== tag[2]) throw new Error(`</${tag[2]}> closes nothing in ${html}`);
  }
  read(html.length);
  if (open.length > 0) throw new Error(`<${open.join('>')}> is left open in ${html}`);
  return seen;
}

const lengthOf = (html: string) => decode(html.replace(TAG, '')).length;

describe('escapeHtml', () => {
  it('escapes what Telegram would read as markup', () => {
    expect(escapeHtml(`<b> & "Ко"'`)).toBe(`&lt;b&gt; &amp; &quot;Ко&quot;'`);
    expect(escapeHtml('&amp;')).toBe('&amp;amp;');
  });
});

describe('plainText', () => {
  it('drops tags and decodes entities once', () => {
    expect(plainText('<b>Лампа</b> &lt;5 Вт&gt; &amp;amp; &#8470;1 &#x2116;2 <a href="https://t.me/x">тут</a>')).toBe(
      'Лампа <5 Вт> &amp; №1 №2 тут',
    );
  });

  it('keeps what only looks like markup', () => {
    expect(plainText('a < b && c > d &nbsp; &#0; <3')).toBe('a < b && c > d &nbsp; &#0; <3');
  });

  it('gives back any text that was escaped', () => {
    const text = '<i>&lt;"5" & \'6\' </i> 😀';
    expect(plainText(escapeHtml(text))).toBe(text);
  });
});

describe('splitHtml', () => {
  it('leaves a short answer as it is', () => {
    const html = '<b>Лампа</b>\n\n<code>BP-4500/2</code> &lt;5&gt;';
    expect(splitHtml(html)).toEqual([html]);
  });

  it('gives nothing where there is nothing to read', () => {
    expect(splitHtml('')).toEqual([]);
    expect(splitHtml(' \n<b> </b>')).toEqual([]);
  });

  it('counts characters after the entities are parsed', () => {
    const html = `<b>${'&amp;'.repeat(4096)}</b>`;
    expect(splitHtml(html)).toEqual([html]);
    expect(splitHtml(`${html}!`)).toHaveLength(2);
  });

  it('counts UTF-16 units and keeps surrogate pairs whole', () => {
    expect(splitHtml('😀'.repeat(3), 4)).toEqual(['😀😀', '😀']);
    expect(splitHtml('😀'.repeat(3), 5)).toEqual(['😀😀', '😀']);
  });

  it('splits at a blank line rather than at a line, at a line rather than at a space', () => {
    expect(splitHtml('один два\n\nтри\nчетыре пять', 18)).toEqual(['один два', 'три\nчетыре пять']);
    expect(splitHtml('один два\nтри четыре', 14)).toEqual(['один два', 'три четыре']);
    expect(splitHtml('один два три', 10)).toEqual(['один два', 'три']);
  });

  it('does not make a tiny part for the sake of a blank line', () => {
    expect(splitHtml('а\n\nодин два три четыре пять', 20)).toEqual(['а\n\nодин два три', 'четыре пять']);
  });

  it('cuts a word only where it has to', () => {
    expect(splitHtml('абвгдежз', 3)).toEqual(['абв', 'где', 'жз']);
  });

  it('closes open tags and opens them again, attributes and all', () => {
    expect(splitHtml('<blockquote expandable><b>один</b> <i>два три</i></blockquote>', 9)).toEqual([
      '<blockquote expandable><b>один</b> <i>два</i></blockquote>',
      '<blockquote expandable><i>три</i></blockquote>',
    ]);
  });

  it('never cuts an entity', () => {
    expect(splitHtml('&lt;&lt;&lt;', 2)).toEqual(['&lt;&lt;', '&lt;']);
  });

  it('has at most a hundred entities in a part, since Telegram drops the formatting of the rest', () => {
    const html = Array.from({ length: 250 }, (_, index) => `<code>${index}</code>`).join('\n');
    const parts = splitHtml(html);
    expect(parts.map((part) => part.split('<code>').length - 1)).toEqual([100, 100, 50]);
    expect(parts.flatMap(formatted)).toEqual(formatted(html));
  });

  it('mends what Telegram would refuse', () => {
    expect(splitHtml('1 < 2 & <b>3</i>')).toEqual(['1 &lt; 2 &amp; <b>3</b>']);
  });

  it('refuses a limit that no character fits in', () => {
    expect(() => splitHtml('а', 1)).toThrow('2 characters or more');
  });

  it('takes a million characters in its stride', () => {
    const html = `<b>${'слово '.repeat(100_000)}${'ы'.repeat(400_000)}</b>`;
    const parts = splitHtml(html);
    expect(parts.join('').replace(/<\/?b>|\s/g, '')).toBe(html.replace(/<\/?b>|\s/g, ''));
    expect(Math.max(...parts.map(lengthOf))).toBeLessThanOrEqual(4096);
  });

  describe('on answers made by chance', () => {
    /** Mulberry32: the same answers in every run. */
    const chance = (seed: number) => () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };

    const PIECES = [
      'а',
      'сло',
      'BP-4500/2',
      ' ',
      ' ',
      '\n',
      '\n\n',
      '&lt;',
      '&amp;',
      '&quot;',
      '😀',
      '—',
      'x'.repeat(40),
    ];
    const TAGS = ['b', 'i', 'code', 'blockquote'];

    function answer(random: () => number): string {
      const open: string[] = [];
      let html = '';
      for (let count = Math.floor(random() * 120); count > 0; count -= 1) {
        const dice = random();
        if (dice < 0.1) {
          const tag = TAGS[Math.floor(random() * TAGS.length)] ?? 'b';
          open.push(tag);
          html += `<${tag}>`;
        } else if (dice < 0.2 && open.length > 0) {
          html += `</${open.pop()}>`;
        } else {
          html += PIECES[Math.floor(random() * PIECES.length)];
        }
      }
      return (
        html +
        open
          .reverse()
          .map((tag) => `</${tag}>`)
          .join('')
      );
    }

    it.each(Array.from({ length: 400 }, (_, seed) => seed + 1))(
      'keeps the text and its formatting, seed %d',
      (seed) => {
        const random = chance(seed);
        const html = answer(random);
        const limit = 2 + Math.floor(random() * 100);
        const parts = splitHtml(html, limit);
        expect(parts.flatMap(formatted)).toEqual(formatted(html));
        for (const part of parts) {
          expect(lengthOf(part)).toBeLessThanOrEqual(limit);
          expect(plainText(part).trim()).not.toBe('');
        }
      },
    );
  });
});

describe('an answer that fits one message', () => {
  it.each([
    'Здравствуйте',
    '<b>Полка</b>\n<code>BP-4500/2</code>\n\nВ наличии: 5 шт · A &amp; B',
    'a "b" > c & d',
    'a &nbsp; &#169; <u>b</u>',
    '<b>a</b> <b>b',
    'a</b> b',
    '<b>a <i>b</i></b>',
    '<b> a </b>',
    'a<b> </b>',
    '<b></b>',
    '<b>a</i>',
    '<b>x</b>'.repeat(100),
    '<b>x</b>'.repeat(101),
    '',
  ])('is mended as a longer one is: %j', (html) => {
    // White space at the ends is left out, but keeps the text from being taken for one that needs no work.
    expect(splitHtml(html)).toEqual(splitHtml(`\n${html}\n`));
  });
});
