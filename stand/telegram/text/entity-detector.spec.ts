import { detectEntities } from './entity-detector';

/** Each entity as `type:text`. */
const found = (text: string): string[] =>
  detectEntities(text).map(({ type, offset, length }) => `${type}:${text.slice(offset, offset + length)}`);

describe('detectEntities', () => {
  it.each([
    ['/start', ['bot_command:/start']],
    ['/price@supplier_bot BP-4500/2', ['bot_command:/price@supplier_bot']],
    ['нажмите /help, потом /menu.', ['bot_command:/help', 'bot_command:/menu']],
    ['да/нет </b> 12/34', []],
    ['пишите @anna_svetoteh', ['mention:@anna_svetoteh']],
    ['anna@example.com', ['email:anna@example.com']],
    ['сайт example.com.', ['url:example.com']],
    ['https://1c.example.ru/erp?x=1, да', ['url:https://1c.example.ru/erp?x=1']],
    ['http://127.0.0.1:8080/hs', ['url:http://127.0.0.1:8080/hs']],
    ['пример.рф и кто.где', ['url:пример.рф']],
    ['BP-4500.2 стоит 12.50', []],
    ['звоните +7 (916) 123-45-01', ['phone_number:+7 (916) 123-45-01']],
    ['8 916 123 45 01', []],
    ['#срочно и #123', ['hashtag:#срочно']],
    ['курс $USD', ['cashtag:$USD']],
  ])('finds in "%s" %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('counts offsets in UTF-16 units', () => {
    expect(detectEntities('📦 /stock')).toEqual([{ type: 'bot_command', offset: 3, length: 6 }]);
  });

  it('stays quick on a long word with dots', () => {
    const text = `${'а'.repeat(4000)}.${'б.'.repeat(40)}`;
    const started = performance.now();
    detectEntities(text);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
