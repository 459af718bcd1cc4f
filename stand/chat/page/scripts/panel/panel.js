import { toast } from '../dialog.js';
import { $, h, icon, memory, reconcile } from '../dom.js';
import { openEventStream } from '../event-stream.js';
import { panelApi } from '../telegram-api.js';
import { BotView } from './bot-view.js';
import { FaultView } from './fault-view.js';
import { questionCard } from './question-card.js';

const KEPT_QUESTIONS = 100;
const beside = matchMedia('(width >= 1180px)');

/** The panel beside the chat: a column on a wide screen, a drawer on a narrow one, a sheet on a phone. */
export class Panel {
  questions = [];
  known = new Map();
  chatId = null;
  bot = null;

  /** @param {{ chats: import('../chats.js').Chats, onBot: () => void, onExamples: (examples: string[]) => void, onAsk: (text: string) => void }} options */
  constructor({ chats, onBot, onExamples, onAsk }) {
    Object.assign(this, { chats, onBot, onExamples, onAsk });
    this.app = $('app');
    this.panel = $('panel');
    this.toggle = $('panel-toggle');
    this.toggle.append(icon('panel'));
    $('panel-close').append(icon('close'));
    this.faultView = new FaultView((fault) => this.setFault(fault));
    this.botView = new BotView(() => this.restartBot());
    this.build();

    this.toggle.addEventListener('click', () => this.show(!this.isOpen));
    for (const id of ['panel-close', 'sheet-handle', 'backdrop'])
      $(id).addEventListener('click', () => this.show(false));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !beside.matches && this.isOpen) this.show(false);
    });
    beside.addEventListener('change', () => this.show(beside.matches && memory.get('panel') !== 'closed'));
    this.show(beside.matches && memory.get('panel') !== 'closed', false);

    // A browser allows six connections to one address: a page that nobody sees gives its second one back.
    document.addEventListener('visibilitychange', () => this.listen(document.visibilityState === 'visible'));
    this.listen(true);
  }

  get isOpen() {
    return this.app.classList.contains('panel-open');
  }

  build() {
    this.cards = h('div.cards', { role: 'feed', 'aria-label': 'Вопросы' });
    this.nothing = h(
      'p.nothing',
      {},
      'Задайте боту вопрос. Здесь будет видно, что он понял, что взял из кэша, что спросил у 1С и сколько это заняло.',
    );
    this.scope = h(
      'button.scope',
      {
        type: 'button',
        'aria-pressed': 'false',
        onclick: () => {
          this.scope.setAttribute('aria-pressed', String(this.scope.getAttribute('aria-pressed') !== 'true'));
          this.renderCards();
        },
      },
      'только этот чат',
    );
    this.examples = h('div.examples');
    this.hints = h('details.hints', { hidden: true }, h('summary', {}, 'Что спросить', icon('chevron')), this.examples);
    this.catalogue = h('p.catalogue');
    $('panel-body').append(
      this.faultView.element,
      this.botView.element,
      this.hints,
      h(
        'section.journal',
        {},
        h('header.section-head', {}, h('h3', {}, 'Вопросы'), this.scope),
        this.nothing,
        this.cards,
      ),
      this.catalogue,
    );
  }

  listen(wanted) {
    if (!wanted) {
      this.stream?.close();
      this.stream = null;
      return;
    }
    this.stream ??= openEventStream('panel/events', {
      onLost: () => this.setBot(null),
      events: {
        snapshot: (all) => this.take(all),
        question: (question) => this.takeQuestion(question),
        bot: (status) => this.setBot(status),
        log: (line) => this.botView.addLine(line),
        faults: (fault) => this.faultView.show(fault),
      },
    });
  }

  take({ questions, bot, log, faults, examples, catalogue }) {
    this.questions = questions;
    this.faultView.show(faults);
    this.botView.setLog(log);
    this.setBot(bot);
    this.catalogue.textContent = catalogue;
    this.hints.hidden = examples.length === 0;
    this.examples.replaceChildren(
      ...examples.map((text) => h('button.example', { type: 'button', onclick: () => this.ask(text) }, text)),
    );
    this.onExamples(examples);
    this.renderCards();
  }

  /** Where the panel covers the chat, the chat is what one wants to see next. */
  ask(text) {
    if (!beside.matches) this.show(false);
    this.onAsk(text);
  }

  takeQuestion(question) {
    const at = this.questions.findIndex(({ id }) => id === question.id);
    if (at >= 0) this.questions[at] = question;
    else this.questions.push(question);
    if (this.questions.length > KEPT_QUESTIONS) this.questions.shift();
    this.renderCards();
  }

  setBot(status) {
    this.bot = status;
    this.botView.show(status);
    this.onBot();
  }

  setChat(chatId) {
    this.chatId = chatId;
    this.renderCards();
  }

  renderCards() {
    const onlyThis = this.scope.getAttribute('aria-pressed') === 'true';
    const shown = this.questions.filter(({ chatId }) => !onlyThis || chatId === this.chatId).reverse();
    this.nothing.hidden = shown.length > 0;
    const before = new Set(this.known.keys());
    reconcile(
      this.cards,
      shown.map((question) => ({
        key: String(question.id),
        version: question,
        build: () => questionCard(question, this.chats.get(question.chatId)?.person),
      })),
      this.known,
    );
    for (const [key, { element }] of this.known) element.classList.toggle('is-new', !before.has(key));
  }

  async setFault(fault) {
    try {
      this.faultView.show(
        fault.mode === 'none' && !fault.latencyMs ? await panelApi.clearFault() : await panelApi.setFault(fault),
      );
    } catch (error) {
      toast(error.message, 'bad');
      this.faultView.show(this.faultView.fault);
    }
  }

  async restartBot() {
    try {
      await panelApi.restartBot();
      toast('Бот запущен');
    } catch (error) {
      toast(error.message.split('\n')[0], 'bad');
    }
  }

  show(open, byHand = true) {
    this.app.classList.toggle('panel-open', open);
    this.panel.inert = !open;
    const covers = open && !beside.matches;
    $('backdrop').hidden = !covers;
    $('chat').inert = covers;
    $('people').inert = covers;
    this.toggle.setAttribute('aria-expanded', String(open));
    const label = open ? 'Скрыть панель' : 'Показать, что сделал бот';
    this.toggle.setAttribute('aria-label', label);
    this.toggle.title = label;
    if (!byHand) return;
    if (beside.matches) memory.set('panel', open ? 'open' : 'closed');
    if (covers) $('panel-close').focus();
    else if (!open) this.toggle.focus();
  }
}
