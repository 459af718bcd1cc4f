import { splitText } from './split-text';

describe('splitText', () => {
  it.each([
    ['', []],
    ['коротко', ['коротко']],
    ['один два три', ['один два', 'три']],
    ['один раз\nи два', ['один раз', 'и два']],
    ['одиннадцать', ['одиннадцат', 'ь']],
  ])('cuts "%s" at 10 characters', (text, parts) => {
    expect(splitText(text, 10)).toEqual(parts);
  });
});
