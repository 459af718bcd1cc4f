import { articleKey } from './article-key';

describe(articleKey.name, () => {
  it.each([
    ['case', 'bp-4500/2', 'BP-4500/2'],
    ['spaces, hyphens, dots and slashes', 'BP 4500.2', 'B-P4500/2'],
    ['Cyrillic look-alikes', 'ВР-4500/2', 'BP-4500/2'],
    ['lower case look-alikes', 'вр-4500/2', 'BP-4500/2'],
    ['dashes and no-break spaces', 'АРТ—100', 'АРТ\u00A0100'],
    ['full-width letters', 'ＢＰ4500', 'BP4500'],
  ])('joins spellings that differ in %s', (_, one, other) => {
    expect(articleKey(one)).toBe(articleKey(other));
  });

  it.each([
    ['a digit and a letter', 'A-0', 'A-O'],
    ['З and 3', 'З-10', '3-10'],
    ['a plus sign', '3M-9322+', '3M-9322'],
    ['leading zeros', '00-00001234', '1234'],
  ])('keeps apart %s', (_, one, other) => {
    expect(articleKey(one)).not.toBe(articleKey(other));
  });
});
