import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { loadSettings } from './load-settings';
import { Settings } from './settings';
import { FIELDS, type SettingField, VARIABLES } from './variables';

const REQUIRED: readonly SettingField[] = ['telegramBotToken', 'onecBaseUrl', 'onecApiKey'];

describe('.env.example', () => {
  const text = readFileSync(resolve(__dirname, '../../.env.example'), 'utf8');
  /** The file with every setting switched on; an example of a required one comes before its empty line. */
  const shown = parse(text.replaceAll(/^# (?=[A-Z_]+=)/gm, ''));

  it('shows every setting and no other', () => {
    expect(Object.keys(shown).sort()).toEqual(FIELDS.map((field) => VARIABLES[field].name).sort());
  });

  it('asks for the required ones alone', () => {
    expect(Object.keys(parse(text))).toEqual(REQUIRED.map((field) => VARIABLES[field].name));
  });

  it('shows the defaults', () => {
    const { settings } = loadSettings({
      ...shown,
      MANAGER_CONTACT: '',
      TELEGRAM_BOT_TOKEN: '123456:TEST-token_for-the-tests',
      ONEC_BASE_URL: 'https://1c.example.ru/erp',
      ONEC_API_KEY: 'key',
    });
    const defaults = new Settings();
    for (const field of FIELDS.filter((name) => !REQUIRED.includes(name))) {
      expect([field, settings[field]]).toEqual([field, defaults[field]]);
    }
  });
});
