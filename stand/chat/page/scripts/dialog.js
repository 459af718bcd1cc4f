import { $, h } from './dom.js';

const TOAST_MS = 3500;

/**
 * Asks in a modal dialog.
 * @param {{ title: string, text: string, confirm: string, cancel?: string, danger?: boolean }} question
 * @returns {Promise<boolean>} false also on Escape
 */
export function ask({ title, text, confirm, cancel = 'Отмена', danger = false }) {
  return open(title, text, [
    h('button.button', { value: 'no' }, cancel),
    h(`button.button.${danger ? 'danger' : 'primary'}`, { value: 'yes', autofocus: true }, confirm),
  ]);
}

/** Shows a message that has to be confirmed, as Telegram shows an alert of a bot. */
export async function tell(title, text) {
  await open(title, text, [h('button.button.primary', { value: 'yes', autofocus: true }, 'Хорошо')]);
}

function open(title, text, buttons) {
  const dialog = h(
    'dialog.dialog',
    { 'aria-label': title },
    h('form', { method: 'dialog' }, h('h2', {}, title), h('p', {}, text), h('div.dialog-buttons', {}, ...buttons)),
  );
  document.body.append(dialog);
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close('no');
  });
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}

/** Shows a short notice for a few seconds. */
export function toast(text, kind = '') {
  const element = h(`div.toast${kind && `.${kind}`}`, {}, text);
  $('toasts').append(element);
  setTimeout(() => element.remove(), TOAST_MS);
}
