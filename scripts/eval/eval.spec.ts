import { existsSync } from 'node:fs';
import path from 'node:path';
import { ClassifierService } from '../../src/classifier/classifier.service';
import { type Understanding } from '../../src/classifier/understanding';
import { confusions, figures, scoreDialogues, scoreMessages, type Understand } from './measure';
import { bagOfWordsOn, byPublishedPatterns } from './baselines';
import { crossValidate, foldsOf } from './cross-validation';
import { comparison, details } from './report';
import { BadSamplesError, digestOf, type Message, parseSamples, readSamples } from './samples';

const SHARED = path.resolve(__dirname, '../../..', 'shared/data');
const NOW = Date.UTC(2026, 10, 24);

const answer = (partial: Partial<Understanding>): Understanding => ({
  intents: ['other'],
  sure: true,
  candidates: [],
  articles: [],
  order: null,
  product: null,
  period: null,
  ...partial,
});

describe('parseSamples', () => {
  it('tells messages from dialogues by their content', () => {
    const message = '{"text":"есть Ю-1?","intents":["stock"],"articles":["Ю-1"],"order":null}';
    expect(parseSamples(`${message}\n\n`, 'a.jsonl')).toMatchObject({
      kind: 'messages',
      messages: [{ articles: ['Ю-1'] }],
    });
    const dialogue = '{"turns":[{"text":"привет","expect":{"intents":["help"],"articles":[],"order":null}}]}';
    expect(parseSamples(dialogue, 'a.jsonl')).toMatchObject({ kind: 'dialogues' });
  });

  it.each([
    ['{"text":"а","intents":["help"]}\n{', /a\.jsonl:2: not JSON/],
    ['[]', /a\.jsonl:1: a line must be a JSON object/],
    ['{"intents":["help"]}', /a\.jsonl:1: "text"/],
    ['{"text":"а","intents":[]}', /a\.jsonl:1: "intents"/],
    ['{"text":"а","intents":["joy"]}', /a\.jsonl:1: unknown intent "joy"/],
    ['{"text":"а","intents":["help"],"articles":"Ю-1"}', /a\.jsonl:1: "articles"/],
    ['{"text":"а","intents":["help"],"order":5}', /a\.jsonl:1: "order"/],
    ['{"turns":[{"text":"а"}]}', /a\.jsonl:1, turn 1/],
    ['', /no labelled line/],
  ])('refuses %j', (content, message) => {
    expect(() => parseSamples(content, 'a.jsonl')).toThrow(message);
    expect(() => parseSamples(content, 'a.jsonl')).toThrow(BadSamplesError);
  });

  it('says which file cannot be read', () => {
    expect(() => readSamples('/no/such/file.jsonl')).toThrow(/file\.jsonl: cannot be read \(ENOENT\)/);
  });
});

describe(digestOf.name, () => {
  const named = (...texts: string[]): Message[] =>
    texts.map((text) => ({ text, intents: ['stock'], articles: [], order: null, tags: [] }));

  it('tells the same messages in any order', () => {
    expect(digestOf(named('есть РК-7?', 'почём РК-8'))).toBe(digestOf(named('почём РК-8', 'есть РК-7?')));
  });

  it('tells as many other messages apart', () => {
    expect(digestOf(named('есть РК-7?', 'почём РК-8'))).not.toBe(digestOf(named('есть РК-7?', 'почём РК-9')));
    expect(digestOf(named('а', 'б'))).not.toBe(digestOf(named('а, б')));
  });
});

describe('the figures', () => {
  const replies: Record<string, Understanding> = {
    a: answer({ intents: ['stock'], articles: ['Ю-1', 'Ю-2'] }),
    b: answer({ intents: ['price'] }),
    c: answer({ sure: false, candidates: ['price'] }),
    d: answer({ intents: ['order'], order: '5' }),
  };
  const understand: Understand = (text) => replies[text] ?? answer({});
  const message = (
    text: string,
    intents: Understanding['intents'],
    articles: string[] = [],
    order: string | null = null,
  ) => ({ text, intents, articles, order, tags: [] });

  it('are shares of what is right', () => {
    const scored = scoreMessages(
      [
        message('a', ['stock'], ['Ю-1']),
        message('b', ['other'], ['Ю-3']),
        message('c', ['price']),
        message('d', ['order'], [], '6'),
      ],
      understand,
      NOW,
    );
    expect(figures(scored)).toMatchObject({
      n: 4,
      intentsExact: 0.5,
      articles: { precision: 0.5, recall: 1 },
      orders: { precision: 0, recall: 0 },
      otherAnswered: 1,
      askedBack: 0.25,
    });
    expect(figures(scored)).not.toHaveProperty('turnsExact');
    expect(confusions(scored)).toContainEqual({ expected: 'price', got: 'asked back', count: 1 });
    expect(details(scored, 2)).toContain('the worst 2 of 4 wrong');
    expect(comparison([{ name: 'as shipped', figures: figures(scored) }])).toMatch(/intents exact +50\.0 %/);
  });

  it('leave out what a file has not', () => {
    const result = figures(scoreMessages([message('x', ['help'])], understand, NOW));
    expect(Object.keys(result).sort()).toEqual(['askedBack', 'intentsExact', 'macroF1', 'n']);
  });

  it('count turns whose objects are right too', () => {
    const turns = [
      { text: 'a', expect: { intents: ['stock' as const], articles: ['Ю-1', 'Ю-2'], order: null }, afterHours: 0 },
      { text: 'd', expect: { intents: ['order' as const], articles: [], order: '6' }, afterHours: 0 },
    ];
    expect(figures(scoreDialogues([{ turns }], understand, NOW))).toMatchObject({
      n: 2,
      intentsExact: 1,
      turnsExact: 0.5,
    });
  });
});

