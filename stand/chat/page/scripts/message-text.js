import { h } from './dom.js';

const LINK = /^(https?|mailto|tel|tg):/i;

/**
 * Renders the text of a message by its entities (Bot API, MessageEntity: offsets and lengths in UTF-16 code units, which are
 * the indices of a JavaScript string). Entities may nest; what reaches over the end of its parent is cut there.
 * @param {string} text
 * @param {Array<{ type: string, offset: number, length: number, url?: string, language?: string }>} entities
 * @param {(command: string) => void} onCommand a command in the text was pressed
 * @returns {DocumentFragment}
 */
export function renderText(text, entities, onCommand) {
  const sorted = [...(entities ?? [])]
    .filter(({ offset, length }) => offset >= 0 && length > 0 && offset < text.length)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  appendRange(fragment, 0, text.length);
  return fragment;

  function appendRange(parent, start, end) {
    let at = start;
    while (sorted.length > 0 && sorted[0].offset < end) {
      const entity = sorted.shift();
      const from = Math.max(entity.offset, at);
      const to = Math.min(entity.offset + entity.length, end);
      if (to <= from) continue;
      parent.append(text.slice(at, from));
      const element = elementOf(entity, text.slice(from, to), onCommand);
      appendRange(element, from, to);
      parent.append(element);
      at = to;
    }
    parent.append(text.slice(at, end));
  }
}

function elementOf(entity, content, onCommand) {
  switch (entity.type) {
    case 'bold':
      return h('strong');
    case 'italic':
      return h('em');
    case 'underline':
      return h('u');
    case 'strikethrough':
      return h('s');
    case 'code':
      return h('code');
    case 'pre':
      return h('pre', { 'data-language': entity.language, tabindex: 0 });
    case 'blockquote':
      return h('blockquote');
    case 'expandable_blockquote':
      return opening(h('blockquote.expandable'), 'Развернуть цитату');
    case 'spoiler':
      return opening(h('span.spoiler'), 'Показать скрытое');
    case 'text_link':
      return link(entity.url);
    case 'url':
      return link(LINK.test(content) ? content : `https://${content}`);
    case 'email':
      return link(`mailto:${content}`);
    case 'phone_number':
      return link(`tel:${content.replace(/[^\d+]/g, '')}`);
    case 'bot_command':
      return h('button.command', { type: 'button', onclick: () => onCommand(content) });
    default:
      return h('span');
  }
}

/** A link that cannot run anything: other schemes than those of a link stay plain text. */
function link(url) {
  if (!LINK.test(url ?? '')) return h('span');
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' });
}

function opening(element, label) {
  element.setAttribute('role', 'button');
  element.setAttribute('tabindex', '0');
  element.setAttribute('aria-label', label);
  const open = () => {
    element.classList.add('is-open');
    for (const name of ['role', 'tabindex', 'aria-label']) element.removeAttribute(name);
  };
  element.addEventListener('click', open);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    open();
  });
  return element;
}
