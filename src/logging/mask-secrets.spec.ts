import { maskSecrets } from './mask-secrets';

const TOKEN = '123456:AAH-fake_TOKEN-of-thirty-five-chars';

describe(maskSecrets.name, () => {
  it.each([
    [
      'a token in a URL',
      `POST https://api.telegram.org/bot${TOKEN}/sendMessage`,
      'POST https://api.telegram.org/bot123456:***/sendMessage',
    ],
    ['a token by itself', `token ${TOKEN} refused`, 'token 123456:*** refused'],
    ['a file URL', `https://t.example/file/bot${TOKEN}/a.jpg`, 'https://t.example/file/bot123456:***/a.jpg'],
    ['a password in a URL', 'redis://bot:p4ss@cache:6379/0 is gone', 'redis://***@cache:6379/0 is gone'],
    ['an international phone', 'contact +79161234501 came', 'contact +***01 came'],
    ['a phone with signs', 'call +7 (916) 123-45-01 now', 'call +***01 now'],
    ['a Chinese phone', '+8613800001234', '+***34'],
    ['a phone without the plus', 'phone 89161234501, thanks', 'phone ***01, thanks'],
    ['a phone in a JSON text', '{"phone":"79161234501"}', '{"phone":"***01"}'],
  ])('masks %s', (_, text, masked) => {
    expect(maskSecrets(text, [])).toBe(masked);
  });

  it.each([
    ['a barcode', 'article 4601234567890 is in stock'],
    ['a chat id', 'chat 7712345678 asked'],
    ['a time', '{"level":"info","time":1764000000000,"port":3000}'],
    ['a number of eleven digits', '{"chatId":79161234501,"ids":[79161234501,89161234501]}'],
    ['a date', '2026-11-24T10:15:00+03:00'],
    ['an article', 'BP-4500/2 and 12345678901-A'],
    ['an address with a port', 'http://127.0.0.1:3000/health'],
  ])('leaves %s alone', (_, text) => {
    expect(maskSecrets(text, [])).toBe(text);
  });

  it('masks known secrets in plain, JSON and URL spelling', () => {
    const secret = 'pa"ss/wörd+42';
    const text = [secret, JSON.stringify({ a: secret }), encodeURIComponent(secret)].join(' ');
    expect(maskSecrets(text, [secret])).toBe('*** {"a":"***"} ***');
  });

  it('masks the longer of two secrets whole', () => {
    expect(maskSecrets('key-of-the-bot-2', ['key-of-the-bot', 'key-of-the-bot-2'])).toBe('***');
  });

  it('masks a short secret as a word of its own only, and never the key of a JSON object', () => {
    expect(maskSecrets('{"event":"event","text":"events of event"}', ['event'])).toBe(
      '{"event":"***","text":"events of ***"}',
    );
  });

  it('keeps JSON valid when a secret is a number', () => {
    expect(maskSecrets('{"port":3000,"ids":[3000],"msg":"key 3000"}', ['3000'])).toBe(
      '{"port":3000,"ids":[3000],"msg":"key ***"}',
    );
  });

  it('leaves what is too short to be a secret', () => {
    expect(maskSecrets('abc', ['abc', ''])).toBe('abc');
  });
});
