import { h } from '../dom.js';
import { duration } from '../format.js';

/** The failures on offer, as the accounting stand knows them. */
const FAULTS = [
  { name: 'работает', title: '1С отвечает как обычно', fault: { mode: 'none' } },
  { name: 'нет связи', title: 'Соединение не принимается', fault: { mode: 'refused' } },
  { name: '503', title: 'Сервис недоступен', fault: { mode: 'status', status: 503 } },
  { name: '429', title: 'Просит повторить через 1 с', fault: { mode: 'status', status: 429, retryAfter: 1 } },
  { name: 'зависание', title: 'Запрос принят, ответа нет', fault: { mode: 'hang' } },
  { name: 'разрыв', title: 'Соединение рвётся до ответа', fault: { mode: 'reset' } },
  { name: 'HTML-страница', title: 'Вместо JSON приходит страница веб-сервера', fault: { mode: 'html' } },
  { name: 'битый JSON', title: 'Ответ обрывается посередине', fault: { mode: 'broken-json' } },
  { name: 'не по схеме', title: 'JSON верный, поля не те', fault: { mode: 'wrong-schema' } },
  { name: 'неверный ключ', title: 'Отказ 403', fault: { mode: 'status', status: 403 } },
];
const LONGEST_LATENCY_MS = 5000;

/** The switches of 1C's failures. */
export class FaultView {
  fault = { mode: 'none' };

  /** @param {(fault: object) => void} onSet */
  constructor(onSet) {
    this.state = h('span.state', { role: 'status' });
    this.inputs = FAULTS.map(({ fault }) =>
      h('input', {
        type: 'radio',
        name: 'fault',
        onchange: () => onSet(fault.mode === 'refused' ? fault : { ...fault, ...this.latency() }),
      }),
    );
    this.slider = h('input', {
      type: 'range',
      id: 'latency',
      min: 0,
      max: LONGEST_LATENCY_MS,
      step: 50,
      value: 0,
      oninput: () => this.showLatency(),
      onchange: () => onSet({ ...(this.chosen()?.fault ?? { mode: 'none' }), ...this.latency() }),
    });
    this.output = h('output', { for: 'latency' });
    this.element = h(
      'section.faults',
      { 'aria-label': 'Сбои 1С' },
      h('header.section-head', {}, h('h3', {}, '1С'), this.state),
      h(
        'div.fault-grid',
        { role: 'radiogroup', 'aria-label': 'Как ведёт себя 1С' },
        ...FAULTS.map(({ name, title }, index) => h('label.fault', { title }, this.inputs[index], h('span', {}, name))),
      ),
      h('div.latency', {}, h('label', { for: 'latency' }, 'задержка'), this.slider, this.output),
    );
    this.show(this.fault);
  }

  latency() {
    const latencyMs = Number(this.slider.value);
    return latencyMs > 0 ? { latencyMs } : {};
  }

  chosen() {
    return FAULTS.find(({ fault }) => fault.mode === this.fault.mode && fault.status === this.fault.status);
  }

  show(fault) {
    this.fault = fault;
    const chosen = this.chosen();
    FAULTS.forEach((option, index) => (this.inputs[index].checked = option === chosen));
    if (document.activeElement !== this.slider) this.slider.value = String(fault.latencyMs ?? 0);
    // Where nobody listens there is nothing to be slow.
    this.slider.disabled = fault.mode === 'refused';
    this.showLatency();
    const broken = fault.mode !== 'none';
    const slow = (fault.latencyMs ?? 0) > 0;
    const name = chosen?.name ?? `${fault.mode} ${fault.status ?? ''}`.trim();
    this.state.className = `state ${broken ? 'bad' : slow ? 'warn' : 'good'}`;
    this.state.textContent = broken ? `сбой: ${name}` : slow ? `медленно, +${duration(fault.latencyMs)}` : 'отвечает';
  }

  showLatency() {
    const ms = Number(this.slider.value);
    this.output.textContent = ms === 0 ? 'нет' : duration(ms);
    this.slider.style.setProperty('--filled', `${(ms / LONGEST_LATENCY_MS) * 100}%`);
  }
}
