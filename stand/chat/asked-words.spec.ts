import { AskedWords } from './asked-words';

describe(AskedWords.name, () => {
  let asked: AskedWords;

  beforeEach(() => {
    asked = new AskedWords();
  });

  it('gives the questions of a chat back in order', () => {
    asked.note(77, 'первый', 1);
    asked.note(78, 'другой чат', 1);
    asked.note(77, 'второй', 2);
    expect([asked.take(77, 10), asked.take(77, 11), asked.take(77, 12)]).toEqual(['первый', 'второй', null]);
    expect(asked.take(78, 10)).toBe('другой чат');
  });

  it('forgets what the bot never told of', () => {
    asked.note(77, 'сверх лимита', 0);
    asked.note(77, 'есть A-1?', 40_000);
    expect(asked.take(77, 40_010)).toBe('есть A-1?');
  });

  it('gives nothing that was asked later', () => {
    asked.note(77, 'ещё не спрошено', 1000);
    expect(asked.take(77, 10)).toBeNull();
    expect(asked.take(77, 1001)).toBe('ещё не спрошено');
  });
});
