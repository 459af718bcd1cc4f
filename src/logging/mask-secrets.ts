/** A text shorter than this is no secret, and masking it would hide half the log. */
const MIN_SECRET_LENGTH = 4;

/** From this length on a value is masked even inside a longer word. */
const UNMISTAKABLE_LENGTH = 12;

/** Bot tokens, whoever's they are: Telegram's URLs carry them (`/bot<token>/method`). */
const BOT_TOKEN = /(?<![A-Za-z0-9])((?:bot)?\d{3,}):[A-Za-z0-9_-]{20,}/g;

/** User and password of a URL. */
const URL_CREDENTIALS = /(?<=\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"]+(?=@)/gi;

/** International phones, with or without the usual signs between the digits. */
const INTERNATIONAL_PHONE = /\+\d(?:[ ()-]{0,2}\d){9,14}(?!\d)/g;

/**
 * Russian phones without the plus: eleven digits from 7 or 8. Longer and shorter runs are barcodes, chat ids and times;
 * a run right after a JSON delimiter is a number and has to remain one.
 */
const RUSSIAN_PHONE = /(?<![\w:,.[-])[78]\d{10}(?![\w.-])/g;

/**
 * Masks what no log may hold: bot tokens, the given secrets in plain, JSON and URL spelling, passwords in URLs, phones.
 * Safe for a line of JSON: keys and numbers stay what they are.
 *
 * @param secrets the values to hide; shorter than four characters they are left alone
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return createMask(secrets)(text);
}

/** `maskSecrets` with the secrets prepared once. */
export function createMask(secrets: readonly string[]): (text: string) => string {
  const known = secretsPattern(secrets);
  return (text) => {
    const masked = text.replace(BOT_TOKEN, '$1:***').replace(URL_CREDENTIALS, '***');
    return (known ? masked.replace(known, '***') : masked)
      .replace(INTERNATIONAL_PHONE, (phone) => maskPhone(phone))
      .replace(RUSSIAN_PHONE, (phone) => maskPhone(phone));
  };
}

/** The last two digits are enough to recognise a phone one knows. */
function maskPhone(phone: string): string {
  return `${phone.startsWith('+') ? '+' : ''}***${phone.slice(-2)}`;
}

function secretsPattern(secrets: readonly string[]): RegExp | undefined {
  const spellings = new Set(secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH).flatMap(spellingsOf));
  if (spellings.size === 0) {
    return undefined;
  }
  // The longest first, so that a secret that begins with another one goes whole.
  const alternatives = [...spellings].sort((a, b) => b.length - a.length).map(toPattern);
  return new RegExp(`(?:${alternatives.join('|')})(?!":)`, 'g');
}

function spellingsOf(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
}

function toPattern(secret: string): string {
  const literal = secret.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  if (/^\d+$/.test(secret)) {
    return `(?<![\\w:,.[-])${literal}(?![\\w.])`;
  }
  return secret.length >= UNMISTAKABLE_LENGTH ? literal : `(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`;
}
