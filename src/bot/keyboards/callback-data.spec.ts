import { type ButtonAction, fitsCallbackData, formatAction, parseAction } from './callback-data';

describe('callback data', () => {
  it.each<ButtonAction>([
    { topic: 'price', words: ['BP-4500/2'] },
    { topic: 'stock', words: ['АРТ-100', 'GX 53 9W'], inPlace: true, fresh: true },
    { topic: 'orders', words: [], offset: 20, inPlace: true },
    { topic: 'help', words: [] },
    { topic: 'stock', words: ['лента сигнальная'], named: true },
    { topic: 'search', words: ['перчатки: M|L'], offset: 10 },
  ])('reads what it wrote: $topic', (action) => {
    expect(parseAction(formatAction(action))).toEqual(action);
  });

  it('keeps an article in one word, whatever stands in it', () => {
    expect(parseAction(formatAction({ topic: 'price', words: ['A\nB'] }))?.words).toEqual(['A B']);
  });

  it.each(['', 'y', 'zz', 's1234567', '~abc', 'price:АРТ-100'])('refuses %p', (text) => {
    expect(parseAction(text)).toBeNull();
  });

  it('counts bytes, not characters', () => {
    expect(fitsCallbackData('Ж'.repeat(32))).toBe(true);
    expect(fitsCallbackData('Ж'.repeat(33))).toBe(false);
  });
});
