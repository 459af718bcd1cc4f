import { readFileSync } from 'node:fs';
import { validateSync } from 'class-validator';
import { isLoopback } from './setting-rules';
import { Settings } from './settings';
import { type SettingFault, SettingsError } from './settings-error';
import { isKnownTimeZone } from './time-zone';
import { unknownNames } from './unknown-names';
import { FIELDS, fileName, type SettingField, type Variable, VARIABLES } from './variables';

/** Each field of the settings has its name; a field without one does not compile. */
const variables: Readonly<Record<keyof Settings, Variable>> = VARIABLES;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadedSettings {
  settings: Settings;
  /** What does not stop the start but is probably not meant: names and advice, never values. */
  warnings: string[];
}

/**
 * Makes the settings from the environment and holds them to their rules as a whole.
 *
 * Values are trimmed, and an empty one counts as unset. A secret may come from the file that `NAME_FILE` names.
 *
 * @throws SettingsError with every fault at once
 */
export function loadSettings(env: Environment): LoadedSettings {
  const settings = new Settings();
  const faults = new Map<string, SettingFault>();
  for (const field of FIELDS) {
    const variable = variables[field];
    const source = readVariable(variable, env);
    if ('problem' in source) {
      faults.set(field, source);
    } else if (source.text !== undefined) {
      Object.assign(settings, { [field]: convert(source.text, variable.kind) });
    }
  }
  for (const { property, constraints = {} } of validateSync(settings, { stopAtFirstError: true })) {
    const [problem] = Object.values(constraints);
    if (problem !== undefined && !faults.has(property)) {
      faults.set(property, { name: variables[property as SettingField].name, problem });
    }
  }
  const all = [...FIELDS.flatMap((field) => faults.get(field) ?? []), ...timeZoneFault(env)];
  if (all.length > 0) throw new SettingsError(all);
  return { settings, warnings: [...unknownNames(env), ...clearTextWarnings(settings), ...shortTokenWarning(settings)] };
}

/** TZ is a variable of the system, and no setting has its value; Node reads it by itself. */
function timeZoneFault(env: Environment): SettingFault[] {
  const zone = valueOf(env, 'TZ');
  if (zone === undefined || isKnownTimeZone(zone)) return [];
  return [{ name: 'TZ', problem: 'is no known time zone: use a name of the IANA database, such as Europe/Moscow' }];
}

function readVariable({ name, secret }: Variable, env: Environment): { text?: string } | SettingFault {
  const text = valueOf(env, name);
  const file = secret ? valueOf(env, fileName(name)) : undefined;
  if (file === undefined) {
    return { text };
  }
  if (text !== undefined) {
    return { name, problem: `and ${fileName(name)} are both set: keep one of them` };
  }
  try {
    const content = readFileSync(file, 'utf8').trim();
    return content === ''
      ? { name: fileName(name), problem: 'names an empty file: put the value into it' }
      : { text: content };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      name: fileName(name),
      problem: `names a file that cannot be read (${code}): check the path and the rights`,
    };
  }
}

function valueOf(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** What cannot be converted stays a text, for the rule of its field to refuse. */
function convert(text: string, kind: Variable['kind'] = 'text'): string | number | boolean {
  switch (kind) {
    case 'integer':
      return /^\d{1,15}$/.test(text) ? Number(text) : text;
    case 'flag':
      return FLAGS.get(text) ?? text;
    case 'url':
      return text.replace(/\/+$/, '');
    case 'text':
      return text;
  }
}

const FLAGS = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Characters of the secret part; a token cut short in copying would only fail at Telegram, with 401. */
const TOKEN_SECRET_LENGTH = 35;

function shortTokenWarning({ telegramBotToken }: Settings): string[] {
  const [, secret = ''] = telegramBotToken.split(':');
  return secret.length < TOKEN_SECRET_LENGTH
    ? ['TELEGRAM_BOT_TOKEN is shorter than the tokens of @BotFather: copy it whole, unless it is for a test server']
    : [];
}

function clearTextWarnings({ telegramApiRoot, onecBaseUrl, classifierLlmUrl }: Settings): string[] {
  const isClear = (address: string) => {
    const url = new URL(address);
    return url.protocol === 'http:' && !isLoopback(url);
  };
  return [
    ...(isClear(telegramApiRoot) ? ['TELEGRAM_API_ROOT is plain http: the token travels in clear'] : []),
    ...(isClear(onecBaseUrl) ? ['ONEC_BASE_URL is plain http: the key and the data travel in clear'] : []),
    ...(classifierLlmUrl !== undefined && isClear(classifierLlmUrl)
      ? ['CLASSIFIER_LLM_URL is plain http: the key and the messages travel in clear']
      : []),
  ];
}
