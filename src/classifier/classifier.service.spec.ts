import { ClassifierService } from './classifier.service';
import { type ConversationContext, CONTEXT_TTL_MS, INTENTS, type Understanding } from './understanding';

const NOW = new Date(2026, 10, 24, 12).getTime();
const classifier = new ClassifierService();

/** What a chat is understood as, message by message. */
function talk(...messages: string[]): Understanding[] {
  let context: ConversationContext | null = null;
  return messages.map((message, index) => {
    const understanding = classifier.understand(message, context, NOW + index * 60_000);
    context = classifier.remember(context, understanding, NOW + index * 60_000);
    return understanding;
  });
}

const last = (...messages: string[]): Understanding => {
  const understood = talk(...messages).at(-1);
  if (understood === undefined) throw new Error('at least one message');
  return understood;
};

describe('one message', () => {
  it.each([
    ['сколько ВК-300 на складе', ['stock'], ['ВК-300'], null],
    ['ВК-300', ['stock'], ['ВК-300'], null],
    ['почём нынче ВК-300', ['price'], ['ВК-300'], null],
    ['что с заказом 7712', ['order'], [], '7712'],
    ['что за зверь ВК-300', ['product'], ['ВК-300'], null],
    ['когда оплатите счёт 88', ['payment'], [], '88'],
    ['пришлите акт сверки за март', ['reconciliation'], [], null],
    ['позовите живого менеджера', ['manager'], [], null],
    ['добрый день', ['help'], [], null],
    ['пропуск на машину оформите', ['other'], [], null],
    ['остаток ВК-300 и его цена', ['stock', 'price'], ['ВК-300'], null],
    ['jcnfnrb DR-300', ['stock'], ['DR-300'], null],
    ['skolko ostalos DR-300', ['stock'], ['DR-300'], null],
    ['how many DR-300 are left', ['stock'], ['DR-300'], null],
    ['СКОКА СТОИТ ВК-300', ['price'], ['ВК-300'], null],
    ['не остаток, а именно цена нужна: ВК-300', ['price'], ['ВК-300'], null],
    ['нужно количество на складе, цены не интересуют: ВК-300', ['stock'], ['ВК-300'], null],
    ['есть ли ВК-300 и когда заплатите по УПД 345', ['stock', 'payment'], ['ВК-300'], '345'],
  ])('%s', (text, intents, articles, order) => {
    expect(classifier.understand(text, null, NOW)).toMatchObject({ intents, sure: true, articles, order });
  });

  it.each(['предлагаем подшипники оптом, цены ниже рынка, звоните', 'остаток дня проведу дома', 'йцукен', ''])(
    'does not answer "%s" with data',
    (text) => {
      const { intents, articles } = classifier.understand(text, null, NOW);
      expect(intents.every((intent) => ['other', 'help', 'manager'].includes(intent))).toBe(true);
      expect(articles).toEqual([]);
    },
  );

  it('understands a letter by the sentence that asks', () => {
    const letter =
      'Уважаемые коллеги! В нашей организации сменился учётный отдел, часть бумаг за лето была утеряна при переезде, ' +
      'а прежний сотрудник, который вёл переписку, больше не работает. Новые контакты указаны в подписи. ' +
      'Просим прислать подписанный акт сверки за третий квартал. Заранее признательны за содействие!';
    expect(classifier.understand(letter, null, NOW)).toMatchObject({ intents: ['reconciliation'], sure: true });
  });

  it.each([
    'Коллеги, прошу сообщить остаток по позициям ВК-300 и ВК-301, а также подтвердить дату оплаты по накладной № 00-00000115.',
    'Прошу сообщить остаток по ВК-300. Также подтвердите дату оплаты накладной № 115',
  ])('hears the second question of "%s"', (text) => {
    expect(last(text).intents).toEqual(expect.arrayContaining(['stock', 'payment']));
  });

  it.each([
    ['какой у вас артикул на витую пару', 'витую пару'],
    ['дайте код для ножки стола', 'ножки стола'],
  ])('takes what follows "артикул на" for goods: %s', (text, product) => {
    expect(last('почём ВК-300', text)).toMatchObject({ intents: ['product'], articles: [], product });
  });

  it('takes no application for a call for an order', () => {
    expect(last('оставьте заявку на перезвон').intents).toEqual(['manager']);
  });

  it('names the period of a reconciliation and only of it', () => {
    expect(classifier.understand('акт сверки за 1 квартал', null, NOW).period).toEqual({
      from: '2026-01-01',
      to: '2026-03-31',
    });
    expect(classifier.understand('цены за март', null, NOW).period).toBeNull();
  });

  it('hands over the product where no article is given', () => {
    expect(classifier.understand('перчатки латексные есть?', null, NOW)).toMatchObject({
      intents: ['stock'],
      product: 'перчатки латексные',
    });
  });

  it.each(['перчатки латексные размер L', 'скидка'])('asks back about "%s"', (text) => {
    const understood = classifier.understand(text, null, NOW);
    expect(understood).toMatchObject({ intents: ['other'], sure: false });
    expect(understood.candidates.length).toBeGreaterThan(0);
  });

  it.each([
    ['подшипник 6205 есть?', '6205', 'подшипник 6205'],
    ['почём огнетушитель порошковый ОП-4', 'ОП-4', 'огнетушитель порошковый ОП-4'],
  ])('leaves open whether the code is an article or a part of a name: %s', (text, article, name) => {
    expect(classifier.understand(text, null, NOW)).toMatchObject({ articles: [article], nameWithArticle: name });
  });

  it.each(['подшипник арт. 6205 есть?', 'есть 6205 и 6206?', 'есть ли у вас ВК-300', 'перчатки есть?'])(
    'does not leave it open in "%s"',
    (text) => {
      expect(classifier.understand(text, null, NOW).nameWithArticle).toBeUndefined();
    },
  );

  it.each(['молодцы', 'Умнички!', 'красавчики', 'вы лучшие', 'шикарно', 'браво'])(
    'takes the praise "%s" for neither a question nor goods',
    (text) => {
      expect(classifier.understand(text, null, NOW)).toMatchObject({ intents: ['help'], sure: true, product: null });
    },
  );

  it('hands over the goods that it asks back about', () => {
    expect(classifier.understand('перчатки латексные размер L', null, NOW)).toMatchObject({
      candidates: ['stock', 'price', 'product'],
      product: 'перчатки латексные размер L',
    });
  });
});

