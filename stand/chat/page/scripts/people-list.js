import { isFromBot, summary } from './chats.js';
import { h, reconcile } from './dom.js';
import { avatarColours, fullName, initials, shortMoment } from './format.js';

const known = new Map();

/** The list of accounts; the chat with `activeId` is marked. */
export function renderPeople(list, chats, activeId, onChoose) {
  const focused = document.activeElement?.dataset.person;
  const items = [...chats.chats.values()].map((chat) => {
    const { person, action } = chat;
    const last = chat.messages.at(-1);
    const row = { person, action, last, unread: chats.unread(chat), active: person.id === activeId };
    const version = JSON.stringify([last, action, row.unread, row.active]);
    return { key: String(person.id), version, build: () => h('li', {}, personRow(row, onChoose)) };
  });
  reconcile(list, items, known);
  if (focused) list.querySelector(`[data-person="${focused}"]`)?.focus();
}

function personRow({ person, action, last, unread, active }, onChoose) {
  const name = fullName(person);
  return h(
    'button.person',
    { type: 'button', 'data-person': person.id, 'aria-current': active && 'true', onclick: () => onChoose(person.id) },
    avatar(person.id, name),
    h('span.person-name', {}, name),
    h('span.person-time', {}, last ? shortMoment(last.date) : ''),
    h('span.person-about', { title: person.about }, person.about),
    action
      ? h('span.person-last.is-typing', {}, 'печатает…')
      : h('span.person-last', {}, last ? `${isFromBot(last) ? '' : 'Вы: '}${summary(last)}` : 'Нет сообщений'),
    unread > 0 && h('span.unread', {}, unread, h('span.visually-hidden', {}, ' непрочитанных')),
  );
}

export function avatar(id, name) {
  const element = h('span.avatar', { 'aria-hidden': true }, initials(name));
  const [from, to] = avatarColours(id);
  element.style.setProperty('--avatar-from', from);
  element.style.setProperty('--avatar-to', to);
  return element;
}
