import { cut, fold, MAX_LENGTH } from './fold';
import { asTypedInEnglish, asTypedInRussian } from './keyboard';
import { inOneScript } from './look-alikes';
import { corrected } from './spelling';
import { fromTranslit } from './translit';
import { meantBy } from './word';

describe('fold', () => {
  it('unifies case, ё, dashes, quotes and spaces, and leads back to the original', () => {
    const folded = fold('Ещё «ＫＴ‑１５»\u00A0—\tда');
    expect(folded.text).toBe('еще "kt-15" -\tда');
    expect(folded.cased).toBe('Еще "KT-15" -\tда'.replace('Еще', 'Ещё'));
    const at = folded.text.indexOf('kt');
    expect(cut(folded, at, at + 5)).toBe('ＫＴ‑１５');
  });

  it('joins letters with their accents and drops characters without a width', () => {
    expect(fold('Мои\u0306 за\u200Bказ').text).toBe('мой заказ');
  });

  it('keeps № as it is', () => {
    expect(fold('№ 5').text).toBe('№ 5');
  });

  it('looks at no more than Telegram delivers', () => {
    expect(fold('я'.repeat(MAX_LENGTH + 100)).text).toHaveLength(MAX_LENGTH);
  });

  it('has an offset for every character', () => {
    const folded = fold('a😀б👍🏽в\r\nг');
    expect(folded.at).toHaveLength(folded.text.length + 1);
    expect(folded.text).toHaveLength(folded.cased.length);
  });
});

describe('the layers of a word', () => {
  it.each([
    ['jcnfnjr', 'остаток'],
    [';ltv', 'ждем'],
    ['pfrfp', 'заказ'],
  ])('keyboard: %s is %s', (typed, meant) => {
    expect(asTypedInRussian(typed)).toBe(meant);
    expect(asTypedInEnglish(meant)).toBe(typed);
  });

  it.each([
    ['ostatki', 'остатки'],
    ['zayavka', 'заявка'],
    ['schet', 'счет'],
    ['nalichie', 'наличие'],
    ['chto', 'что'],
  ])('translit: %s is %s', (latin, cyrillic) => {
    expect(fromTranslit(latin)).toBe(cyrillic);
  });

  it.each([
    ['oстатoк', 'остаток'],
    ['cклад', 'склад'],
    ['sтock', 'stock'],
    ['склад', 'склад'],
  ])('look-alikes: %s is %s', (mixed, meant) => {
    expect(inOneScript(mixed)).toBe(meant);
  });

  it.each([
    ['скока', 'сколько'],
    ['стоимсоть', 'стоимость'],
    ['налчие', 'наличие'],
    ['аплата', 'оплата'],
    ['менеджир', 'менеджер'],
    ['сверху', 'сверху'],
    ['долго', 'долго'],
    ['доклад', 'доклад'],
  ])('spelling: %s is %s', (written, meant) => {
    expect(corrected(written)).toBe(meant);
  });

  it.each([
    ['wtyf', 'цена'],
    ['зкшсу', 'price'],
    ['stock', 'stock'],
    ['skolko', 'сколько'],
    ['пeревод', 'перевод'],
  ])('together: %s means %s', (written, meant) => {
    expect(meantBy(written)).toBe(meant);
  });
});
