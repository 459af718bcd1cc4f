import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { ValidateBy } from 'class-validator';
import { type SettingField, VARIABLES } from './variables';

/** The settings under test, of which a rule may look at the others. */
type Values = Readonly<Partial<Record<SettingField, unknown>>>;

/** What is wrong with a value and what to do, never the value itself; undefined when nothing is. */
type Problem = (value: unknown, settings: Values) => string | undefined;

/** A class-validator rule that finds the words of its own fault. */
const rule = (name: string, problem: Problem): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value, args) => problem(value, args?.object as Values) === undefined,
      defaultMessage: (args) => problem(args?.value, args?.object as Values) ?? '',
    },
  });

/** A value as the environment wrote it: a field holds a text, a number or a flag. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const missing = (advice: string) => `is not set: ${advice}`;

export const IsText = (what: string) =>
  rule('isText', (value) => (typeof value === 'string' && value !== '' ? undefined : missing(`give ${what}`)));

export const IsOneOf = (values: readonly string[]) =>
  rule('isOneOf', (value) => (values.includes(value as string) ? undefined : `must be one of ${values.join(', ')}`));

export const IsFlag = () =>
  rule('isFlag', (value) => (typeof value === 'boolean' ? undefined : 'must be true or false (or 1 or 0)'));

/** A whole number of the range, and its order to another setting. */
export const IsIntegerWithin = (
  min: number,
  max: number,
  relation: { notAbove?: SettingField; otherThan?: SettingField } = {},
) =>
  rule('isIntegerWithin', (value, settings) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      return `must be a whole number from ${min} to ${max}, digits only`;
    }
    const { notAbove, otherThan } = relation;
    if (notAbove && Number(settings[notAbove]) < (value as number)) {
      return `must not be above ${VARIABLES[notAbove].name}: lower the one or raise the other`;
    }
    if (otherThan && value !== 0 && settings[otherThan] === value) {
      return `must differ from ${VARIABLES[otherThan].name}: leave it unset to use the same port`;
    }
    return undefined;
  });

/** The token as BotFather gives it. Its secret part has 35 characters today; shorter ones of test servers pass. */
export const IsBotToken = () =>
  rule('isBotToken', (value) => {
    const shape = 'digits, a colon, then letters, digits, _ or -';
    if (value === undefined) {
      return missing(`give the token of the bot from @BotFather (${shape})`);
    }
    return /^\d+:[A-Za-z0-9_-]{3,}$/.test(text(value))
      ? undefined
      : `does not look like a bot token (${shape}): copy it whole from @BotFather`;
  });

/** Bot API, setWebhook, secret_token. */
export const IsWebhookSecret = () =>
  rule('isWebhookSecret', (value) => {
    const advice = 'give 1 to 256 letters, digits, _ or -, for example from "openssl rand -hex 32"';
    if (value === undefined) {
      return missing(`TELEGRAM_MODE=webhook needs it; ${advice}`);
    }
    return /^[A-Za-z0-9_-]{1,256}$/.test(text(value)) ? undefined : `has characters that Telegram refuses: ${advice}`;
  });

/** A secret that travels in a header: visible ASCII (RFC 9110, field values). */
export const IsHeaderValue = (what: string) =>
  rule('isHeaderValue', (value) => {
    if (value === undefined) {
      return missing(`give ${what}`);
    }
    return /^[\x20-\x7e]+$/.test(text(value))
      ? undefined
      : 'has characters that no HTTP header can carry: use Latin letters, digits and signs on one line';
  });

/** The user-id of HTTP Basic ends at the first colon (RFC 7617). */
export const IsBasicUser = () =>
  rule('isBasicUser', (value) => (text(value).includes(':') ? 'must not contain a colon (RFC 7617)' : undefined));

/** Two settings that mean something only together. */
export const NeedsPartner = (partner: SettingField) =>
  rule('needsPartner', (value, settings) =>
    value !== undefined && settings[partner] === undefined
      ? `needs ${VARIABLES[partner].name} as well: set both or none`
      : undefined,
  );

export const IsPlainUrl = (protocols: readonly string[], such: string) =>
  rule('isPlainUrl', (value) => plainUrlProblem(value, protocols, such));

