import { languageOf } from './language';

describe('languageOf', () => {
  it.each(['ru', 'ru-RU', 'RU', 'uk', 'be', 'kk', 'uz', 'uz_UZ', 'ky', 'tg', 'hy', 'ro-MD'])(
    'answers %s in Russian',
    (tag) => {
      expect(languageOf(tag)).toBe('ru');
    },
  );

  it.each(['en', 'en-US', 'de', 'zh-hans', 'zh-CN', 'tr', 'ro', 'fil', 'pt-br'])('answers %s in English', (tag) => {
    expect(languageOf(tag)).toBe('en');
  });

  it.each([undefined, null, '', ' ', 'und', '???', 'x', 'русский'])(
    'answers in Russian where nothing is known: %p',
    (tag) => {
      expect(languageOf(tag)).toBe('ru');
    },
  );
});
