import { type Settings } from './settings';
import { FIELDS, type Variable, VARIABLES } from './variables';

/** Every value of the settings that no log may hold, in the forms in which it travels. */
export function secretsOf(settings: Settings): string[] {
  const values = FIELDS.filter((field) => (VARIABLES[field] as Variable).secret)
    .map((field) => settings[field])
    .filter((value): value is string => typeof value === 'string' && value !== '');
  const { telegramBotToken = '', onecBasicUser, onecBasicPassword, redisUrl } = settings;
  const secretOfToken = telegramBotToken.slice(telegramBotToken.indexOf(':') + 1);
  const basic =
    onecBasicPassword === undefined ? [] : [Buffer.from(`${onecBasicUser}:${onecBasicPassword}`).toString('base64')];
  const redisPassword = redisUrl !== undefined && URL.canParse(redisUrl) ? [new URL(redisUrl).password] : [];
  return [...values, secretOfToken, ...basic, ...redisPassword].filter((value) => value !== '');
}