describe('a conversation', () => {
  it.each([
    [['есть ВК-300?', 'а цена?'], ['price'], ['ВК-300'], null],
    [['почём ВК-300', 'а ВК-400?'], ['price'], ['ВК-400'], null],
    [['есть 55001 и 55002?', 'по второму цену'], ['price'], ['55002'], null],
    [['остаток ВК-1, ВК-2, ВК-3', 'цены первых двух'], ['price'], ['ВК-1', 'ВК-2'], null],
    [['остаток ВК-1', 'а ВК-2?', 'цену на оба'], ['price'], ['ВК-1', 'ВК-2'], null],
    [['есть ВК-9?', 'а ВК-1, ВК-2, ВК-3 есть?', 'по второму цену'], ['price'], ['ВК-2'], null],
    [['есть ВК-1, ВК-2, ВК-3?', 'по второму цену', 'а по первому?'], ['price'], ['ВК-1'], null],
    [['есть ВК-1, ВК-2, ВК-3?', 'цены первых двух', 'а по третьему?'], ['price'], ['ВК-3'], null],
    [['есть ВК-1, ВК-2?', 'сколько ВК-8 и ВК-9', 'цену первого'], ['price'], ['ВК-8'], null],
    [['есть ВК-100?', 'ой, не 100, а 110', 'а ВК-120?', 'цену по первому'], ['price'], ['ВК-110'], null],
    [['есть ВК-300?', 'найди перчатки нитриловые'], ['product'], [], null],
    [['почём ВК-300', 'а перчатки нитриловые?'], ['price'], [], null],
    [['есть ВК-300?', 'а сколько кронштейнов потолочных осталось'], ['stock'], [], null],
    [['цена ВК-300', 'молодцы'], ['help'], [], null],
    [['сколько ВК-100', 'ой, не 100, а 110'], ['stock'], ['ВК-110'], null],
    [['сколько ВК-100', 'ошибся, ВК-110'], ['stock'], ['ВК-110'], null],
    [['LED-30W4000K в наличии?', 'ошибся, 50W'], ['stock'], ['LED-50W4000K'], null],
    [['почём ВК-300', 'дорого', 'а ВК-400'], ['price'], ['ВК-400'], null],
    [['сколько ВК-300', 'карточку скинь'], ['product'], ['ВК-300'], null],
    [['акт сверки за 3 квартал', 'а за второй?'], ['reconciliation'], [], null],
    [['что с заказом 7712', 'ой, 7713'], ['order'], [], '7713'],
    [['что с заказом 7712', 'а оплачен?'], ['payment'], [], '7712'],
    [['что с заказом 7712', 'а 7713?'], ['order'], [], '7713'],
    [['заказ 991 принят?', 'а 992?', 'по первому когда везти'], ['order'], [], '991'],
    [['акт сверки за март', 'и за апрель'], ['reconciliation'], [], null],
    [['сколько ВК-300', 'спасибо'], ['help'], [], null],
    [['сколько ВК-300', 'позовите менеджера'], ['manager'], [], null],
    [['сколько ВК-300', 'когда деньги'], ['payment'], [], null],
    [['есть ВК-300?', 'пропуск кому заказать?', 'а цена?'], ['price'], ['ВК-300'], null],
  ])('%j', (messages, intents, articles, order) => {
    expect(last(...messages)).toMatchObject({ intents, articles, order });
  });

  it('counts in the list that the bot has shown', () => {
    const asked = classifier.understand('перчатки есть?', null, NOW);
    const context = classifier.remember(null, { ...asked, articles: ['ПН-1', 'ПН-2', 'ПН-3'] }, NOW);
    expect(classifier.understand('по второму', context, NOW)).toMatchObject({ intents: ['stock'], articles: ['ПН-2'] });
  });

  it('goes on about the product that was named in words', () => {
    expect(last('перчатки нитриловые есть?', 'а почём?')).toMatchObject({
      intents: ['price'],
      product: 'перчатки нитриловые',
    });
    expect(last('есть ВК-300?', 'найди перчатки нитриловые').product).toBe('перчатки нитриловые');
    expect(last('перчатки нитриловые есть?', 'а ВК-300?').product).toBeNull();
  });

  it('names the period of a period alone', () => {
    expect(last('акт сверки за март', 'и за апрель').period).toEqual({ from: '2026-04-01', to: '2026-04-30' });
  });

  it('forgets after four hours', () => {
    const context = classifier.remember(null, classifier.understand('есть ВК-300?', null, NOW), NOW);
    expect(classifier.understand('а цена?', context, NOW + CONTEXT_TTL_MS).articles).toEqual(['ВК-300']);
    expect(classifier.understand('а цена?', context, NOW + CONTEXT_TTL_MS + 1).articles).toEqual([]);
    const later = classifier.remember(
      context,
      classifier.understand('есть ВК-9?', context, NOW),
      NOW + CONTEXT_TTL_MS + 1,
    );
    expect(later.mentioned).toEqual(['ВК-9']);
  });

  it('changes neither the context nor what it is asked with', () => {
    const context = Object.freeze(classifier.remember(null, classifier.understand('есть ВК-300?', null, NOW), NOW));
    const copy = structuredClone(context);
    const understood = classifier.understand('а цена?', context, NOW);
    expect(classifier.understand('а цена?', context, NOW)).toEqual(understood);
    classifier.remember(context, understood, NOW);
    expect(context).toEqual(copy);
    expect(JSON.parse(JSON.stringify(context))).toEqual(copy);
  });

  it('understands the same words in each conversation as if they were new', () => {
    const dialogues = [
      ['есть А-100?', 'а цена?'],
      ['когда заказ 7712', 'а цена?'],
      ['акт сверки за март', 'а А-100?'],
      ['цена А-100 и Б-200', 'а А-100?', 'по второму есть?'],
      ['по второму есть?', 'а цена?'],
    ];
    for (const dialogue of [...dialogues, ...dialogues]) {
      let context: ConversationContext | null = null;
      for (const message of dialogue) {
        const understanding = classifier.understand(message, context, NOW);
        expect(understanding).toEqual(new ClassifierService().understand(message, context, NOW));
        // Nobody else's answer changes with what a caller does to his.
        understanding.candidates.push('help');
        understanding.articles.push('X-1');
        context = classifier.remember(context, classifier.understand(message, context, NOW), NOW);
      }
    }
  });

  it('keeps a bounded number of articles', () => {
    let context: ConversationContext | null = null;
    for (let index = 0; index < 300; index += 1) {
      context = classifier.remember(context, classifier.understand(`есть ВК-${index}?`, context, NOW), NOW);
    }
    expect(context?.mentioned).toHaveLength(100);
  });
});

