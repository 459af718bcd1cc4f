import { entryTitle, pageLine, shorten } from './text';

describe('shorten', () => {
  it('leaves a short name alone', () => {
    expect(shorten(' Лампа ')).toBe('Лампа');
    expect(shorten('x'.repeat(70))).toBe('x'.repeat(70));
  });

  it('cuts at a word', () => {
    expect(shorten('Автомат модульный трёхполюсный, белый', 24)).toBe('Автомат модульный…');
    expect(shorten('Автомат модульный, белый корпус', 25)).toBe('Автомат модульный, белый…');
    expect(shorten('Автомат модульный, белый', 22)).toBe('Автомат модульный…');
  });

  it('cuts a word that has no end, never a surrogate pair', () => {
    expect(shorten('x'.repeat(71))).toBe(`${'x'.repeat(69)}…`);
    expect(shorten('😀'.repeat(5), 4)).toBe('😀😀😀…');
  });
});

describe('pageLine', () => {
  it('tells the place in the whole', () => {
    expect(pageLine(0, 10, 57, 'ru')).toBe('<i>Показано 1–10 из 57</i>');
    expect(pageLine(50, 7, 57, 'en')).toBe('<i>Showing 51–57 of 57</i>');
  });

  it('says nothing where all is shown, or nothing', () => {
    expect(pageLine(0, 5, 5, 'ru')).toBe('');
    expect(pageLine(10, 0, 10, 'ru')).toBe('');
  });

  it('never tells of less than it shows', () => {
    expect(pageLine(10, 5, 12, 'ru')).toBe('<i>Показано 11–15 из 15</i>');
  });
});

describe('entryTitle', () => {
  it('does not repeat an article that is its own name', () => {
    expect(entryTitle({ article: 'A-1', name: 'A-1' }, 'ru')).toBe('<code>A-1</code>');
    expect(entryTitle({ article: 'A-1', name: ' ' }, 'ru')).toBe('<code>A-1</code>');
    expect(entryTitle({ article: 'A-1', name: 'Лампа' }, 'ru')).toBe('<code>A-1</code> Лампа');
  });
});
