import { icon, memory } from './dom.js';

/** The button that changes between dark and light; until it is pressed the system decides. */
export function themeButton(button) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === 'dark' : system.matches;
  };
  const show = () => {
    const label = isDark() ? 'Светлая тема' : 'Тёмная тема';
    button.replaceChildren(icon(isDark() ? 'sun' : 'moon'));
    button.setAttribute('aria-label', label);
    button.title = label;
  };
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    memory.set('theme', theme);
    show();
  });
  system.addEventListener('change', show);
  show();
}
