import { type Intent } from '../../classifier/understanding';
import { labelledLines } from './labelled-lines';

const entry = (minute: number, text: string, intents: Intent[] | null = null) => ({
  at: `2026-11-24T09:${String(minute).padStart(2, '0')}:00.000Z`,
  text,
  intents,
  articles: [],
  order: null,
  product: null,
});

describe(labelledLines.name, () => {
  const read = (lines: string[]) =>
    lines
      .map((line) => JSON.parse(line) as { text: string; intents: string[] })
      .map(({ text, intents }) => [text, ...intents]);

  it('prints the form of the training file, to be filled in where nobody said what was asked', () => {
    expect(
      labelledLines([{ ...entry(1, 'чо по АРТ-100', ['price']), articles: ['АРТ-100'] }, entry(2, 'чокак')]),
    ).toEqual([
      '{"text":"чо по АРТ-100","intents":["price"],"articles":["АРТ-100"],"order":null,"product":null,"tags":[]}',
      '{"text":"чокак","intents":["?"],"articles":[],"order":null,"product":null,"tags":[]}',
    ]);
  });

  it('has each text once, the latest last', () => {
    expect(read(labelledLines([entry(3, 'б'), entry(1, 'а'), entry(2, 'в'), entry(4, ' А ')]))).toEqual([
      ['в', '?'],
      ['б', '?'],
      [' А ', '?'],
    ]);
  });

  it('prefers a label to none, and of two the later one', () => {
    expect(read(labelledLines([entry(1, 'а', ['price']), entry(2, 'а')]))).toEqual([['а', 'price']]);
    expect(read(labelledLines([entry(1, 'а', ['price']), entry(2, 'а', ['stock'])]))).toEqual([['а', 'stock']]);
    expect(read(labelledLines([entry(1, 'а'), entry(2, 'а', ['stock'])]))).toEqual([['а', 'stock']]);
  });
});
