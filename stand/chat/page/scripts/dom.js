const SVG = 'http://www.w3.org/2000/svg';

/**
 * Builds an element. Text goes in as text nodes only, so that nothing a message carries becomes markup.
 * @param {string} tag name, with classes after dots: `button.icon-button`
 * @param {Record<string, unknown>} props attributes; `onclick` and the like are listeners; null and false are left out
 * @param {...(Node | string | number | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (id) => document.getElementById(id);

const ICONS = {
  sun: 'M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  back: 'M19 12H5M12 5l-7 7 7 7',
  send: 'M12 19V5M5.5 11.5 12 5l6.5 6.5',
  clip: 'M20 11.5 12 19.4a5 5 0 0 1-7.1-7.1l8.3-8.2a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.2a1.7 1.7 0 0 1-2.4-2.4l7.3-7.2',
  menu: 'M4 7h16M4 12h16M4 17h10',
  keyboard:
    'M3 7.5A1.5 1.5 0 0 1 4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8',
  panel:
    'M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM14.5 5v14',
  close: 'M6 6l12 12M18 6 6 18',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12h8.4L17 7M10.3 11v4.5M13.7 11v4.5',
  down: 'M12 5v14M5.5 12.5 12 19l6.5-6.5',
  clock: 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM12 8v4.2l2.6 1.6',
  tick: 'M5 12.5 10 17.5 19.5 7',
  ticks: 'M2.5 12.8 7 17.3 16 7M11.5 16 12.8 17.3 21.8 7',
  alert: 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM12 8v4.5M12 16h.01',
  link: 'M8 16 16 8M9.5 8H16v6.5',
  box: 'M4 7.8 12 3.6l8 4.2v8.4l-8 4.2-8-4.2zM4 7.8l8 4.3 8-4.3M12 12.1v8.3M8 5.7l8 4.3',
  restart: 'M19 12a7 7 0 1 1-2.3-5.2M19.5 3.5v4h-4',
  phone: 'M7 4h3l1.5 4-2 1.5a11 11 0 0 0 5 5l1.5-2 4 1.5v3a2 2 0 0 1-2 2A14 14 0 0 1 5 6a2 2 0 0 1 2-2z',
  chevron: 'M9 6l6 6-6 6',
};

/** A line icon of our own, 24 by 24, in the colour of the text. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/**
 * Brings the children of a container to the given list and keeps the elements that are there already: selected text,
 * opened spoilers and the reader's place survive.
 * @param {Element} container
 * @param {{ key: string, version: unknown, build: () => HTMLElement }[]} items
 * @param {Map<string, { version: unknown, element: HTMLElement }>} known kept by the caller between calls
 */
export function reconcile(container, items, known) {
  const wanted = new Set(items.map(({ key }) => key));
  for (const [key, { element }] of known) {
    if (wanted.has(key)) continue;
    element.remove();
    known.delete(key);
  }
  let place = container.firstElementChild;
  for (const { key, version, build } of items) {
    let entry = known.get(key);
    if (!entry || entry.version !== version) {
      const element = build();
      if (entry) {
        if (entry.element === place) place = element;
        entry.element.replaceWith(element);
      }
      entry = { version, element };
      known.set(key, entry);
    }
    if (entry.element === place) place = place.nextElementSibling;
    else container.insertBefore(entry.element, place);
  }
}

/** Storage that forgets rather than fails where the browser has switched it off. */
export const memory = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Nothing depends on it.
    }
  },
};
