import { h, icon } from '../dom.js';
import { clockExact, duration, fullName } from '../format.js';

const INTENTS = {
  stock: 'остаток',
  price: 'цена',
  order: 'заказ',
  product: 'товар',
  payment: 'оплата',
  reconciliation: 'сверка',
  manager: 'менеджер',
  help: 'помощь',
  other: 'другое',
};
const OUTCOMES = {
  answered: ['ответил', 'good'],
  asked_back: ['переспросил', 'warn'],
  not_found: ['не нашлось', 'warn'],
  not_understood: ['не понял', 'warn'],
  not_supported: ['1С этого не умеет', 'warn'],
  limited: ['слишком часто', 'warn'],
  failed: ['ошибка бота', 'bad'],
  not_linked: ['чат не подключён', 'warn'],
  trouble: ['1С недоступна', 'bad'],
  interrupted: ['прервано', 'bad'],
};
const CODES = {
  ECONNREFUSED: 'нет связи',
  ECONNRESET: 'разрыв',
  ECONNABORTED: 'тайм-аут',
  ETIMEDOUT: 'тайм-аут',
  EPIPE: 'разрыв',
  unreadable_body: 'не JSON',
  unfitting_body: 'не по схеме',
  response_too_large: 'слишком велик',
  deadline: 'время вышло',
  cancelled: 'прервано',
  refused: 'нет связи',
  hang: 'нет ответа',
  reset: 'разрыв',
};
const NOT_SENT = { blocked: 'бот заблокирован', refused: 'Telegram отказал', failed: 'не доставлено' };
const WORST = ['bad', 'warn', 'good', ''];
/** Statuses that are an answer of the accounting system rather than a failure of it (contract, Errors). */
const ANSWERS = new Set([404, 409, 410, 422]);

/**
 * One card of the journal: what was understood, what came from the cache, what 1C was asked and what came of it.
 * @param {any} question a QuestionRecord of the server
 * @param {any} person who asked
 */
export function questionCard(question, person) {
  const { state, words, intents, sure, articles, order, product, period, outcomes, cache, onec, ms } = question;
  const slots = [
    ...articles.map((article) => ['', article]),
    order && ['№ ', order],
    product && ['', `«${product}»`],
    period && ['', `${period.from} – ${period.to}`],
  ].filter(Boolean);
  return h(
    'article.card',
    {
      'data-state': state,
      'data-outcome': outcomes.join(' ') || null,
      'aria-label': `Вопрос: ${words ?? 'без текста'}`,
    },
    h(
      'header.card-head',
      {},
      h('p.card-words', { dir: 'auto' }, words ?? '…'),
      h('time.card-time', {}, clockExact(question.at)),
      person && h('p.card-person', {}, fullName(person)),
    ),
    h(
      'div.card-rows',
      {},
      (intents.length > 0 || slots.length > 0) &&
        row(
          'понял',
          ...intents.map((intent) => h('span.tag.intent', {}, INTENTS[intent] ?? intent)),
          ...slots.map(([before, value]) => h('span.tag.slot', {}, before, value)),
          sure === false && h('span.tag.unsure', {}, 'не уверен'),
        ),
      cache && row('кэш', ...cacheWords(cache)),
      onec.length > 0 && row('1С', ...onec.map((call) => callView(call, longest(onec)))),
      state === 'done' && onec.length === 0 && row('1С', h('span.quiet', {}, 'не спрашивал')),
    ),
    h('footer.card-foot', {}, outcome(question), ms !== null && h('span.card-total', {}, duration(ms))),
  );
}

const row = (name, ...content) =>
  h('div.card-row', {}, h('span.card-label', {}, name), h('div.card-content', {}, ...content));

const longest = (calls) => Math.max(...calls.map(total), 1);

const total = (call) => call.ms ?? call.attempts.reduce((sum, attempt) => sum + attempt.ms, 0);

function cacheWords({ hits, misses, joined }) {
  if (hits + misses + joined === 0) return [h('span.quiet', {}, 'не понадобился')];
  return [
    hits > 0 && h('span.tag.hit', {}, `было: ${hits}`),
    misses > 0 && h('span.tag.miss', {}, `не было: ${misses}`),
    joined > 0 &&
      h(
        'span.tag.hit',
        { title: 'Такой же запрос уже шёл, ответ получен вместе с ним' },
        `вместе с другими: ${joined}`,
      ),
  ];
}

function callView(call, scale) {
  const several = call.attempts.length > 1;
  const bar = h('span.bar', { 'aria-hidden': true });
  bar.style.setProperty('width', `${Math.max((total(call) / scale) * 100, 3)}%`);
  for (const attempt of call.attempts) {
    const part = h(`i.${kindOf(attempt)}`);
    part.style.setProperty('flex-grow', String(Math.max(attempt.ms, 1)));
    bar.append(part);
  }
  return h(
    'div.call',
    { title: `X-Request-Id: ${call.requestId}` },
    h(
      'div.call-head',
      {},
      h('code', {}, call.operation),
      h('span.call-ms', {}, call.ms === null ? '…' : duration(call.ms)),
    ),
    h('div.bar-frame', {}, bar),
    h(
      'ol.attempts',
      { 'aria-label': 'Попытки' },
      ...call.attempts.map((attempt, index) =>
        h(
          `li.attempt.${kindOf(attempt)}`,
          {},
          several && h('b', {}, `${index + 1}`),
          resultOf(attempt),
          h('span', {}, duration(attempt.ms)),
        ),
      ),
    ),
  );
}

function kindOf({ status, code }) {
  if (status !== null && status < 400 && code === null) return 'good';
  return ANSWERS.has(status) ? 'warn' : 'bad';
}

function resultOf({ status, code }) {
  const words = code && (CODES[code] ?? code);
  return [status, words].filter((part) => part !== null && part !== '').join(' ') || 'нет ответа';
}

function outcome({ state, outcomes, sent }) {
  if (state === 'open') return h('span.outcome.open', {}, h('i.spinner'), 'отвечает…');
  const ended = (state === 'interrupted' ? ['interrupted'] : outcomes).map(
    (name) => OUTCOMES[name] ?? [name.replaceAll('_', ' '), ''],
  );
  if (NOT_SENT[sent]) ended.push([NOT_SENT[sent], 'bad']);
  const kind = WORST.find((one) => ended.some(([, other]) => other === one)) ?? '';
  const iconName = { good: 'tick', warn: 'alert', bad: 'alert' }[kind];
  return h(
    `span.outcome${kind && `.${kind}`}`,
    {},
    iconName && icon(iconName),
    ended.map(([words]) => words).join(', '),
  );
}
