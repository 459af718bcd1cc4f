import { joinCodes } from '../extraction/codes';
import { scan } from '../extraction/scan';
import { toWords } from '../intents/words';
import { fold } from '../text/fold';
import { compilePattern, matchAt } from './pattern';
import { RULE_TABLES } from './index';

const wordsOf = (text: string) => {
  const folded = fold(text);
  return toWords(joinCodes(folded, scan(folded)));
};

describe('the rule tables', () => {
  const lines = Object.entries(RULE_TABLES).flatMap(([intent, table]) => table.map((line) => ({ intent, line })));

  it.each(lines)('$intent: $line', ({ line: [pattern, weight, example] }) => {
    const words = wordsOf(example);
    const compiled = compilePattern(pattern);
    expect(words.some((_, at) => matchAt(compiled, words, at) !== null)).toBe(true);
    expect(Math.abs(weight)).toBeLessThanOrEqual(6);
  });
});

describe('compilePattern', () => {
  const find = (pattern: string, text: string): boolean => {
    const words = wordsOf(text);
    return words.some((_, at) => matchAt(compilePattern(pattern), words, at) !== null);
  };

  it.each([
    ['склад*', 'на складском дворе', true],
    ['склад', 'складской', false],
    ['акт ... сверк*', 'акт нашей общей сверки', true],
    ['акт ... сверк*', 'акт и ещё много разных других слов до сверки', false],
    ['акт ... сверк*', 'Акт готов. Сверки нет', false],
    ['^ меню $', 'меню', true],
    ['^ меню $', 'где меню', false],
    ['есть ?', 'это есть?', true],
    ['есть ?', 'это есть', false],
    ['# есть', 'ШК-77/1 есть', true],
    ['до ~date', 'ждать до 12.03', true],
    ['должны *ть', 'вы должны привезти', false],
    ['должны *ти', 'вы должны привезти', true],
  ])('%s in "%s": %s', (pattern, text, expected) => {
    expect(find(pattern, text)).toBe(expected);
  });

  it.each(['', '... есть', 'есть ...', 'а||б', '^ $', '*'])('refuses "%s"', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow();
  });
});
