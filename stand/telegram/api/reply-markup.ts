import { badRequest, type BotApiError } from '../bot-api-error';
import { type InlineKeyboardButton, type KeyboardButton, type ReplyMarkup } from '../bot-api.types';
import { LIMITS } from '../limits';
import { checkLink } from '../text/links';
import { type RequestParams } from './request-params';

type Fields = Record<string, unknown>;

/** What an inline button does, in the order in which Telegram looks: the first action wins, the others are dropped. */
const INLINE_ACTIONS = [
  'url',
  'callback_data',
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
  'login_url',
  'web_app',
  'copy_text',
] as const satisfies readonly (keyof InlineKeyboardButton)[];

const KEYBOARD_REQUESTS = [
  'request_contact',
  'request_location',
  'request_poll',
  'request_users',
  'request_chat',
  'web_app',
] as const satisfies readonly (keyof KeyboardButton)[];

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOn = (value: unknown): boolean => value === true;

/**
 * Reads `reply_markup`: an inline keyboard, a reply keyboard, its removal or a forced reply.
 *
 * @returns the markup with the fields that Telegram knows; nothing where there is none or it is empty
 * @throws BotApiError 400 for what Telegram refuses: too many buttons, a button without text or action,
 * `callback_data` of more than 64 bytes, a link that is none
 */
export function readReplyMarkup(params: RequestParams): ReplyMarkup | undefined {
  const value = params.json('reply_markup', 'reply keyboard markup');
  if (value === undefined) {
    return undefined;
  }
  if (!isFields(value)) {
    throw badRequest('Object expected as reply markup');
  }
  const keyboard = rows(value.keyboard, 'Field "keyboard" must be an Array of Arrays', keyboardButton);
  const inline = rows(
    value.inline_keyboard,
    'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    inlineButton,
  );
  const selective = isOn(value.selective) && { selective: true as const };
  const placeholder = typeof value.input_field_placeholder === 'string' &&
    value.input_field_placeholder !== '' && { input_field_placeholder: value.input_field_placeholder };
  if (keyboard.length > 0) {
    checkCount(keyboard, LIMITS.replyButtons);
    return {
      keyboard,
      ...(isOn(value.is_persistent) && { is_persistent: true }),
      ...(isOn(value.resize_keyboard) && { resize_keyboard: true }),
      ...(isOn(value.one_time_keyboard) && { one_time_keyboard: true }),
      ...placeholder,
      ...selective,
    };
  }
  if (inline.length > 0) {
    checkCount(inline, LIMITS.inlineButtons);
    return { inline_keyboard: inline };
  }
  if (isOn(value.remove_keyboard)) {
    return { remove_keyboard: true, ...selective };
  }
  return isOn(value.force_reply) ? { force_reply: true, ...placeholder, ...selective } : undefined;
}

/** For edits, which may set inline keyboards only. */
export function readInlineKeyboard(params: RequestParams): ReplyMarkup | undefined {
  const markup = readReplyMarkup(params);
  if (markup !== undefined && markup.inline_keyboard === undefined) {
    throw badRequest('Inline keyboard expected');
  }
  return markup;
}

function rows<T>(value: unknown, complaint: string, button: (value: unknown) => T): T[][] {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw badRequest(complaint);
  }
  return value
    .map((row: unknown) => {
      if (!Array.isArray(row)) {
        throw badRequest(complaint);
      }
      return row.map(button);
    })
    .filter((row) => row.length > 0);
}

function checkCount(keyboard: readonly (readonly unknown[])[], limit: number): void {
  if (keyboard.reduce((count, row) => count + row.length, 0) > limit) {
    throw badRequest('reply markup is too long');
  }
}

function inlineButton(value: unknown): InlineKeyboardButton {
  const unreadable = (reason: string): BotApiError => badRequest(`can't parse inline keyboard button: ${reason}`);
  if (!isFields(value)) {
    throw unreadable('InlineKeyboardButton must be an Object');
  }
  const button: InlineKeyboardButton = { text: requiredText(value, unreadable), ...looks(value) };
  if (button.text === '') {
    throw badRequest('Inline keyboard button text must be non-empty');
  }
  const action = INLINE_ACTIONS.find((name) =>
    name === 'url' || name === 'callback_data'
      ? typeof value[name] === 'string' && value[name] !== ''
      : value[name] !== undefined && value[name] !== null,
  );
  if (action === undefined) {
    throw unreadable('Text buttons are unallowed in the inline keyboard');
  }
  if (action === 'callback_data' && Buffer.byteLength(String(value.callback_data)) > LIMITS.callbackDataBytes) {
    throw badRequest('BUTTON_DATA_INVALID');
  }
  if (action === 'copy_text') {
    checkCopyText(value.copy_text, unreadable);
  }
  if (action === 'web_app' || action === 'login_url') {
    checkHttps(value[action], action === 'web_app' ? 'Web App' : 'login', unreadable);
  }
  return { ...button, [action]: action === 'url' ? buttonLink(String(value.url)) : value[action] };
}

function keyboardButton(value: unknown): KeyboardButton {
  const unreadable = (reason: string): BotApiError => badRequest(`can't parse keyboard button: ${reason}`);
  if (!isFields(value) && typeof value !== 'string') {
    throw unreadable('KeyboardButton must be a String or an Object');
  }
  const text = typeof value === 'string' ? value : requiredText(value, unreadable);
  if (text === '') {
    throw badRequest('Keyboard button text must be non-empty');
  }
  if (typeof value === 'string') {
    return { text };
  }
  const request = KEYBOARD_REQUESTS.find((name) => Boolean(value[name]));
  return { text, ...looks(value), ...(request !== undefined && { [request]: value[request] }) };
}

function requiredText(fields: Fields, unreadable: (reason: string) => BotApiError): string {
  if (fields.text === undefined) {
    throw unreadable('Can\'t find field "text"');
  }
  if (typeof fields.text !== 'string' && typeof fields.text !== 'number') {
    throw unreadable('Field "text" must be of type String');
  }
  return String(fields.text);
}

function looks({ style, icon_custom_emoji_id: icon }: Fields): Pick<KeyboardButton, 'style' | 'icon_custom_emoji_id'> {
  return {
    ...(typeof style === 'string' && { style }),
    ...(typeof icon === 'string' && { icon_custom_emoji_id: icon }),
  };
}

function buttonLink(link: string): string {
  if (/^tg:\/\/user\?id=\d+$/i.test(link)) {
    return link;
  }
  const checked = checkLink(link);
  if ('reason' in checked) {
    throw badRequest(`Inline keyboard button URL '${link}' is invalid: ${checked.reason}`);
  }
  return checked.url;
}

function checkCopyText(value: unknown, unreadable: (reason: string) => BotApiError): void {
  const text = isFields(value) ? requiredText(value, unreadable) : '';
  if (text === '' || text.length > LIMITS.copyTextCharacters) {
    throw badRequest('BUTTON_COPY_TEXT_INVALID');
  }
}

function checkHttps(value: unknown, title: string, unreadable: (reason: string) => BotApiError): void {
  if (!isFields(value) || typeof value.url !== 'string') {
    throw unreadable('Can\'t find field "url"');
  }
  if (!/^https:\/\/[^/]+\.[^/]+/i.test(value.url)) {
    throw badRequest(`Inline keyboard button ${title} URL '${value.url}' is invalid: Only HTTPS links are allowed`);
  }
}
