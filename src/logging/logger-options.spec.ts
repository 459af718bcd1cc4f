import { pino, type Logger } from 'pino';
import { Settings } from '../config/settings';
import { loggerOptions } from './logger-options';

const TOKEN = '123456:AAH-fake_TOKEN-of-thirty-five-chars';
const settings = Object.assign(new Settings(), {
  telegramBotToken: TOKEN,
  onecBaseUrl: 'https://1c.example.ru/erp',
  onecApiKey: 'key-of-the-accounting-system',
  onecBasicUser: 'бот',
  onecBasicPassword: 'пароль бота',
  redisUrl: 'redis://:redis-password@cache:6379',
});

const BASIC = Buffer.from('бот:пароль бота').toString('base64');
const SECRETS = ['AAH-fake', 'key-of-the', 'пароль', BASIC, 'redis-password', 'unknown-secret'];

/** What is written for one call of the logger. */
function written(call: (log: Logger<never>) => void, level = 'info'): string {
  const lines: string[] = [];
  call(pino(loggerOptions({ ...settings, logLevel: level }), { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe(loggerOptions.name, () => {
  it('writes one JSON object a line, with the level by name and the time in ISO 8601', () => {
    const line = written((log) => log.info({ event: 'listening', port: 3000 }, 'up'));
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      event: 'listening',
      port: 3000,
      msg: 'up',
    });
    expect(line.endsWith('}\n')).toBe(true);
  });

  it('keeps to the level of the settings', () => {
    expect(written((log) => log.info('up'), 'warn')).toBe('');
    expect(written((log) => log.warn('beware'), 'warn')).toContain('beware');
  });

  it.each([
    ['the API key in a message', (log: Logger<never>) => log.info(`key ${settings.onecApiKey}`)],
    ['a password in an object', (log: Logger<never>) => log.info({ a: { b: settings.onecBasicPassword } })],
    ['the header of HTTP Basic', (log: Logger<never>) => log.info(`Basic ${BASIC}`)],
    ['the password of Redis', (log: Logger<never>) => log.info(`auth ${'redis-password'} failed`)],
    [
      'the token in the stack of an error and its cause',
      (log: Logger<never>) =>
        log.error({ err: new Error('outer', { cause: new Error(`POST https://t.example/bot${TOKEN}/getMe`) }) }),
    ],
    [
      'headers by their names',
      (log: Logger<never>) =>
        log.info({
          headers: { authorization: 'unknown-secret', 'x-api-key': 'unknown-secret' },
          token: 'unknown-secret',
        }),
    ],
  ])('masks %s', (_, call) => {
    const line = written(call);
    expect(line).toContain('***');
    for (const secret of SECRETS) {
      expect(line).not.toContain(secret);
    }
    expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});