describe('scoreDialogues', () => {
  it('lets the hours of silence pass that a turn names', () => {
    const line = (hours: number): string =>
      JSON.stringify({
        turns: [
          { text: 'a', expect: { intents: ['stock'], articles: [], order: null } },
          { text: 'b', after_hours: hours, expect: { intents: ['stock'], articles: [], order: null } },
        ],
      });
    const times: number[] = [];
    const noted: Understand = (_text, _context, now) => {
      times.push(now);
      return { intents: ['other'], sure: true, candidates: [], articles: [], order: null, product: null, period: null };
    };
    const samples = parseSamples(`${line(0)}\n${line(5)}`, 'file');
    if (samples.kind !== 'dialogues') throw new Error('dialogues are expected');
    scoreDialogues(samples.dialogues, noted, NOW);
    const [first = 0, second = 0, third = 0, fourth = 0] = times;
    expect(fourth - third).toBe(second - first + 5 * 60 * 60 * 1000);
    expect(() => parseSamples(line(-1), 'file')).toThrow(BadSamplesError);
  });
});

describe('cross-validation', () => {
  const messages = Array.from({ length: 23 }, (_, index) => ({
    text: index % 2 ? `сколько стоит ${index}` : `лежит ли ещё ${index}`,
    intents: [index % 2 ? ('price' as const) : ('stock' as const)],
    articles: [],
    order: null,
    tags: [],
  }));
  const own = [
    { text: 'Лежит ли ещё 4!', intents: ['stock' as const] },
    { text: 'привет', intents: ['help' as const] },
  ];
  const folds = foldsOf(messages, own, 5, 1);

  it('holds each message out once and learns from all the others', () => {
    expect(folds.flatMap(({ held }) => held.map(({ text }) => text)).sort()).toEqual(
      messages.map(({ text }) => text).sort(),
    );
    for (const { held, messages: others } of folds) {
      expect(held.length + others.length).toBe(23);
      expect(others.filter((message) => held.includes(message))).toEqual([]);
    }
  });

  it('has the same parts for the same seed, and others for another', () => {
    expect(foldsOf(messages, own, 5, 1)).toEqual(folds);
    expect(foldsOf(messages, own, 5, 2)).not.toEqual(folds);
  });

  it('learns no sentence of our own that says what is held out', () => {
    for (const fold of folds) {
      const isHeld = fold.held.some(({ text }) => text === 'лежит ли ещё 4');
      expect(fold.own.map(({ text }) => text)).toEqual(isHeld ? ['привет'] : ['Лежит ли ещё 4!', 'привет']);
    }
  });

  it('trains each part without what is held out', () => {
    const seen: number[] = [];
    const scored = crossValidate(
      folds,
      (fold) => {
        seen.push(fold.messages.length);
        return (text) => answer({ intents: fold.messages.some((each) => each.text === text) ? ['price'] : ['stock'] });
      },
      NOW,
    );
    expect(seen).toHaveLength(5);
    expect(scored.every(({ got }) => got.intents[0] === 'stock')).toBe(true);
  });

  it('compares with a bag of words that learns, and with patterns that do not', () => {
    expect(figures(crossValidate(folds, bagOfWordsOn, NOW)).intentsExact).toBe(1);
    expect(figures(crossValidate(folds, () => byPublishedPatterns, NOW)).intentsExact).toBe(0);
    expect(byPublishedPatterns('Остатки и цены по заказу?', null, NOW).intents).toEqual(['stock', 'price', 'order']);
    expect(byPublishedPatterns('как дела', null, NOW).intents).toEqual(['other']);
  });
});

const hasShared = existsSync(path.join(SHARED, 'messages.jsonl'));
describe("the project's own dialogues", () => {
  it('are understood turn by turn', () => {
    const samples = readSamples(path.resolve(__dirname, 'own/dialogues.jsonl'));
    if (samples.kind !== 'dialogues') throw new Error('dialogues are expected');
    const classifier = new ClassifierService();
    const scored = scoreDialogues(
      samples.dialogues,
      (text, context, now) => classifier.understand(text, context, now),
      NOW,
    );
    expect(figures(scored).turnsExact).toBeGreaterThan(0.95);
  });
});

const describeShared = hasShared ? describe : describe.skip;

describeShared(
  `the shared labelled messages${hasShared ? '' : ' (skipped: no shared folder beside the repository)'}`,
  () => {
    const classifier = new ClassifierService();
    const understand: Understand = (text, context, now) => classifier.understand(text, context, now);

    it('are understood at least as well as when the tables were written', () => {
      const samples = readSamples(path.join(SHARED, 'messages.jsonl'));
      const result = figures(scoreMessages(samples.kind === 'messages' ? samples.messages : [], understand, NOW));
      expect(result.intentsExact).toBeGreaterThan(0.92);
      expect(result.articles?.precision).toBeGreaterThan(0.96);
      expect(result.articles?.recall).toBeGreaterThan(0.96);
      expect(result.orders?.recall).toBeGreaterThan(0.94);
      expect(result.otherAnswered).toBeLessThan(0.03);
    });

    it('and so are the dialogues', () => {
      const samples = readSamples(path.join(SHARED, 'dialogues.jsonl'));
      const result = figures(scoreDialogues(samples.kind === 'dialogues' ? samples.dialogues : [], understand, NOW));
      expect(result.turnsExact).toBeGreaterThan(0.94);
    });
  },
);
