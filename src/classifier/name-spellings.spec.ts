import { otherSpellings } from './name-spellings';

describe(otherSpellings.name, () => {
  it.each([
    ['perchatki nitrilovye', ['перчатки нитриловые', 'перчатк нитрилов']],
    ['лампу светодиодную 9 Вт', ['ламп светодиодн 9 вт']],
    ['gthxfnrb', ['перчатки', 'перчатк']],
    ['Мёд', []],
    ['6205', []],
    ['', []],
  ])('of "%s"', (name, spellings) => {
    expect(otherSpellings(name)).toEqual(spellings);
  });
});
