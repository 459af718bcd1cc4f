import { replyKeyboard } from './chats.js';
import { $, h, icon } from './dom.js';

/** The keyboard that a bot puts under the text field. */
export class ReplyKeyboard {
  /** What the user opened or closed by hand, until the bot sends another keyboard. */
  choice = { messageId: 0, open: true };

  /** @param {(button: { text: string, request_contact?: boolean }) => void} onPress */
  constructor(onPress) {
    this.onPress = onPress;
    this.board = $('reply-keyboard');
    this.toggle = $('keyboard-toggle');
    this.toggle.append(icon('keyboard'));
    this.toggle.addEventListener('click', () => {
      this.choice = { messageId: this.current.messageId, open: this.board.hidden };
      this.show();
    });
  }

  render(messages) {
    this.current = replyKeyboard(messages);
    const placeholder = this.current?.markup.input_field_placeholder;
    $('text').placeholder = placeholder ?? 'Сообщение';
    this.show();
  }

  show() {
    const { current } = this;
    this.toggle.hidden = !current;
    if (!current) {
      this.board.hidden = true;
      this.built = null;
      return;
    }
    const { messageId, markup, used } = current;
    const open = this.choice.messageId === messageId ? this.choice.open : !used;
    this.board.hidden = !open;
    this.toggle.setAttribute('aria-expanded', String(open));
    this.toggle.setAttribute('aria-label', open ? 'Скрыть клавиатуру бота' : 'Показать клавиатуру бота');
    this.toggle.title = this.toggle.getAttribute('aria-label');
    this.board.classList.toggle('is-tall', !markup.resize_keyboard);
    if (this.built === messageId) return;
    this.built = messageId;
    this.board.replaceChildren(
      ...markup.keyboard.map((row) => h('div.reply-row', {}, ...row.map((button) => this.button(button)))),
    );
  }

  button(button) {
    const described = typeof button === 'string' ? { text: button } : button;
    return h('button.reply-button', { type: 'button', onclick: () => this.onPress(described) }, described.text);
  }
}
