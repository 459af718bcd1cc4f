import { isFromBot } from './chats.js';
import { $, h, icon, reconcile } from './dom.js';
import { count, dayName } from './format.js';
import { messageBubble, pendingBubble, typingBubble } from './message-bubble.js';

/** So near to the end, in pixels, the reader counts as being there. */
const NEAR_END = 90;
/** Messages of one side that follow each other so closely, in seconds, are one group. */
const GROUP_SECONDS = 300;

/** The conversation: bubbles, dates, the typing bot, the reader's place. */
export class Feed {
  known = new Map();
  chatId = null;
  unseen = 0;
  examples = [];

  /**
   * @param {import('./chats.js').Chats} chats
   * @param {import('./message-bubble.js').BubbleActions & { onStart: () => void, onExample: (text: string) => void }} actions
   */
  constructor(chats, actions) {
    this.chats = chats;
    this.actions = actions;
    this.scroller = $('feed');
    this.list = $('messages');
    this.pill = $('new-pill');
    this.pill.addEventListener('click', () => this.toEnd('smooth'));
    this.scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.scroller);
    document.addEventListener('visibilitychange', () => this.markRead());
    window.addEventListener('focus', () => this.markRead());
  }

  /** Shows the chat of an account from its end. */
  show(chatId) {
    this.chatId = chatId;
    this.known.clear();
    this.list.replaceChildren();
    this.unseen = 0;
    this.following = true;
    this.render();
    this.toEnd();
    this.markRead();
  }

  /** @param {{ why: string, message?: any }} change */
  update({ why, message }) {
    const following = this.following || why === 'sent';
    if (why === 'message' && message && isFromBot(message) && !following) this.unseen += 1;
    if (why === 'cleared' || why === 'loaded') this.unseen = 0;
    this.render(why === 'message' || why === 'sent' ? 'is-new' : '');
    if (following) this.toEnd();
    this.showPill();
    this.markRead();
  }

  render(arrival = '') {
    const chat = this.chats.get(this.chatId);
    if (!chat) return;
    const items = [];
    const { messages } = chat;
    const setFlags = [];
    messages.forEach((message, index) => {
      const before = messages[index - 1];
      const after = messages[index + 1];
      const day = dayName(message.date);
      if (!before || dayName(before.date) !== day) {
        items.push({
          key: `day-${day}-${message.message_id}`,
          version: day,
          build: () => h('li.date-separator', {}, day),
        });
      }
      const key = `message-${message.message_id}`;
      const isNew = !this.known.has(key);
      items.push({ key, version: message, build: () => messageBubble(message, this.actions) });
      setFlags.push(() => {
        const { element } = this.known.get(key);
        element.classList.toggle('is-first', !sameGroup(before, message));
        element.classList.toggle(
          'is-last',
          !sameGroup(message, after) && !(after === undefined && chat.pending.length > 0 && !isFromBot(message)),
        );
        if (isNew && arrival) element.classList.add(arrival);
        if (!isFromBot(message))
          element.dataset.delivery = message.message_id <= chat.receivedUpTo ? 'received' : 'sent';
      });
    });
    for (const item of chat.pending) {
      items.push({
        key: item.key,
        version: item.failed,
        build: () =>
          pendingBubble(item, {
            onResend: () => void this.chats.resend(this.chatId, item.key),
            onDrop: () => this.chats.dropPending(this.chatId, item.key),
          }),
      });
    }
    if (items.length === 0) items.push({ key: 'welcome', version: this.examples, build: () => this.welcome() });
    if (chat.action) items.push({ key: 'typing', version: 0, build: typingBubble });
    reconcile(this.list, items, this.known);
    for (const set of setFlags) set();
  }

  welcome() {
    const { bot } = this.chats;
    return h(
      'li.welcome',
      {},
      h('div.avatar.bot-avatar', { 'aria-hidden': true }, icon('box')),
      h('h3', {}, bot?.first_name ?? 'Бот для поставщиков'),
      h('p', {}, 'Отвечает поставщикам об остатках, ценах, заказах и оплатах прямо из 1С. Спрашивайте своими словами.'),
      h('button.button.primary', { type: 'button', id: 'start', onclick: this.actions.onStart }, 'Начать'),
      this.examples.length > 0 && h('p.welcome-hint', {}, 'или сразу спросите:'),
      h(
        'div.examples',
        {},
        ...this.examples.map((text) =>
          h('button.example', { type: 'button', onclick: () => this.actions.onExample(text) }, text),
        ),
      ),
    );
  }

  toEnd(behavior = 'instant') {
    this.following = true;
    this.unseen = 0;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior });
    this.showPill();
  }

  onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.following = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.following) this.unseen = 0;
    this.showPill();
    this.markRead();
  }

  showPill() {
    const label = this.unseen > 0 ? count(this.unseen, 'новое', 'новых', 'новых') : 'В конец';
    this.pill.hidden = this.following;
    if (this.pill.textContent !== label) this.pill.replaceChildren(icon('down'), label);
  }

  markRead() {
    if (this.chatId !== null && this.following && document.visibilityState === 'visible')
      this.chats.markRead(this.chatId);
  }
}

function sameGroup(a, b) {
  return (
    a !== undefined &&
    b !== undefined &&
    isFromBot(a) === isFromBot(b) &&
    b.date - a.date < GROUP_SECONDS &&
    dayName(a.date) === dayName(b.date)
  );
}
