import { isFromBot } from './chats.js';
import { h, icon } from './dom.js';
import { clock, fileSize, phoneNumber } from './format.js';
import { renderText } from './message-text.js';
import { telegram } from './telegram-api.js';

/**
 * @typedef {object} BubbleActions
 * @property {(command: string) => void} onCommand a command in the text was pressed
 * @property {(messageId: number, data: string) => Promise<void>} onPress an inline button was pressed; resolves when it is answered
 */

const TICKS = [
  ['sending', 'clock', 'Отправляется'],
  ['sent', 'tick', 'Отправлено'],
  ['received', 'ticks', 'Бот получил'],
  ['failed', 'alert', 'Не отправлено'],
];

/**
 * Builds the bubble of a Message of the Bot API.
 * @param {any} message
 * @param {BubbleActions} actions
 */
export function messageBubble(message, actions) {
  const fromBot = isFromBot(message);
  const rows = message.reply_markup?.inline_keyboard;
  const text = message.text ?? message.caption;
  const element = h(
    `li.message.${fromBot ? 'in' : 'out'}`,
    { 'data-message-id': message.message_id },
    h(
      'div.bubble',
      {},
      h('span.visually-hidden', {}, fromBot ? 'Бот: ' : 'Вы: '),
      attachment(message),
      text !== undefined &&
        h(
          'div.text',
          { dir: 'auto' },
          renderText(text, message.entities ?? message.caption_entities, actions.onCommand),
        ),
      meta(message.date, !fromBot, Boolean(message.edit_date)),
    ),
    rows && inlineKeyboard(message.message_id, rows, actions),
  );
  element.classList.toggle('has-keyboard', Boolean(rows));
  element.classList.toggle('is-edited', Boolean(message.edit_date));
  return element;
}

/**
 * The bubble of a message that Telegram has not accepted yet.
 * @param {{ text?: string, file?: File, failed: string | null, date: number }} item
 * @param {{ onResend: () => void, onDrop: () => void }} actions
 */
export function pendingBubble(item, { onResend, onDrop }) {
  return h(
    'li.message.out',
    { 'data-delivery': item.failed ? 'failed' : 'sending' },
    h(
      'div.bubble',
      {},
      item.file
        ? fileRow({ name: item.file.name, note: fileSize(item.file.size) })
        : h('div.text', { dir: 'auto' }, item.text),
      meta(item.date, true, false),
    ),
    item.failed &&
      h(
        'div.message-trouble',
        { role: 'alert' },
        item.failed,
        h('button', { type: 'button', onclick: onResend }, 'Повторить'),
        h('button', { type: 'button', onclick: onDrop }, 'Удалить'),
      ),
  );
}

/** The three dots. */
export function typingBubble() {
  return h(
    'li.message.in.is-first.is-last.typing',
    { 'aria-hidden': true },
    h('div.bubble', {}, h('span.visually-hidden', {}), h('i'), h('i'), h('i')),
  );
}

function meta(date, own, edited) {
  const ticks = TICKS.map(([name, iconName, title]) =>
    h(`span.ticks.${name}`, { title }, icon(iconName), h('span.visually-hidden', {}, title)),
  );
  return h(
    'span.meta',
    {},
    edited && h('span', {}, 'изм.'),
    h('time', { datetime: new Date(date * 1000).toISOString() }, clock(date)),
    ...(own ? ticks : []),
  );
}

function attachment(message) {
  const { document: file, photo, contact } = message;
  if (file) {
    const href = telegram.fileUrl(file.file_id);
    return fileRow({ name: file.file_name ?? 'файл', note: fileSize(file.file_size), href });
  }
  if (photo) {
    const largest = photo.reduce((a, b) => (b.width > a.width ? b : a));
    return h('img.photo', {
      src: telegram.fileUrl(largest.file_id),
      alt: message.caption ?? 'Фотография',
      loading: 'lazy',
    });
  }
  if (contact) {
    const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
    return h(
      'div.attachment',
      {},
      h('span.attachment-icon', {}, icon('phone')),
      described(name, phoneNumber(contact.phone_number)),
    );
  }
  return null;
}

function fileRow({ name, note, href }) {
  const extension = /\.([a-zа-я0-9]{1,5})$/i.exec(name)?.[1] ?? 'файл';
  return h(
    `${href ? 'a' : 'div'}.attachment`,
    href ? { href, download: name, title: `Скачать ${name}` } : {},
    h('span.attachment-icon', { 'aria-hidden': true }, extension.toUpperCase()),
    described(name, note),
  );
}

const described = (name, note) =>
  h('span', {}, h('span.attachment-name', {}, name), h('span.attachment-note', {}, note));

function inlineKeyboard(messageId, rows, { onPress }) {
  const keyboard = h('div.inline-keyboard', { role: 'group', 'aria-label': 'Кнопки под сообщением' });
  for (const row of rows) {
    keyboard.append(
      h(
        'div.inline-row',
        {},
        ...row.map((button) => (button.url ? urlButton(button) : callbackButton(messageId, button, onPress))),
      ),
    );
  }
  return keyboard;
}

function urlButton({ text, url }) {
  const safe = /^(https?|tg):/i.test(url);
  return h(
    'a.inline-button',
    { href: safe ? url : null, target: '_blank', rel: 'noopener noreferrer' },
    text,
    icon('link'),
  );
}

function callbackButton(messageId, { text, callback_data: data }, onPress) {
  const button = h('button.inline-button', { type: 'button', 'data-callback': data }, text);
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    try {
      await onPress(messageId, data);
    } finally {
      button.removeAttribute('aria-busy');
    }
  });
  return button;
}
