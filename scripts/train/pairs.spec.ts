import { pairsOf } from './pairs';
import { type Sentence } from './sentences';

const sentences: Sentence[] = [
  { text: 'есть РК-7?', intents: ['stock'] },
  { text: 'Почём РК-8', intents: ['price'] },
  { text: 'что с заказом 5', intents: ['order'] },
  { text: 'и деньги, и заказ', intents: ['order', 'payment'] },
  { text: 'добрый день', intents: ['help'] },
];

describe(pairsOf.name, () => {
  const pairs = pairsOf(sentences, 40, 1);

  it('puts two questions into one message, the same for the same seed', () => {
    expect(pairs).toHaveLength(40);
    expect(pairsOf(sentences, 40, 1)).toEqual(pairs);
    expect(pairsOf(sentences, 40, 2)).not.toEqual(pairs);
    for (const { text, intents } of pairs) {
      expect(new Set(intents).size).toBe(2);
      const of = sentences.filter((one) => one.intents.length === 1 && intents.includes(one.intents[0] ?? 'other'));
      for (const one of of) expect(text.toLowerCase()).toContain(one.text.toLowerCase().replace(/\?$/, ''));
    }
  });

  it('takes only sentences that ask one thing', () => {
    expect(pairs.some(({ text }) => text.includes('деньги') || text.includes('добрый'))).toBe(false);
    expect(pairsOf([], 5, 1)).toEqual([]);
  });
});
