/** Words right before a number that make it a document's. */
export const DOCUMENT_NOUN =
  /^(?:заказ(?!ал|ыв)|заяв|счет(?!чик)|накладн|упд|ттн|спецификац|спек[аеиу]$|спецух|инвойс|поставк|отгрузк|приемк|документ|реализац|платежк|торг12|сф$|счф$|п\/о|po$|pos$|order|invoice|inv$|shipment|delivery|счет-фактур|фактур|сч$|накл$|зак$|з\/з$|тн$|поступлени(?!я$)|приходник|прих$)/;
export const ARTICLE_NOUN =
  /^(?:артик|арт$|код|кода|коду|коды|кодом|кодам|позици|sku|скю|item|article|штрих|баркод|barcode|ean|товар|номенкл|модел|издели|карточк|part$)/;
/** Words right before a number that make it something else altogether. */
export const OTHER_NOUN =
  /^(?:инн|кпп|огрн|бик|окпо|оквэд|паспорт|тел$|телефон|моб|договор(?!н)|контракт|допсоглаш|соглаш|стенд|каб$|кабинет|офис|кв$|дом$|стр$|корп|ворот|рамп|строени|лот|рейс|госномер|номер машины|рс$|iban|inn$|phone|contract|ral$|sdr$|pn$|гост|ту$|din$|iso$|ваз$|газ$|уаз$|маз$|камаз|паз$|зил$|краз$)/;
/** What is measured: a number or a range behind it is how much. */
export const MEASURE_NOUN = /^(?:тип$|класс|размер|рост$|рост[аеу]$|р$|рр$)/;
/** Money: a number right behind it is a sum. */
export const MONEY_NOUN = /^(?:сумм|долг|задолж|должны|должен|перечислили|перевели|предоплат|аванс)/;
/** Places that have numbers: "на складе 2". */
export const PLACE_NOUN = /^(?:склад|цех|бокс|этаж|подъезд|секци|участ|павильон|магазин|филиал|ячейк|стеллаж)/;
/** What may stand between a noun and its number. */
export const NUMBER_WORD =
  /^(?:№|номер|номера|номером|номеру|ном|n|no|nr|наш|ваш|наша|наши|ваша|нашей|вашей|нашему|вашему|number|#|нашего|вашего|нашу|вашу|под|за|оплату|поставщику|поставщика|клиента|клиенту|покупателя|покупателю|вам|нам|у|вас|нас|фактура|фактуре|фактуру|товаров|услуг)$/;

/** What is asked on goods, not on a document. */
export const ON_GOODS = /^(?:потребност|прайс|цен[аыу]|скидк|спрос|дозаказ|дозаяв|план)/;
/** Goods that are ordered rather than the order itself. */
export const ORDERED =
  /^(?:заказыва|заказан|заказал|закупа|закупит|закупк|дозаказ|продал|остал|ушел|ушл[ао]|состав$|брать$|берете$|берет$|возьмете$|купите$|покупа|производств)/;
/** What is done with orders. */
export const MOVED = /^(?:отгруж|отгруз|везти|везем|привез|довез|отправ|согласов|подтвер|закры|собра|комплект)/;

/** A number after these is how much, not which. */
export const AMOUNT_VERB =
  /^(?:вместо|получил[аи]?|пришло|было|стало|недодал[аи]?|недовез\p{L}*|зафиксирован\p{L}*|ровно|около|примерно|минимум|максимум|больше|меньше|свыше|порядка|еще|по-прежнему|парти[яи]|тираж|объем|лимит|норма|минималка)$/u;
/** A number after these may be a year. */
export const BEFORE_YEAR =
  /^(?:за|в|на|с|по|до|квартал\p{L}*|кв|янв\p{L}*|фев\p{L}*|март\p{L}*|апр\p{L}*|ма[йя]|июн\p{L}|июл\p{L}|авг\p{L}*|сен\p{L}*|окт\p{L}*|ноя\p{L}*|дек\p{L}*|jan\p{L}*|mar|for|in)$/u;

/**
 * How many documents there are rather than which one: a noun in the case that its number asks for ("2 заказа", "5 счетов").
 *
 * @param noun after the number
 */
export function isHowMany(number: string, noun: string): boolean {
  if (/(?:ов|ок|ных|ций|док|ек)$/.test(noun)) return true;
  const isFew = /[234]$/.test(number) && !/1.$/.test(number);
  return number === '1' || (isFew && /[аыие]$/.test(noun));
}
