import { memory } from './dom.js';
import { openEventStream } from './event-stream.js';
import { telegram } from './telegram-api.js';

/** Telegram shows a chat action for five seconds or until the next message of the bot. */
const TYPING_MS = 5000;
const CALLBACK_TIMEOUT_MS = 15_000;

/**
 * @typedef {object} Chat
 * @property {any} person
 * @property {any[]} messages Bot API Messages, oldest first
 * @property {{ key: string, text?: string, file?: File, failed: string | null, date: number }[]} pending not yet accepted by Telegram
 * @property {string | null} action what the bot is doing, for example `typing`
 * @property {number} receivedUpTo the user's messages up to this one were received by the bot
 * @property {number} readUpTo
 */

/**
 * The chats of all accounts, kept in step with the local Telegram.
 *
 * Events: `change` (detail: chatId and why), `connection` (detail: online), `callback` (an answer to a button that was pressed;
 * detail: chatId, text, showAlert), `commands`.
 */
export class Chats extends EventTarget {
  /** @type {Map<number, Chat>} */
  chats = new Map();
  bot = null;
  online = null;
  lastKey = 0;
  presses = new Map();
  answered = new Set();

  /** Loads the accounts with their chats and begins to listen. */
  async open() {
    const [people, bot] = await Promise.all([telegram.people(), telegram.bot()]);
    this.bot = bot;
    for (const person of people) {
      this.chats.set(person.id, {
        person,
        messages: [],
        pending: [],
        action: null,
        receivedUpTo: 0,
        readUpTo: Number(memory.get(`read:${person.id}`) ?? 0),
      });
    }
    await this.synchronise();
    openEventStream('tg/events', {
      onOpen: () => {
        if (this.online === false) void this.synchronise();
        this.setOnline(true);
      },
      onLost: () => this.setOnline(false),
      events: {
        message: ({ chatId, message }) => this.take(chatId, message),
        edit: ({ chatId, message }) => this.replace(chatId, message),
        delete: ({ chatId, messageId }) => this.remove(chatId, messageId),
        chat_action: ({ chatId, action }) => this.act(chatId, action),
        callback_answer: (answer) => this.settlePress(answer),
        commands: () => this.dispatchEvent(new Event('commands')),
        cleared: ({ chatId }) => this.empty(chatId),
      },
    });
  }

  get(chatId) {
    return this.chats.get(chatId);
  }

  unread(chat) {
    return chat.messages.filter((message) => isFromBot(message) && message.message_id > chat.readUpTo).length;
  }

  get unreadInAll() {
    return [...this.chats.values()].reduce((sum, chat) => sum + this.unread(chat), 0);
  }

  markRead(chatId) {
    const chat = this.get(chatId);
    const last = chat?.messages.at(-1)?.message_id ?? 0;
    if (!chat || last <= chat.readUpTo) return;
    chat.readUpTo = last;
    memory.set(`read:${chatId}`, String(last));
    this.changed(chatId, 'read');
  }

  /** Sends as the account; the message is shown at once and marked where Telegram did not take it. */
  sendText(chatId, text) {
    return this.send(chatId, { text }, () => telegram.sendText(chatId, text));
  }

  sendFile(chatId, file) {
    return this.send(chatId, { file }, () => telegram.sendFile(chatId, file));
  }

  sendContact(chatId) {
    return this.send(chatId, { text: 'Номер телефона' }, () => telegram.sendContact(chatId));
  }

  /** Tries a message again that was not accepted. */
  resend(chatId, key) {
    const pending = this.get(chatId).pending.find((item) => item.key === key);
    this.dropPending(chatId, key);
    return pending.file ? this.sendFile(chatId, pending.file) : this.sendText(chatId, pending.text);
  }

  dropPending(chatId, key) {
    const chat = this.get(chatId);
    chat.pending = chat.pending.filter((item) => item.key !== key);
    this.changed(chatId, 'pending');
  }

  /** Presses an inline button; resolves when the bot has answered the press, at the latest after 15 s as in Telegram. */
  async press(chatId, messageId, data) {
    const { id } = await telegram.pressButton(chatId, messageId, data);
    if (this.answered.delete(id)) return;
    await new Promise((resolve) => {
      this.presses.set(id, resolve);
      setTimeout(resolve, CALLBACK_TIMEOUT_MS);
    });
    this.presses.delete(id);
  }

  async send(chatId, content, deliver) {
    const chat = this.get(chatId);
    const item = { key: `pending-${++this.lastKey}`, ...content, failed: null, date: Math.floor(Date.now() / 1000) };
    chat.pending.push(item);
    this.changed(chatId, 'sent');
    try {
      const message = await deliver();
      chat.pending = chat.pending.filter((other) => other !== item);
      if (message?.message_id) this.take(chatId, message);
      else await this.load(chatId);
    } catch (error) {
      item.failed = error.message;
      this.changed(chatId, 'pending');
    }
  }

