import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EMAIL, INN, LINK, maskPersonalData, NAME, PASSPORT_NUMBER, PHONE } from './mask-personal-data';

describe(maskPersonalData.name, () => {
  it.each([
    '+7 916 123-45-67',
    '+7(916)1234567',
    '8 (916) 123-45-67',
    '8-916-123-45-67',
    '8 916 123 45 67',
    '89161234567',
    '79161234567',
    '8.916.123.45.67',
    '8\u00A0916\u00A0123\u201145\u201167',
    '\u202A+7\u00A0916 123-45-67\u202C',
    '＋７９１６１２３４５６７',
    '8 (81234) 5-67-89',
    '(495) 123-45-67',
    '916 123-45-67',
    '9161234567',
    '+375 29 123-45-67',
    '+86 138 0000 1234',
    '+998901234567',
  ])('hides the phone %s', (phone) => {
    expect(maskPersonalData(`есть АРТ-100? ${phone} звонить до 18`)).toBe(`есть АРТ-100? ${PHONE} звонить до 18`);
  });

  it.each([
    ['тел. 123-45-67', `тел. ${PHONE}`],
    ['позвоните мне на 2-34-56 срочно', `позвоните мне на ${PHONE} срочно`],
    ['наберите 45-12-33', `наберите ${PHONE}`],
    ['call me at 555 0100', `call me at ${PHONE}`],
    ['пишите на anna.smirnova@svetoteh.ru по заказу 123', `пишите на ${EMAIL} по заказу 123`],
    ['почта иван@почта.рф', `почта ${EMAIL}`],
    ['мой телеграм @anna_svetoteh', `мой телеграм ${NAME}`],
    ['https://t.me/anna?start=1 и t.me/boris', `${LINK} и ${LINK}`],
    ['ИНН 7707083893', `ИНН ${INN}`],
    ['инн: 7707 0838 94 дайте сверку', `инн: ${INN} дайте сверку`],
    ['паспорт 4510 123456, на завтра', `паспорт ${PASSPORT_NUMBER}, на завтра`],
    ['паспорт водителя серия 45 10 № 123456', `паспорт водителя серия ${PASSPORT_NUMBER}`],
    ['сверка для 500100732259', `сверка для ${INN}`],
  ])('hides %j', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each([
    ['это Анна, когда деньги', `это ${NAME}, когда деньги`],
    ['анна смирнова из светотеха, что с заказом 12', `${NAME} из светотеха, что с заказом 12`],
    ['Анна Смирнова', NAME],
    ['передайте Ивану Петровичу Сидорову что 5591 готов', `передайте ${NAME} что 5591 готов`],
    ['Сидоров И. И. спрашивал остаток', `${NAME} спрашивал остаток`],
    ['от И.И. Сидорова', `от ${NAME}`],
    ['ИП Егоров Б. Н. просит акт', `ИП ${NAME} просит акт`],
    ['С уважением,\nЖозефина Крузенштерн', `С уважением,\n${NAME}`],
    ['меня зовут акакий, остаток АРТ-100', `меня зовут ${NAME}, остаток АРТ-100`],
    ['менеджер Петренко не отвечает', `менеджер ${NAME} не отвечает`],
    ['соедините с Кузнецовой', `соедините с ${NAME}`],
    ['водитель Ахмедов приедет', `водитель ${NAME} приедет`],
    ['позовите марину сергеевну', `позовите ${NAME}`],
    ['Kind regards, John Smith', `Kind regards, ${NAME}`],
    ['my name is Wei Chen, price of SKU-1', `my name is ${NAME}, price of SKU-1`],
    ['для Павла и Льва', `для ${NAME} и ${NAME}`],
  ])('hides the names of %j', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it('hides the names that are told, in any case of the declension', () => {
    expect(maskPersonalData('Мэй ждёт, передайте Мэй и Янлиню', ['Мэй Янлинь'])).toBe(
      `${NAME} ждёт, передайте ${NAME} и ${NAME}`,
    );
  });

  it.each([
    'остаток BP-4500/2 и 00-00001234',
    'что с заказом 1234/25 от 12.03.2026',
    '4607001234567 это какой товар?',
    'Т-1050-Б\nТ-1051-Б\nТ-1052-Б\nцены',
    '12345 12346 12347 12348 почём',
    'перчатки нитриловые размер М, 100 шт по 12 500 руб',
    'Лампа светодиодная E27 11 Вт, цена?',
    'вера в наличие есть, надежда на поставку тоже',
    'Акт сверки за 1 квартал 2026',
    'счёт 1445 оплатили? остатков нет, заказов тоже',
    'how many SKU-90871 left',
    'GX 53 9W и LSSFL-100W4000K',
    'К.123.45, 02.003.0045, 3M-9322+, 45-8890',
    'скока щас 12345 и почём',
    'сколько ехать от МКАД, есть тут живые люди',
  ])('leaves %j as it is', (text) => {
    expect(maskPersonalData(text)).toBe(text);
  });

  it('takes time in proportion to the length, whatever the text', () => {
    for (const part of ['9', '+7 ', '8 (9', 'Иванов И. ', 'а@', 'тел ', 'Анна ', 'ов ', '(', 'инн 1 ']) {
      const text = part.repeat(4096 / part.length);
      const start = performance.now();
      maskPersonalData(text);
      expect(performance.now() - start).toBeLessThan(200);
    }
  });
});

const SHARED = path.resolve(__dirname, '../../../..', 'shared/data/messages.jsonl');
const describeShared = existsSync(SHARED) ? describe : describe.skip;

describeShared(
  `the shared messages${existsSync(SHARED) ? '' : ' (skipped: no shared folder beside the repository)'}`,
  () => {
    it('lose hardly an article or a number', () => {
      const labelled = readFileSync(SHARED, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { text: string; articles: string[]; order: string | null });
      const lost = labelled.flatMap(({ text, articles, order }) =>
        [...articles, ...(order === null ? [] : [order])].filter((slot) => !maskPersonalData(text).includes(slot)),
      );
      expect(lost).toEqual([]);
    });
  },
);