describe('any text', () => {
  /** Pseudo-random numbers from 0 to 1 by a seed (a linear congruential generator). */
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    };
  }

  const PIECES = [
    'есть',
    'цена',
    'а',
    '?',
    '.',
    ',',
    '-',
    '/',
    ' ',
    ' ',
    '\n',
    '\t',
    '12',
    '3,5',
    'х',
    'A',
    'Ж',
    '«',
    "'",
    '№',
    '+',
    'от',
    '12.03',
    'GX',
    '😀',
    '\u0306',
    '\uD83D',
    '0000',
    'заказ',
    'не',
    'ой',
    'за',
    '(',
    ')',
    '€',
    '%',
    '@',
    'http://',
    '\u200B',
    ']',
    ';ltv',
  ];

  it('is understood without an error, and what is returned stands in the text', () => {
    const next = random(7);
    let context: ConversationContext | null = null;
    for (let round = 0; round < 1500; round += 1) {
      const text = Array.from(
        { length: 1 + Math.floor(next() * 40) },
        () => PIECES[Math.floor(next() * PIECES.length)],
      ).join('');
      const alone = classifier.understand(text, null, NOW);
      expect(alone.intents.length).toBeGreaterThan(0);
      expect(alone.intents.every((intent) => INTENTS.includes(intent))).toBe(true);
      for (const written of [...alone.articles, alone.order, alone.product]) expect(text).toContain(written ?? '');
      context = classifier.remember(context, classifier.understand(text, context, NOW), NOW);
    }
  });

  /** The quickest of several runs, milliseconds: what else the machine does adds, it never takes away. */
  function quickest(text: string): number {
    return Math.min(
      ...Array.from({ length: 7 }, () => {
        const start = performance.now();
        classifier.understand(text, null, NOW);
        return performance.now() - start;
      }),
    );
  }

  it.each([
    ['words', 'сколько осталось перчаток '],
    ['digits', '1'],
    ['digits and spaces', '1 '],
    ['decimals', '1,1.'],
    ['sizes', '1х'],
    ['hyphens', 'A-'],
    ['slipped letters', ";l,t.v'["],
    ['quotes', '"A1 '],
    ['dates', '12.03-'],
    ['phones', '8 (9'],
    ['signs', '-+/.'],
    ['unknown words', 'абырвалгус '],
    ['letters', 'щ'],
    ['lines', 'AB-1\t2\n'],
    ['letters and groups of digits', 'A 12 34 '],
    ['groups of digits', '0450 133 '],
    ['numbers of a list', '1) '],
    ['sentences', 'слово. '],
  ])('takes time in proportion to the length: %s', (_, piece) => {
    const of = (length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
    quickest(of(512));
    const short = quickest(of(512));
    const long = quickest(of(4096));
    // Eight times the length; quadratic work would take 64 times as long. One millisecond covers the timer's grain.
    expect(long).toBeLessThan(Math.max(short, 0.5) * 24 + 1);
  });
});