  async synchronise() {
    await Promise.all([...this.chats.keys()].map((chatId) => this.load(chatId).catch(() => undefined)));
  }

  async load(chatId) {
    const chat = this.get(chatId);
    const known = new Map(chat.messages.map((message) => [message.message_id, message]));
    const messages = await telegram.messages(chatId);
    chat.messages = messages.map((message) => {
      const old = known.get(message.message_id);
      return old && JSON.stringify(old) === JSON.stringify(message) ? old : message;
    });
    // The chat was begun anew while this page was away.
    if (chat.readUpTo > (messages.at(-1)?.message_id ?? 0)) chat.readUpTo = 0;
    chat.receivedUpTo = messages.findLast(isFromBot)?.message_id ?? 0;
    this.changed(chatId, 'loaded');
  }

  take(chatId, message) {
    const chat = this.get(chatId);
    if (!chat || chat.messages.some(({ message_id }) => message_id === message.message_id)) return;
    const after = chat.messages.findLastIndex(({ message_id }) => message_id < message.message_id);
    chat.messages.splice(after + 1, 0, message);
    if (isFromBot(message)) {
      chat.receivedUpTo = message.message_id;
      this.stopAction(chat);
    } else {
      // The event may come before the answer to the request that sent the message.
      const own = chat.pending.findIndex(({ text, failed }) => text === message.text && !failed);
      if (own >= 0) chat.pending.splice(own, 1);
    }
    this.changed(chatId, 'message', message);
  }

  replace(chatId, message) {
    const chat = this.get(chatId);
    const at = chat?.messages.findIndex(({ message_id }) => message_id === message.message_id) ?? -1;
    if (at < 0) return;
    chat.messages[at] = message;
    this.stopAction(chat);
    this.changed(chatId, 'edit', message);
  }

  remove(chatId, messageId) {
    const chat = this.get(chatId);
    if (!chat) return;
    chat.messages = chat.messages.filter(({ message_id }) => message_id !== messageId);
    this.changed(chatId, 'delete');
  }

  act(chatId, action) {
    const chat = this.get(chatId);
    if (!chat) return;
    chat.action = action;
    chat.receivedUpTo = chat.messages.at(-1)?.message_id ?? 0;
    clearTimeout(chat.actionTimer);
    chat.actionTimer = setTimeout(() => {
      chat.action = null;
      this.changed(chatId, 'action');
    }, TYPING_MS);
    this.changed(chatId, 'action');
  }

  stopAction(chat) {
    clearTimeout(chat.actionTimer);
    chat.action = null;
  }

  empty(chatId) {
    const chat = this.get(chatId);
    if (!chat) return;
    Object.assign(chat, { messages: [], pending: [], receivedUpTo: 0, readUpTo: 0 });
    this.stopAction(chat);
    this.changed(chatId, 'cleared');
  }

  settlePress({ chatId, callbackQueryId, text, showAlert }) {
    const resolve = this.presses.get(callbackQueryId);
    if (resolve) resolve();
    else this.answered.add(callbackQueryId);
    if (text) this.dispatchEvent(new CustomEvent('callback', { detail: { chatId, text, showAlert } }));
  }

  setOnline(online) {
    if (this.online === online) return;
    this.online = online;
    this.dispatchEvent(new CustomEvent('connection', { detail: { online } }));
  }

  changed(chatId, why, message) {
    this.dispatchEvent(new CustomEvent('change', { detail: { chatId, why, message } }));
  }
}

export const isFromBot = (message) => message.from?.is_bot === true;

/** One line for the list of chats. */
export function summary(message) {
  if (message.text !== undefined) return message.text.replace(/\s+/g, ' ');
  if (message.document) return `Файл: ${message.document.file_name ?? 'без имени'}`;
  if (message.photo) return message.caption ?? 'Фотография';
  if (message.contact) return 'Номер телефона';
  return message.caption ?? 'Сообщение';
}

/**
 * The keyboard that takes the place of the letters, as Telegram decides it: the bot's latest message that sets or removes one.
 * @returns {{ messageId: number, markup: any, used: boolean } | null} used: one-time and pressed already
 */
export function replyKeyboard(messages) {
  const at = messages.findLastIndex(
    (message) => isFromBot(message) && (message.reply_markup?.keyboard || message.reply_markup?.remove_keyboard),
  );
  const message = messages[at];
  if (!message?.reply_markup.keyboard) return null;
  const markup = message.reply_markup;
  const used = Boolean(markup.one_time_keyboard) && messages.slice(at + 1).some((later) => !isFromBot(later));
  return { messageId: message.message_id, markup, used };
}
