import { $, h } from './dom.js';
import { telegram } from './telegram-api.js';

/** The menu of the bot's commands: opened by its button, and by a slash at the beginning of the message. */
export class CommandMenu {
  commands = [];
  shown = [];
  selected = 0;

  /** @param {(command: string) => void} onChoose gets the command with its slash */
  constructor(onChoose) {
    this.onChoose = onChoose;
    this.menu = $('command-menu');
    this.button = $('commands-button');
    this.text = $('text');
    this.text.setAttribute('aria-controls', 'command-menu');
    this.text.setAttribute('aria-autocomplete', 'list');
    this.button.addEventListener('click', () => (this.isOpen ? this.close() : this.open('')));
    document.addEventListener('pointerdown', (event) => {
      if (!this.menu.contains(event.target) && !this.button.contains(event.target)) this.close();
    });
    this.button.addEventListener('keydown', (event) => {
      if (this.handleKey(event)) event.preventDefault();
    });
  }

  get isOpen() {
    return !this.menu.hidden;
  }

  /** Commands differ by the account's language. */
  async load(user) {
    this.commands = await telegram.commands(user).catch(() => []);
    this.button.hidden = this.commands.length === 0;
    if (this.isOpen) this.open(this.typed);
  }

  /** Follows what is typed. */
  onInput(value) {
    const match = /^\/([\p{L}\p{N}_]*)$/u.exec(value);
    if (match) this.open(match[1]);
    else this.close();
  }

  open(typed) {
    this.typed = typed;
    this.shown = this.commands.filter(({ command }) => command.startsWith(typed.toLowerCase()));
    this.selected = 0;
    this.menu.hidden = this.shown.length === 0;
    this.button.setAttribute('aria-expanded', String(this.isOpen));
    this.render();
  }

  close() {
    if (!this.isOpen) return;
    this.menu.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
    this.text.removeAttribute('aria-activedescendant');
  }

  /** @returns {boolean} whether the key was the menu's */
  handleKey(event) {
    if (!this.isOpen) return false;
    const last = this.shown.length - 1;
    switch (event.key) {
      case 'ArrowDown':
        this.select(this.selected === last ? 0 : this.selected + 1);
        return true;
      case 'ArrowUp':
        this.select(this.selected === 0 ? last : this.selected - 1);
        return true;
      case 'Enter':
      case 'Tab':
        this.choose(this.shown[this.selected].command);
        return true;
      case 'Escape':
        this.close();
        return true;
      default:
        return false;
    }
  }

  select(index) {
    this.selected = index;
    this.render();
  }

  choose(command) {
    this.close();
    this.onChoose(`/${command}`);
  }

  render() {
    this.menu.replaceChildren(
      ...this.shown.map(({ command, description }, index) =>
        h(
          'div.command-option',
          {
            id: `command-${index}`,
            role: 'option',
            'aria-selected': String(index === this.selected),
            onclick: () => this.choose(command),
          },
          h('b', {}, `/${command}`),
          h('span', {}, description),
        ),
      ),
    );
    if (!this.isOpen) return;
    this.text.setAttribute('aria-activedescendant', `command-${this.selected}`);
    this.menu.children[this.selected]?.scrollIntoView({ block: 'nearest' });
  }
}
