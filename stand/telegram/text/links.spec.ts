import { checkLink } from './links';

describe('checkLink', () => {
  it.each([
    ['https://example.com', 'https://example.com/'],
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['Example.com:8080/X', 'http://example.com:8080/X'],
    ['example.com?x=1', 'http://example.com/?x=1'],
    ['http://10.0.0.1:8080', 'http://10.0.0.1:8080/'],
    ['tg://resolve?domain=x', 'tg://resolve?domain=x'],
  ])('takes %s', (link, url) => {
    expect(checkLink(link)).toEqual({ url });
  });

  it.each([
    ['http://localhost:3000', 'Wrong HTTP URL'],
    ['просто слова', 'Disallowed character in URL host'],
    ['', 'URL host is empty'],
    ['file:///etc/passwd', 'Unsupported URL protocol'],
  ])('refuses "%s"', (link, reason) => {
    expect(checkLink(link)).toEqual({ reason });
  });
});
