import { isInn } from '../../classifier/extraction/inn';
import { maskNames, NAME } from './mask-names';

/** Stand-ins that nobody owns and that still read as what they stand for, for people and for a model that learns from them. */
export const PHONE = '+7 000 000-00-00';
/** A domain that is reserved for examples (RFC 2606). */
export const EMAIL = 'mail@example.com';
export const LINK = 'https://example.com';
/** Ten zeros have right check digits. */
export const INN = '0000000000';
export const PASSPORT_NUMBER = '0000 000000';

export { NAME };

/** Sent along by copying from contacts: marks of direction, spaces of no width, soft hyphens. */
const INVISIBLE = /\p{Cf}/gu;
const FULL_WIDTH = /[\uFF0B\uFF10-\uFF19]/g;

const URL_LIKE = /(?<![\p{L}\d])(?:https?:\/\/|www\.|(?:t\.me|wa\.me|vk\.com|viber\.me)\/)\S{1,300}/giu;
const MAIL = /[\p{L}\d._%+-]{1,64}[^\S\r\n]?@[^\S\r\n]?[\p{L}\d-]{1,64}(?:\.[\p{L}\d-]{1,64}){1,4}/gu;
const ACCOUNT = /(?<![\p{L}\d])@[A-Za-z]\w{3,31}/gu;

/** A space, dash, dot or bracket within a telephone number. */
const SIGN = String.raw`(?:[^\S\r\n\t]|[().\p{Pd}])`;
/** With a country code: the plus makes it a phone, whatever the groups. */
const INTERNATIONAL = new RegExp(String.raw`\+\d(?:${SIGN}{0,3}\d){8,14}(?!\d)`, 'gu');
/** Eleven digits from 7 or 8, in the groups of Russian numbers. */
const RUSSIAN = new RegExp(
  String.raw`(?<![\p{L}\d\p{Pd}./])[78]${SIGN}{0,3}[3489]\d{2,4}${SIGN}{0,3}\d{1,3}${SIGN}{0,2}\d{2}${SIGN}{0,2}\d{2,3}(?![\p{L}\d\p{Pd}/])`,
  'gu',
);
/** Without the first digit: "916 123-45-67", "(495) 123 45 67", "9161234567". */
const SHORTENED = new RegExp(
  String.raw`(?<![\p{L}\d\p{Pd}./])(?:\(\d{3,5}\)${SIGN}{0,2}\d{1,3}${SIGN}{0,2}\d{2}${SIGN}{0,2}\d{2}|[3489]\d{2}${SIGN}{1,2}\d{3}${SIGN}{1,2}\d{2}${SIGN}{0,2}\d{2}|9\d{9})(?![\p{L}\d\p{Pd}/])`,
  'gu',
);
/** Any five digits and more after a word that announces a number to call. */
const ANNOUNCED = new RegExp(
  String.raw`((?<!\p{L})(?:тел(?:ефон\p{L}*)?|моб(?:ильн\p{L}*)?|сот(?:ов\p{L}*)?|факс|whats\s?app|в[оа]тс?[\s-]?ап+|вайбер\p{L}*|viber|(?:по|пере)?звони\p{L}*|набер\p{L}*|phone|mobile|call(?: me)?)[^\p{L}\d\r\n]{0,6}(?:(?:мне|нам|на|по|номер\p{L}*|me|us|at|on|number)[^\p{L}\d\r\n]{1,3}){0,2})(\+?\d(?:${SIGN}{0,3}\d){4,14})(?!\d)`,
  'giu',
);

const ANNOUNCED_INN = /((?<!\p{L})инн[^\p{L}\d\r\n]{0,4})\d[\d ]{8,13}\d(?!\d)/giu;
/** Series and number of a Russian passport: drivers are announced with it. */
const PASSPORT = /((?<!\p{L})паспорт\p{L}*[^\d\r\n]{0,24})\d{2}[^\S\r\n]?\d{2}[^\d\r\n]{0,4}\d{6}(?!\d)/giu;
const DIGITS = /(?<![\p{L}\d\p{Pd}./])(?:\d{10}|\d{12})(?![\p{L}\d\p{Pd}/])/gu;

/**
 * Puts stand-ins for what tells who a person is: telephones, e-mails, accounts and links, passports, INN (with right
 * check digits, or after the word), and names. It would rather hide an article that looks like a phone than show a phone.
 *
 * @param names names that are known to occur, such as those of the chat's profile
 */
export function maskPersonalData(text: string, names: readonly string[] = []): string {
  const masked = text
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, (sign) => sign.normalize('NFKC'))
    .replace(URL_LIKE, LINK)
    .replace(MAIL, EMAIL)
    .replace(ACCOUNT, NAME)
    .replace(PASSPORT, `$1${PASSPORT_NUMBER}`)
    .replace(ANNOUNCED_INN, `$1${INN}`)
    .replace(INTERNATIONAL, PHONE)
    .replace(ANNOUNCED, (whole, word: string, digits: string) => (digits.startsWith('+7 000') ? whole : word + PHONE))
    .replace(RUSSIAN, (number) => (number.replace(/\D/g, '').length === 11 ? PHONE : number))
    .replace(SHORTENED, PHONE)
    .replace(DIGITS, (digits) => (isInn(digits) ? INN : digits));
  return maskNames(masked, names);
}
