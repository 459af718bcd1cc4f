const time = new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit' });
const timeExact = new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('ru', { day: 'numeric', month: 'long' });
const dayOfYear = new Intl.DateTimeFormat('ru', { day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat('ru', { day: '2-digit', month: '2-digit', year: '2-digit' });
const plurals = new Intl.PluralRules('ru');
const number = new Intl.NumberFormat('ru', { maximumFractionDigits: 1 });

const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
const daysAgo = (date) => Math.round((startOfDay(new Date()) - startOfDay(date)) / 86_400_000);

/** @param {number} seconds Unix time, as in a Message of the Bot API */
export const clock = (seconds) => time.format(seconds * 1000);

/** @param {number} ms */
export const clockExact = (ms) => timeExact.format(ms);

/** «Сегодня», «Вчера», «5 ноября», «5 ноября 2025 г.» */
export function dayName(seconds) {
  const date = new Date(seconds * 1000);
  const ago = daysAgo(date);
  if (ago === 0) return 'Сегодня';
  if (ago === 1) return 'Вчера';
  return (date.getFullYear() === new Date().getFullYear() ? day : dayOfYear).format(date);
}

/** For the list of chats: the time today, the date before. */
export function shortMoment(seconds) {
  const date = new Date(seconds * 1000);
  return daysAgo(date) === 0 ? time.format(date) : shortDay.format(date);
}

/** @returns {string} «1 запрос», «2 запроса», «5 запросов» */
export function count(n, one, few, many) {
  return `${n} ${{ one, few, many, other: few }[plurals.select(n)]}`;
}

export function fileSize(bytes) {
  if (bytes === undefined) return '';
  if (bytes < 1024) return `${bytes} Б`;
  if (bytes < 1024 ** 2) return `${number.format(bytes / 1024)} КБ`;
  return `${number.format(bytes / 1024 ** 2)} МБ`;
}

/** @param {number} ms «41 мс», «9,8 с» */
export const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} мс` : `${number.format(ms / 1000)} с`);

export const fullName = ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' ');

/** A Russian number in groups, as people write it; others as they are. */
export const phoneNumber = (phone) =>
  phone.replace(/^\+?7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7\u00a0$1\u00a0$2\u2011$3\u2011$4');

export const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();

/** Each pair gives white letters a contrast of 4.5:1 or more. */
const AVATAR_COLOURS = [
  ['#3f73d8', '#2450a8'],
  ['#1f8a6f', '#0f5f4b'],
  ['#b0529a', '#843872'],
  ['#7a62cf', '#5540a3'],
  ['#c0563c', '#8f3a25'],
  ['#4d7a2f', '#375a20'],
];

/** Two colours of a person's avatar, always the same ones. */
export const avatarColours = (id) => AVATAR_COLOURS[Math.abs(id) % AVATAR_COLOURS.length];
