import { rankByDistance } from './nearest-articles';

describe(rankByDistance.name, () => {
  it('puts the nearest first and leaves out what is far', () => {
    const known = ['BP-9900/7', 'BP-4510/3', 'BP-4500/2', 'АРТ-100'];
    expect(rankByDistance('BP-4500/3', known)).toEqual(['BP-4510/3', 'BP-4500/2']);
  });

  it('sees through case, hyphens and look-alike letters', () => {
    expect(rankByDistance('арт1000', ['APT-100', 'APT-777'])).toEqual(['APT-100']);
  });

  it('offers three at most, each once', () => {
    const known = ['A-1001', 'A-1002', 'A-1003', 'A-1004', 'A-1001'];
    expect(rankByDistance('A-1000', known)).toEqual(['A-1001', 'A-1002', 'A-1003']);
  });

  it('offers nothing where nothing is near', () => {
    expect(rankByDistance('12345', ['98760', 'LED-5'])).toEqual([]);
  });
});
