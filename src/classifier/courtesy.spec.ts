import { courtesyOf } from './courtesy';

describe(courtesyOf.name, () => {
  it.each(['Спасибо!', 'большое СПАСИБО', 'благодарю вас', 'spasibo', 'Thanks a lot', 'спс', 'спасибо, до свидания'])(
    'hears thanks in %p',
    (text) => expect(courtesyOf(text)).toBe('thanks'),
  );

  it.each(['до свидания', 'Всего доброго', 'пока', 'bye', 'до завтра'])('hears a farewell in %p', (text) =>
    expect(courtesyOf(text)).toBe('farewell'),
  );

  it.each(['привет', 'помощь', 'что ты умеешь', 'покажи меню', 'здравствуйте', ''])('hears neither in %p', (text) =>
    expect(courtesyOf(text)).toBeNull(),
  );
});
