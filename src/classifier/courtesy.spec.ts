import { courtesyOf } from './courtesy';

describe(courtesyOf.name, () => {
  it.each(['Спасибо!', 'большое СПАСИБО', 'благодарю вас', 'spasibo', 'Thanks a lot', 'спс', 'спасибо, до свидания'])(
    'hears thanks in %p',
    (text) => expect(courtesyOf(text)).toBe('thanks'),
  );

  it.each(['до свидания', 'Всего доброго', 'пока', 'bye', 'до завтра'])('hears a farewell in %p', (text) =>
    expect(courtesyOf(text)).toBe('farewell'),
  );

  it.each(['ок', 'Ок!', 'хорошо, понял', 'Всё понятно.', 'ok', 'принято 👍'])('hears an agreement in %p', (text) =>
    expect(courtesyOf(text)).toBe('agreement'),
  );

  it.each(['привет', 'помощь', 'что ты умеешь', 'покажи меню', 'здравствуйте', 'хорошо бы узнать', ''])(
    'hears none of them in %p',
    (text) => expect(courtesyOf(text)).toBeNull(),
  );
});