/** Telegram itself wants https (Bot API, setWebhook); a Bot API server on this machine may do without. */
export const IsWebhookUrl = () =>
  rule('isWebhookUrl', (value) => {
    const url = parseUrl(value);
    const local = url?.protocol === 'http:' && isLoopback(url);
    const such = 'under which Telegram reaches the bot, such as https://bot.example.ru/telegram';
    return plainUrlProblem(value, local ? ['http:'] : ['https:'], such);
  });

/** Contract, Transport: plain http only for a loopback host, or where it is allowed in so many words. */
export const IsOneCBaseUrl = () =>
  rule('isOneCBaseUrl', (value, settings) => {
    const such = 'of the HTTP service of 1C, such as https://1c.example.ru/erp/hs/supplier-bot';
    return guardedUrlProblem(value, settings, such, 'the key and the data');
  });

/** What a person wrote goes there, so the rule of 1C's address holds for it too. */
export const IsLanguageModelUrl = () =>
  rule('isLanguageModelUrl', (value, settings) => {
    const such = 'of a server of the OpenAI form up to /chat/completions, such as http://127.0.0.1:11434/v1';
    return guardedUrlProblem(value, settings, such, 'the key and the messages');
  });

export const IsRedisUrl = () =>
  rule('isRedisUrl', (value) =>
    ['redis:', 'rediss:'].includes(parseUrl(value)?.protocol ?? '')
      ? undefined
      : 'must be a URL such as redis://host:6379/0 (rediss:// for TLS)',
  );

export const IsPemCertificateFile = () =>
  rule('isPemCertificateFile', (value) =>
    fileProblem(value, (content) => void new X509Certificate(content), 'a PEM certificate'),
  );

/** The private key that belongs to the certificate of another setting. */
export const IsPemKeyFile = (certificate: SettingField) =>
  rule('isPemKeyFile', (value, settings) => {
    const problem = fileProblem(
      value,
      (content) => void createPrivateKey(content),
      'a PEM private key without passphrase',
    );
    if (problem || settings[certificate] === undefined) {
      return problem;
    }
    return belongsTogether(text(settings[certificate]), text(value))
      ? undefined
      : `is not the key of ${VARIABLES[certificate].name}: give the two files of one pair`;
  });

/** True for 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  return family === 0 ? host === 'localhost' : LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function parseUrl(value: unknown): URL | undefined {
  return URL.canParse(text(value)) ? new URL(text(value)) : undefined;
}

function plainUrlProblem(value: unknown, protocols: readonly string[], such: string): string | undefined {
  const kinds = protocols.map((protocol) => protocol.slice(0, -1)).join(' or ');
  if (value === undefined) {
    return missing(`give the ${kinds} URL ${such}`);
  }
  const url = parseUrl(value);
  if (!url || !protocols.includes(url.protocol)) {
    return `must be the ${kinds} URL ${such}`;
  }
  if (url.username || url.password) {
    return 'must not carry a user or a password: they have settings of their own';
  }
  return /[?#]/.test(text(value)) ? 'must end with the path: take off what follows ? or #' : undefined;
}

/** Plain http only for a loopback host, or where ONEC_ALLOW_INSECURE says that the network is trusted. */
function guardedUrlProblem(value: unknown, settings: Values, such: string, sent: string): string | undefined {
  const problem = plainUrlProblem(value, ['https:', 'http:'], such);
  if (problem) {
    return problem;
  }
  const url = new URL(text(value));
  return url.protocol === 'https:' || isLoopback(url) || settings.onecAllowInsecure
    ? undefined
    : `would send ${sent} in clear: use https, or set ONEC_ALLOW_INSECURE=true in a network you trust`;
}

function fileProblem(value: unknown, parse: (content: Buffer) => void, what: string): string | undefined {
  let content: Buffer;
  try {
    content = readFileSync(text(value));
  } catch (error) {
    return `names a file that cannot be read (${(error as NodeJS.ErrnoException).code}): check the path and the rights`;
  }
  try {
    parse(content);
    return undefined;
  } catch {
    return `must name a file with ${what}`;
  }
}

function belongsTogether(certificateFile: string, keyFile: string): boolean {
  try {
    return new X509Certificate(readFileSync(certificateFile)).checkPrivateKey(createPrivateKey(readFileSync(keyFile)));
  } catch {
    // A certificate that cannot be read is the fault of its own setting.
    return true;
  }
}
