import { $, icon } from './dom.js';

/** The text field: grows with the text, keeps a draft for each chat, takes files. */
export class Composer {
  drafts = new Map();
  chatId = null;

  /**
   * @param {import('./command-menu.js').CommandMenu} commandMenu
   * @param {{ onSend: (text: string) => void, onFile: (file: File) => void }} actions
   */
  constructor(commandMenu, { onSend, onFile }) {
    this.text = $('text');
    this.sendButton = $('send');
    this.commandMenu = commandMenu;
    this.onSend = onSend;
    $('commands-button').append(icon('menu'));
    $('attach').append(icon('clip'));
    this.sendButton.append(icon('send'));

    this.text.addEventListener('input', () => this.onInput());
    this.text.addEventListener('keydown', (event) => this.onKey(event));
    $('composer-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    const file = $('file');
    $('attach').addEventListener('click', () => file.click());
    file.addEventListener('change', () => {
      for (const chosen of file.files) onFile(chosen);
      file.value = '';
    });
    this.text.addEventListener('paste', ({ clipboardData }) => {
      for (const pasted of clipboardData.files) onFile(pasted);
    });
    takeDrops($('feed-frame'), onFile);
  }

  /** Changes over to the chat's own draft. */
  show(chatId) {
    if (this.chatId !== null) this.drafts.set(this.chatId, this.text.value);
    this.chatId = chatId;
    this.text.value = this.drafts.get(chatId) ?? '';
    this.onInput();
    this.commandMenu.close();
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  /** Empties the field where the beginning of a command stands in it; another draft stays. */
  takeCommand() {
    if (this.text.value.startsWith('/')) this.text.value = '';
    this.onInput();
    this.focus();
  }

  onInput() {
    this.text.style.height = 'auto';
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
    this.sendButton.disabled = this.text.value.trim() === '';
    this.commandMenu.onInput(this.text.value);
  }

  onKey(event) {
    if (event.isComposing) return;
    if (this.commandMenu.handleKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    this.submit();
  }

  submit() {
    const text = this.text.value.trim();
    if (text === '') return;
    this.text.value = '';
    this.onInput();
    this.onSend(text);
    this.focus();
  }
}

function takeDrops(zone, onFile) {
  zone.addEventListener('dragover', (event) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    zone.classList.add('is-dropping');
  });
  zone.addEventListener('dragleave', (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove('is-dropping');
  });
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('is-dropping');
    for (const dropped of event.dataTransfer.files) onFile(dropped);
  });
}
