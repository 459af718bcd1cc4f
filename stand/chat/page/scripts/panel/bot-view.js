import { h, icon } from '../dom.js';

const STATES = {
  stopped: ['остановлен', 'bad'],
  starting: ['запускается…', 'warn'],
  running: ['работает', 'good'],
  stopping: ['останавливается…', 'warn'],
  failed: ['упал', 'bad'],
};
const KEPT_LINES = 300;

/** The bot's process: its state, its log, the button that restarts it. */
export class BotView {
  /** @param {() => void} onRestart */
  constructor(onRestart) {
    this.state = h('span.state', { role: 'status' });
    this.note = h('p.bot-note');
    this.restart = h('button.small-button', { type: 'button', onclick: onRestart }, icon('restart'), 'Перезапустить');
    this.log = h('pre.log', { id: 'bot-log', tabindex: 0, 'aria-label': 'Журнал бота', hidden: true });
    this.logButton = h(
      'button.fold',
      { type: 'button', 'aria-controls': 'bot-log', 'aria-expanded': 'false', onclick: () => this.foldLog() },
      'Журнал',
      icon('chevron'),
    );
    this.element = h(
      'section.bot',
      { 'aria-label': 'Процесс бота' },
      h('header.section-head', {}, h('h3', {}, 'Бот'), this.state),
      h('div.bot-row', {}, this.logButton, this.restart),
      this.note,
      this.log,
    );
  }

  show(status) {
    const [name, kind] = STATES[status?.state] ?? ['неизвестно', 'warn'];
    this.state.className = `state ${kind}`;
    this.state.textContent = name;
    this.note.textContent = status?.ended ?? '';
    this.note.hidden = !status?.ended;
    this.state.title = status?.pid ? `процесс ${status.pid}` : '';
    const busy = !status || status.state === 'starting' || status.state === 'stopping';
    this.restart.disabled = busy;
    this.restart.lastChild.textContent = status?.state === 'running' || busy ? 'Перезапустить' : 'Запустить';
  }

  foldLog() {
    this.log.hidden = !this.log.hidden;
    this.logButton.setAttribute('aria-expanded', String(!this.log.hidden));
    this.toEnd();
  }

  setLog(lines) {
    this.log.replaceChildren(...lines.map(logLine));
    this.toEnd();
  }

  addLine(line) {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const following = scrollHeight - scrollTop - clientHeight < 30;
    this.log.append(logLine(line));
    while (this.log.childElementCount > KEPT_LINES) this.log.firstElementChild.remove();
    if (following) this.toEnd();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }
}

const logLine = ({ level, text }) =>
  h(`span.log-line${level >= 50 ? '.bad' : level >= 40 ? '.warn' : ''}`, {}, `${text}\n`);
