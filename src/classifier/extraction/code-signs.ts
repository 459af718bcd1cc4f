/** Marks of goods in more than one trade: paints, oils, electrodes, steel, foams, fuels, lamps, threads. */
export const MARK =
  /^(?:(?:пф|гф|нц|хв|хс|мл|эп|ак|ур|бт|ко|вл|ас|мс|хп)-?\d{2,4}[а-я]?|р-?\d{1,2}[а-я]?|(?:тад|тм|тсп|вмгз|тп|кс|вм|рк[пкм]?|литол|тосол|униол|цл|ок|оза|озл|т|п|а|аи|дт|g|н|h|w|d|д|r)-?\d{1,4}(?:[.,]\d)?[а-я]?|\d{1,4}[vwa]|св-?\d{2}\p{L}[\p{L}\d]*|\d{2}[хгс]\d*[\p{L}\d]*|[a-zа-я]\d{1,2}|(?:псб|ппс|xps|пбп)[-\p{L}]*[- ]?\d{2}|\d?ст-?\d{1,3}|\d{1,3}[-/]\d{1,3}[авк]?|[а-я]{2,4} ?\d{1,3}[-/]\d{1,3}|\d{2,3}\/\d{2,3})$/u;
/** Grades, sizes and sockets that products are named with. */
export const GRADE =
  /^(?:мр-?\d\p{L}?|уони|озс-?\d|ано-?\d|кпт-?\d{1,2}|hlp-?\d{2}|вд-?ак|[аa]\d{3}[сc]?|[аa][0-6]|[еe](?:14|27|40)|gu\d|gx?\d+|g\d{1,2}|[мm]-?\d{2,3}|аи-?\d{2}|\d{1,2}w-?\d{2}|ip\d{2}|т[58]|t[58]|cr\d{4}|ст\d|ду-?\d+|dn-?\d+|[вb]\d{2}|f\d{3}|и-?\d{2}[а-я]?|пбп|[смmс]\d|[мm]\d{1,2}|[мm]\d{1,2}[xх]\d+|din|iso|\d{1,3}w|\d{2}[вv]|ral\d{4}|цем|пц-?\d+|[сc]\d{1,2}|r\d{2})$/u;

/** Letters of a name after a noun that is counted: "рулонов рубероида РКП-350". */
export const SHORT_GRADE = /^[а-яa-z]{1,4}-?\d{1,3}[а-яa-z]?$/;

/** A Russian number plate: three of its letters and three digits, then the region. */
export const NUMBER_PLATE = /^[авекмнорстухabekmhopctyx]\d{3}[авекмнорстухabekmhopctyx]{2}(?:\d{2,3})?$/;

/** Numbers of so many digits are hardly ever articles. */
export const SMALL = 3;

/** Beginnings of document numbers that are usual in 1C and on paper; the codes of goods look alike, so it is a hint. */
const DOCUMENT_PREFIX =
  /^(?:нф|цб|цв|цb|cb|зп|зк|зс|зпс|зкп|сч|счт|сф|упд|ттн|тн|рн|пт|птр|по|po|inv|invoice|ord|so|зт|рт|спец|дог|ннф|ннфзп|бп|ка|цу)[- ]?\d/;

/** Short codes that number documents as well as goods: "А-1123", "77/Б", "2025-114". */
const MAYBE_DOCUMENT =
  /^(?:[а-я]{1,5}-?\d{2,9}|[а-яa-z]{1,4}-\d{1,4}[-/]\d{1,6}|\d{1,4}[-/][а-я]{1,3}|\d{2,4}-\d{2,4}(?:[-/][а-я]{1,2})?|\d{1,6}\/20\d{2}|\d?[а-я]{2}-\d{5}|[а-яa-z]{2,3}-0\d{2,8}|[а-я]{2}\d{2}-\d{4,6})$/;

/** How much the shape of a code speaks for a document (positive) or an article (negative). */
export function shapeScore(text: string): number {
  if (DOCUMENT_PREFIX.test(text) && !text.includes('.')) return /\d{4,}|-\d/.test(text) ? 4 : 2.5;
  if (/^0{3,}\d+$/.test(text) && text.length !== 13) return 0;
  if (/^\d{2}[а-я]{2}-\d{6}$/.test(text)) return 2.5;
  if (/^(?:\d{13}|\d{8}|\d{12}|\d{14})$/.test(text)) return -5;
  if (/^\d{4}-\d{6}$/.test(text)) return 4;
  if (/^\d{1,6}\/\d{2}$/.test(text)) return 3;
  if (/^\d{1,6}\/\d$/.test(text)) return 2;
  if (/^\d{2}-\d{8}$/.test(text)) return 0;
  if (/^[а-яa-z]{2}-?0{3,}\d+$/.test(text)) return -0.5;
  if (/^\d{1,6}-[а-яa-z]{1,2}$/.test(text)) return -0.6;
  if (/^\d+$/.test(text)) return 0;
  if (/^[а-я]{2}\d{2}-0\d{5}$/.test(text)) return 3;
  if (MAYBE_DOCUMENT.test(text)) return -3.2;
  return -4;
}
