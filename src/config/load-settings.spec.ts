import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, loadSettings } from './load-settings';
import { SettingsError } from './settings-error';

const TOKEN = '123456:TEST-token_for-the-tests-of-settings';
const REQUIRED: Environment = {
  TELEGRAM_BOT_TOKEN: TOKEN,
  ONEC_BASE_URL: 'https://1c.example.ru/erp/hs/supplier-bot',
  ONEC_API_KEY: 'key-of-the-tests',
};

const load = (env: Environment = {}) => loadSettings({ ...REQUIRED, ...env });

/** The faults of an environment, a line each, without the words around them. */
function faultsOf(env: Environment, base: Environment = REQUIRED): string[] {
  try {
    loadSettings({ ...base, ...env });
  } catch (error) {
    if (error instanceof SettingsError) {
      return error.faults.map(({ name, problem }) => `${name} ${problem}`);
    }
    throw error;
  }
  return [];
}

describe(loadSettings.name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  afterAll(() => rmSync(folder, { recursive: true }));

  it('needs three settings and has defaults for the others', () => {
    expect(load()).toEqual({
      settings: {
        telegramBotToken: TOKEN,
        telegramApiRoot: 'https://api.telegram.org',
        telegramMode: 'polling',
        telegramMaxPerSecond: 30,
        telegramMaxPerChatPerSecond: 1,
        onecBaseUrl: 'https://1c.example.ru/erp/hs/supplier-bot',
        onecApiKey: 'key-of-the-tests',
        onecTimeoutMs: 3000,
        onecDeadlineMs: 10_000,
        onecMaxAttempts: 3,
        onecMaxConcurrency: 10,
        onecAllowInsecure: false,
        cacheTtlSeconds: 300,
        cacheMaxEntries: 10_000,
        dataDir: './data',
        chatRateLimit: 30,
        port: 3000,
        feedback: true,
        healthOnecOptional: false,
        logLevel: 'info',
      },
      warnings: [],
    });
  });

  it('takes every name of the contract', () => {
    const { settings, warnings } = load({
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_URL: 'https://bot.example.ru/telegram',
      TELEGRAM_WEBHOOK_SECRET: 'webhook_SECRET-1',
      TELEGRAM_MAX_PER_SECOND: '0',
      TELEGRAM_MAX_PER_CHAT_PER_SECOND: '2',
      ONEC_BASE_URL: 'http://10.0.0.5/erp/hs/supplier-bot//',
      ONEC_BASIC_USER: 'Бот',
      ONEC_BASIC_PASSWORD: 'пароль',
      ONEC_TIMEOUT_MS: '500',
      ONEC_DEADLINE_MS: '500',
      ONEC_MAX_ATTEMPTS: '1',
      ONEC_MAX_CONCURRENCY: '4',
      ONEC_ALLOW_INSECURE: '1',
      CACHE_TTL_SECONDS: '60',
      CACHE_MAX_ENTRIES: '100',
      REDIS_URL: 'rediss://:pass@cache:6380/1',
      DATA_DIR: '/data',
      INBOUND_API_KEY: 'inbound-key',
      MANAGER_CONTACT: 'Ольга, +7 495 123-45-67',
      CHAT_RATE_LIMIT: '0',
      CLASSIFIER_LLM_URL: 'http://llm.internal:11434/v1/',
      CLASSIFIER_LLM_MODEL: 'qwen2.5:7b',
      CLASSIFIER_LLM_KEY: 'model-key',
      FEEDBACK: 'false',
      PORT: '0',
      MANAGEMENT_PORT: '0',
      HEALTH_ONEC_OPTIONAL: 'true',
      LOG_LEVEL: 'debug',
    });
    expect(settings).toMatchObject({
      telegramApiRoot: 'http://127.0.0.1:8081',
      telegramMode: 'webhook',
      telegramWebhookUrl: 'https://bot.example.ru/telegram',
      telegramWebhookSecret: 'webhook_SECRET-1',
      telegramMaxPerSecond: 0,
      telegramMaxPerChatPerSecond: 2,
      onecBaseUrl: 'http://10.0.0.5/erp/hs/supplier-bot',
      onecBasicUser: 'Бот',
      onecBasicPassword: 'пароль',
      onecTimeoutMs: 500,
      onecDeadlineMs: 500,
      onecMaxAttempts: 1,
      onecMaxConcurrency: 4,
      onecAllowInsecure: true,
      cacheTtlSeconds: 60,
      cacheMaxEntries: 100,
      redisUrl: 'rediss://:pass@cache:6380/1',
      dataDir: '/data',
      inboundApiKey: 'inbound-key',
      managerContact: 'Ольга, +7 495 123-45-67',
      chatRateLimit: 0,
      classifierLlmUrl: 'http://llm.internal:11434/v1',
      classifierLlmModel: 'qwen2.5:7b',
      classifierLlmKey: 'model-key',
      feedback: false,
      port: 0,
      managementPort: 0,
      healthOnecOptional: true,
      logLevel: 'debug',
    });
    expect(warnings).toEqual([
      'ONEC_BASE_URL is plain http: the key and the data travel in clear',
      'CLASSIFIER_LLM_URL is plain http: the key and the messages travel in clear',
    ]);
  });

  it('names every fault at once in one message, and no value', () => {
    const env = {
      TELEGRAM_BOT_TOKEN: 'wrong-token',
      ONEC_BASE_URL: 'ftp://secret-host',
      PORT: 'twelve',
      LOG_LEVEL: 'loud',
    };
    expect(() => loadSettings(env)).toThrow(SettingsError);
    expect(faultsOf(env, {}).map((fault) => fault.split(' ')[0])).toEqual([
      'TELEGRAM_BOT_TOKEN',
      'ONEC_BASE_URL',
      'ONEC_API_KEY',
      'PORT',
      'LOG_LEVEL',
    ]);
    let message = '';
    try {
      loadSettings(env);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('5 settings are missing or wrong');
    for (const value of Object.values(env)) {
      expect(message).not.toContain(value);
    }
  });

  it('says what to do about each required setting', () => {
    expect(faultsOf({}, {})).toEqual([
      expect.stringMatching(/^TELEGRAM_BOT_TOKEN is not set: give the token of the bot from @BotFather/),
      expect.stringMatching(/^ONEC_BASE_URL is not set: give the https or http URL/),
      expect.stringMatching(/^ONEC_API_KEY is not set: give the API key/),
    ]);
  });

  it.each([
    ['TELEGRAM_BOT_TOKEN', 'no colon', '123456', /does not look like a bot token/],
    ['TELEGRAM_BOT_TOKEN', 'a short secret part', '123456:ab', /does not look like a bot token/],
    ['TELEGRAM_BOT_TOKEN', 'a space within', `${TOKEN} x`, /does not look like a bot token/],
    ['TELEGRAM_BOT_TOKEN', 'the word bot', `bot${TOKEN}`, /does not look like a bot token/],
    ['TELEGRAM_API_ROOT', 'no URL', 'api.telegram.org', /must be the https or http URL/],
    ['TELEGRAM_API_ROOT', 'another protocol', 'ftp://api.telegram.org', /must be the https or http URL/],
    ['TELEGRAM_MODE', 'another word', 'Polling', /must be one of polling, webhook/],
    ['TELEGRAM_WEBHOOK_URL', 'plain http', 'http://bot.example.ru/', /must be the https URL/],
    ['TELEGRAM_WEBHOOK_SECRET', 'a space', 'a b', /characters that Telegram refuses/],
    ['TELEGRAM_WEBHOOK_SECRET', '257 characters', 'a'.repeat(257), /1 to 256/],
    ['TELEGRAM_MAX_PER_SECOND', 'a fraction', '1.5', /whole number from 0 to 1000/],
    ['TELEGRAM_MAX_PER_CHAT_PER_SECOND', 'a sign', '-1', /whole number from 0 to 1000/],
    ['ONEC_BASE_URL', 'no protocol', '1c.example.ru/erp', /must be the https or http URL/],
    ['ONEC_BASE_URL', 'a query', 'https://1c.example.ru/erp?a=1', /take off what follows/],
    ['ONEC_BASE_URL', 'a fragment', 'https://1c.example.ru/erp#a', /take off what follows/],
    ['ONEC_BASE_URL', 'credentials', 'https://u:p@1c.example.ru/erp', /must not carry a user or a password/],
    ['ONEC_BASE_URL', 'plain http to another host', 'http://1c.example.ru/erp', /ONEC_ALLOW_INSECURE=true/],
    ['ONEC_BASE_URL', 'a host that looks like loopback', 'http://127.0.0.1.example.ru/', /ONEC_ALLOW_INSECURE=true/],
    ['ONEC_API_KEY', 'Cyrillic letters', 'ключ', /no HTTP header can carry/],
    ['ONEC_API_KEY', 'two lines', 'a\nb', /no HTTP header can carry/],
    ['ONEC_BASIC_USER', 'no password', 'bot', /needs ONEC_BASIC_PASSWORD as well/],
    ['ONEC_BASIC_PASSWORD', 'no user', 'pass', /needs ONEC_BASIC_USER as well/],
    ['ONEC_CA_FILE', 'no such file', '/no/such/ca.pem', /cannot be read \(ENOENT\)/],
    [
      'ONEC_CLIENT_CERT_FILE',
      'no such file',
      '/no/such/cert.pem',
      /cannot be read \(ENOENT\)|ONEC_CLIENT_KEY_FILE as well/,
    ],
    ['ONEC_TIMEOUT_MS', 'zero', '0', /whole number from 1/],
    ['ONEC_TIMEOUT_MS', 'a unit', '3s', /digits only/],
    ['ONEC_TIMEOUT_MS', 'hexadecimal', '0x10', /digits only/],
    ['ONEC_TIMEOUT_MS', 'more than the deadline', '10001', /must not be above ONEC_DEADLINE_MS/],
    ['ONEC_DEADLINE_MS', 'too much', '600001', /whole number from 1 to 600000/],
    ['ONEC_MAX_ATTEMPTS', 'zero', '0', /whole number from 1 to 10/],
    ['ONEC_MAX_CONCURRENCY', 'zero', '0', /whole number from 1 to 1000/],
    ['ONEC_ALLOW_INSECURE', 'another word', 'yes', /must be true or false/],
    ['CACHE_TTL_SECONDS', 'a word', 'long', /whole number/],
    ['CACHE_MAX_ENTRIES', 'zero', '0', /whole number from 1/],
    ['REDIS_URL', 'another protocol', 'http://cache:6379', /must be a URL such as redis:/],
    ['INBOUND_API_KEY', 'Cyrillic letters', 'ключ', /no HTTP header can carry/],
    ['MANAGER_CONTACT', 'a novel', 'a'.repeat(301), /at most 300 characters/],
    ['CHAT_RATE_LIMIT', 'a word', 'off', /whole number/],
    ['FEEDBACK', 'another word', 'never', /must be true or false/],
    ['PORT', 'above the range', '65536', /whole number from 0 to 65535/],
    ['MANAGEMENT_PORT', 'the same as PORT', '3000', /must differ from PORT/],
    ['HEALTH_ONEC_OPTIONAL', 'another word', 'on', /must be true or false/],
    ['LOG_LEVEL', 'another word', 'verbose', /must be one of silent, fatal, error, warn, info, debug, trace/],
  ])('refuses %s with %s', (name, _, value, problem) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} `));
    expect(faults[0]).toMatch(problem);
  });

  it.each([
    ['CLASSIFIER_LLM_URL', 'no protocol', '127.0.0.1:11434/v1', /must be the https or http URL of a server/],
    ['CLASSIFIER_LLM_URL', 'credentials', 'https://u:p@llm.example/v1', /must not carry a user or a password/],
    ['CLASSIFIER_LLM_URL', 'plain http to another host', 'http://llm.example/v1', /ONEC_ALLOW_INSECURE=true/],
    ['CLASSIFIER_LLM_MODEL', 'a novel', 'm'.repeat(201), /at most 200 characters/],
    ['CLASSIFIER_LLM_KEY', 'two lines', 'a\nb', /no HTTP header can carry/],
  ])('refuses %s with %s', (name, _, value, problem) => {
    const others = { CLASSIFIER_LLM_URL: 'http://127.0.0.1:11434/v1', CLASSIFIER_LLM_MODEL: 'model' };
    expect(faultsOf({ ...others, [name]: value })).toEqual([expect.stringMatching(problem)]);
  });

  it('needs the model with its server and the server with the rest', () => {
    expect(faultsOf({ CLASSIFIER_LLM_URL: 'http://127.0.0.1:11434/v1' })).toEqual([
      'CLASSIFIER_LLM_URL needs CLASSIFIER_LLM_MODEL as well: set both or none',
    ]);
    expect(faultsOf({ CLASSIFIER_LLM_MODEL: 'model', CLASSIFIER_LLM_KEY: 'key' })).toEqual([
      'CLASSIFIER_LLM_MODEL needs CLASSIFIER_LLM_URL as well: set both or none',
      'CLASSIFIER_LLM_KEY needs CLASSIFIER_LLM_URL as well: set both or none',
    ]);
  });

  it.each(['http://127.0.0.1:8080/a', 'http://127.8.9.1/a', 'http://localhost/a', 'http://[::1]:8080/a'])(
    'takes plain http to the loopback host of %s',
    (url) => {
      expect(load({ ONEC_BASE_URL: url })).toMatchObject({ settings: { onecBaseUrl: url }, warnings: [] });
    },
  );

  it('needs the URL and the secret of the webhook in webhook mode only', () => {
    expect(faultsOf({ TELEGRAM_MODE: 'webhook' })).toEqual([
      expect.stringMatching(/^TELEGRAM_WEBHOOK_URL is not set/),
      expect.stringMatching(/^TELEGRAM_WEBHOOK_SECRET is not set: TELEGRAM_MODE=webhook needs it/),
    ]);
    expect(faultsOf({ TELEGRAM_MODE: 'polling' })).toEqual([]);
  });

  it.each(['Europe/Moscow', ':Europe/Moscow', 'UTC', 'Etc/GMT-3', 'EST5EDT', 'Asia/Calcutta', ''])(
    'takes the time zone "%s"',
    (zone) => {
      expect(faultsOf({ TZ: zone })).toEqual([]);
    },
  );

  it.each(['Europe/Moskow', 'europe/moscow', 'MSK-3', '+03:00'])('refuses the time zone %s', (zone) => {
    expect(faultsOf({ TZ: zone })).toEqual([expect.stringMatching(/^TZ is no known time zone: .* Europe\/Moscow$/)]);
  });

  it('counts an empty value as unset and drops the space around the others', () => {
    const { settings } = load({ PORT: '', ONEC_BASIC_USER: ' ', LOG_LEVEL: ' warn\r' });
    expect(settings).toMatchObject({ port: 3000, logLevel: 'warn' });
    expect(settings.onecBasicUser).toBeUndefined();
    expect(faultsOf({ ONEC_API_KEY: '' })).toEqual([expect.stringMatching(/^ONEC_API_KEY is not set/)]);
  });

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('reads the flag %s', (text, flag) => {
    expect(load({ HEALTH_ONEC_OPTIONAL: text }).settings.healthOnecOptional).toBe(flag);
  });

  describe('secrets in files', () => {
    it('takes the trimmed content of the file', () => {
      const { settings } = load({
        TELEGRAM_BOT_TOKEN: undefined,
        TELEGRAM_BOT_TOKEN_FILE: file('token', ` ${TOKEN}\n`),
        INBOUND_API_KEY_FILE: file('inbound', 'inbound-key\r\n'),
        REDIS_URL_FILE: file('redis', 'redis://:pass@cache:6379'),
      });
      expect(settings).toMatchObject({
        telegramBotToken: TOKEN,
        inboundApiKey: 'inbound-key',
        redisUrl: 'redis://:pass@cache:6379',
      });
    });

    it.each([
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_WEBHOOK_SECRET',
      'ONEC_API_KEY',
      'ONEC_BASIC_PASSWORD',
      'INBOUND_API_KEY',
      'CLASSIFIER_LLM_KEY',
      'REDIS_URL',
    ])('refuses a file of %s that cannot be read', (name) => {
      expect(faultsOf({ [name]: undefined, [`${name}_FILE`]: '/no/such/file' })).toEqual([
        `${name}_FILE names a file that cannot be read (ENOENT): check the path and the rights`,
      ]);
    });

    it('refuses an empty file, and a secret that is set twice', () => {
      expect(faultsOf({ ONEC_API_KEY: undefined, ONEC_API_KEY_FILE: file('empty', '\n') })).toEqual([
        'ONEC_API_KEY_FILE names an empty file: put the value into it',
      ]);
      expect(faultsOf({ ONEC_API_KEY_FILE: file('key', 'key') })).toEqual([
        'ONEC_API_KEY and ONEC_API_KEY_FILE are both set: keep one of them',
      ]);
    });

    it('holds what a file says to the same rules', () => {
      expect(faultsOf({ TELEGRAM_BOT_TOKEN: undefined, TELEGRAM_BOT_TOKEN_FILE: file('bad', 'no token') })).toEqual([
        expect.stringMatching(/^TELEGRAM_BOT_TOKEN does not look like a bot token/),
      ]);
    });
  });

  const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
  const describeWithOpenssl = hasOpenssl ? describe : describe.skip;

  describeWithOpenssl(`certificates${hasOpenssl ? '' : ' (skipped: openssl is not on the PATH)'}`, () => {
    if (!hasOpenssl) return;
    const makePair = (name: string) => {
      const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
      const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
      execFileSync('openssl', [...request, '-subj', `/CN=${name}`, '-keyout', key, '-out', certificate], {
        stdio: 'ignore',
      });
      return { certificate, key };
    };
    const first = makePair('first');
    const second = makePair('second');

    it('takes a readable CA and a pair that belongs together', () => {
      const { settings } = load({
        ONEC_CA_FILE: first.certificate,
        ONEC_CLIENT_CERT_FILE: second.certificate,
        ONEC_CLIENT_KEY_FILE: second.key,
      });
      expect(settings).toMatchObject({
        onecCaFile: first.certificate,
        onecClientCertFile: second.certificate,
        onecClientKeyFile: second.key,
      });
    });

    it('refuses a certificate without its key and a key without its certificate', () => {
      expect(faultsOf({ ONEC_CLIENT_CERT_FILE: first.certificate })).toEqual([
        'ONEC_CLIENT_CERT_FILE needs ONEC_CLIENT_KEY_FILE as well: set both or none',
      ]);
      expect(faultsOf({ ONEC_CLIENT_KEY_FILE: first.key })).toEqual([
        'ONEC_CLIENT_KEY_FILE needs ONEC_CLIENT_CERT_FILE as well: set both or none',
      ]);
    });

    it('refuses a key of another certificate', () => {
      expect(faultsOf({ ONEC_CLIENT_CERT_FILE: first.certificate, ONEC_CLIENT_KEY_FILE: second.key })).toEqual([
        'ONEC_CLIENT_KEY_FILE is not the key of ONEC_CLIENT_CERT_FILE: give the two files of one pair',
      ]);
    });

    it('refuses files with something else in them', () => {
      const other = file('other.pem', 'not a certificate');
      expect(
        faultsOf({ ONEC_CA_FILE: other, ONEC_CLIENT_CERT_FILE: first.certificate, ONEC_CLIENT_KEY_FILE: other }),
      ).toEqual([
        'ONEC_CA_FILE must name a file with a PEM certificate',
        'ONEC_CLIENT_KEY_FILE must name a file with a PEM private key without passphrase',
      ]);
    });
  });

  describe('warnings', () => {
    it.each([
      ['ONEC_TIMOUT_MS', 'ONEC_TIMOUT_MS is not a setting and is ignored: did you mean ONEC_TIMEOUT_MS?'],
      ['TELEGRAM_TOKEN', 'TELEGRAM_TOKEN is not a setting and is ignored: did you mean TELEGRAM_BOT_TOKEN?'],
      ['CACHE_TTL', 'CACHE_TTL is not a setting and is ignored: did you mean CACHE_TTL_SECONDS?'],
      [
        'HEALTH_ONEC_OPTIONL',
        'HEALTH_ONEC_OPTIONL is not a setting and is ignored: did you mean HEALTH_ONEC_OPTIONAL?',
      ],
      ['CLASSIFIER_LLM_URI', 'CLASSIFIER_LLM_URI is not a setting and is ignored: did you mean CLASSIFIER_LLM_URL?'],
      ['ONEC_API_KEY_FIL', 'ONEC_API_KEY_FIL is not a setting and is ignored: did you mean ONEC_API_KEY_FILE?'],
    ])('names %s, which is none of the settings', (name, warning) => {
      expect(load({ [name]: 'some value' }).warnings).toEqual([warning]);
    });

    it('says nothing of the names of others', () => {
      expect(load({ PATH: '/bin', NODE_ENV: 'production', PORTS: '1' }).warnings).toEqual([]);
    });

    it('tells where secrets travel in clear', () => {
      expect(load({ TELEGRAM_API_ROOT: 'http://telegram.example' }).warnings).toEqual([
        'TELEGRAM_API_ROOT is plain http: the token travels in clear',
      ]);
    });
  });
});
