import { pick } from './random';

/** What a slot was filled with, and what that is to the classifier. */
export interface Filling {
  text: string;
  kind: 'articles' | 'documents' | 'products' | null;
}

export interface Fillers {
  fill(slot: string, next: () => number): Filling;
}

type Maker = (next: () => number) => string;

const digits = (count: number, next: () => number): string =>
  Array.from({ length: count }, (_, index) =>
    String(Math.floor(next() * (index === 0 ? 9 : 10)) + (index === 0 ? 1 : 0)),
  ).join('');

const letters = (alphabet: string, count: number, next: () => number): string =>
  Array.from({ length: count }, () => alphabet.charAt(Math.floor(next() * alphabet.length))).join('');

const RUSSIAN = 'АБВГДЗКЛМНПРСТФХШЩЭЮ';
const LATIN = 'ABCDFGHKLMNPRSTVXYZ';

/** Shapes of articles as catalogues have them. */
const ARTICLES: readonly [Maker, ...Maker[]] = [
  (next) => `${letters(RUSSIAN, 2, next)}-${digits(3, next)}`,
  (next) => `${letters(RUSSIAN, 3, next)}-${digits(2, next)}/${digits(1, next)}`,
  (next) => `${letters(LATIN, 2, next)}-${digits(4, next)}`,
  (next) => `${letters(LATIN, 3, next)}${digits(3, next)}-${letters(LATIN, 2, next)}`,
  (next) => `${letters(RUSSIAN, 1, next)}.${digits(3, next)}.${digits(2, next)}`,
  (next) => digits(5, next),
  (next) => digits(7, next),
  (next) => `00-000${digits(5, next)}`,
  (next) => `${letters(LATIN, 1, next)}${digits(4, next)}${letters(LATIN, 1, next)}`,
  (next) => `${letters(RUSSIAN, 2, next)}${digits(4, next)}`,
  (next) => `${digits(4, next)}-${letters(RUSSIAN, 2, next)}-${digits(2, next)}`,
  (next) => `${letters(LATIN, 2, next)}${digits(2, next)}.${digits(3, next)}`,
];

const DOCUMENTS: readonly [Maker, ...Maker[]] = [
  (next) => `${pick(['НФ', 'ЦБ', 'ЗП', 'ЗК'], next)}-000${digits(3, next)}`,
  (next) => `ЗК-${digits(4, next)}`,
  (next) => `${digits(3, next)}/2${digits(1, next).replace(/[0-3]/, '5')}`,
  (next) => `№ ${digits(4, next)}`,
  (next) => `НФ-${digits(4, next)}`,
];

const MONTHS = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ');

/** Names of goods: as they are asked for, and in the genitive. */
const GOODS = `перчатки нитриловые M|перчаток нитриловых M
плёнка упаковочная 500 мм|плёнки упаковочной 500 мм
кабель ВВГ 3х2,5|кабеля ВВГ 3х2,5
краска белая матовая|краски белой матовой
саморезы по дереву|саморезов по дереву
лампы светодиодные 10 вт|ламп светодиодных 10 вт
труба профильная 40х20|трубы профильной 40х20
бумага А4|бумаги А4
мука высший сорт|муки высший сорт
масло моторное 5W-40|масла моторного 5W-40
болты оцинкованные|болтов оцинкованных
герметик силиконовый|герметика силиконового
ведро пластиковое 10 л|вёдер пластиковых 10 л
скотч прозрачный|скотча прозрачного
халат медицинский|халатов медицинских
подшипник 6205|подшипников 6205
дверь межкомнатная|дверей межкомнатных
стул офисный|стульев офисных
чайник электрический|чайников электрических
шпатель резиновый|шпателей резиновых
лента малярная|ленты малярной
рукав пожарный|рукавов пожарных
кронштейн настенный|кронштейнов настенных
гирлянда уличная|гирлянд уличных
колбаса докторская|колбасы докторской
сыр твёрдый|сыра твёрдого
йогурт клубничный|йогуртов клубничных
шампунь детский|шампуня детского
швейные нитки|швейных ниток
ножницы канцелярские|ножниц канцелярских
пистолет монтажный|пистолетов монтажных
стремянка алюминиевая|стремянок алюминиевых
бензопила|бензопил
огнетушитель ОП-4|огнетушителей ОП-4
розетка двойная|розеток двойных
щётка для пола|щёток для пола
крышка полипропиленовая|крышек полипропиленовых
банка стеклянная 0,5|банок стеклянных 0,5
носки хлопковые|носков хлопковых
тройник чугунный|тройников чугунных`
  .split('\n')
  .map((line) => line.split('|') as [string, string]) as [[string, string], ...[string, string][]];

function ean(next: () => number): string {
  const code = `460${digits(9, next)}`;
  const sum = Array.from(code, Number).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return code + String((10 - (sum % 10)) % 10);
}

const SLOTS: Readonly<Record<string, readonly [kind: Filling['kind'], make: Maker]>> = {
  ART: ['articles', (next) => pick(ARTICLES, next)(next)],
  EAN: ['articles', ean],
  DOC: ['documents', (next) => pick(DOCUMENTS, next)(next)],
  NUM: ['documents', (next) => digits(3 + Math.floor(next() * 2), next)],
  GOODS: ['products', (next) => pick(GOODS, next)[0]],
  GOODS_GEN: ['products', (next) => pick(GOODS, next)[1]],
  DATE: [null, (next) => `${10 + Math.floor(next() * 18)}.0${1 + Math.floor(next() * 9)}`],
  MONTH: [null, (next) => MONTHS[Math.floor(next() * MONTHS.length)] ?? 'май'],
  MONTH_P: [null, (next) => pick(['марте', 'апреле', 'мае', 'июне', 'августе', 'октябре'], next)],
  PHONE: [null, (next) => `8 9${digits(2, next)} ${digits(3, next)}-${digits(2, next)}-${digits(2, next)}`],
};

export const isSlot = (name: string): boolean => Object.hasOwn(SLOTS, name);

/** Fillings made up by chance. */
export const madeUp: Fillers = {
  fill(slot, next) {
    const [kind, make] = SLOTS[slot] ?? [];
    if (kind === undefined || make === undefined) throw new Error(`No slot of the name ${slot}`);
    return { kind, text: make(next) };
  },
};
