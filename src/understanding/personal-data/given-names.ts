/** Given names in the nominative, with their usual short forms; the most frequent ones of Russia and its neighbours. */
const NAMES = `
  александр александра саша саня шура алексей алексий леша лёха анастасия настя настасья анатолий толя андрей андрюха анна аня анюта анжелика
  антон антонина тоня аркадий арсений артем артур ахмед ахмат бахтияр богдан борис боря вадик вадим валентин валентина валя валерий валера валерия
  варвара варя василий вася василиса вениамин виктор витя виктория вика виталий виталя витек владимир вова володя владислав влад владик всеволод
  вячеслав галина галя гаврил геннадий гена георгий гоша жора глеб григорий гриша гульнара давид дамир данил данила даниил дарья даша денис
  дмитрий дима димон евгений евгения женя екатерина катя катерина катюша елена лена алена елизавета лиза ефим жанна захар зинаида зина зоя
  иван ваня игнат игорь гарик ильдар илья ильнур инга инесса инна иннокентий ирина ира ириша иосиф камила карина каролина кирилл клавдия
  константин костя кристина ксения ксюша лариса лара леонид леня лидия лида людмила люда люся магомед максим макс маргарита марина мария маша
  маруся матвей милана мирослава михаил миша муса мурат надя назар наталья наталия наташа ната никита николай коля нина оксана олег олеся ольга
  оля павел паша петр петя полина прохор раиса рая рамиль расул ренат римма ринат родион роза ростислав руслан рустам светлана савелий семен
  сергей серега сережа серый снежана софия софья соня станислав стас степан степа таисия тамара тамила татьяна таня тарас тимофей тимур ульяна
  фарид фатима федор федя филипп эдуард эдик элеонора эльвира эльдар эмиль эмма юлия юля юрий юра яков яна ярослав ярослава
`;

/** Names that are words of everyday speech or of catalogues as well: names only where they are capitalised. */
const AMBIGUOUS = `
  вера надежда любовь люба роман рома лев марк герман слава майя лилия лиля рита света мила ада ася ева ия лада злата клим карл тихон
  арина эля элла альбина алина алла диана динара дина азамат айгуль айрат алсу аида ася гузель ислам марат оскар эрик яша шамиль
`;

/** Names in Latin letters. */
const LATIN = `
  aleksandr alexander alexandra alexey aleksei alena alina anastasia anatoly andrei andrey andrew anna anton artem boris daria denis dmitry
  dmitri ekaterina elena evgeny galina helen igor irina ivan james john julia kate katya kirill konstantin ksenia larisa lena maria marina
  mary masha maxim michael mike mikhail natalia natasha nikita nikolay oleg olga pavel peter petr sasha sergei sergey sofia stas svetlana
  tanya tatiana tatyana vadim vasily victor viktor vladimir yulia yuri yury
`;

const words = (text: string): string[] =>
  text
    .replaceAll('ё', 'е')
    .split(/\s+/)
    .filter((word) => word !== '');

/** The cases of a name by its ending; a few forms that no name has do no harm. */
function casesOf(name: string): string[] {
  const stem = name.slice(0, -1);
  switch (name.at(-1)) {
    case 'а':
      return ['а', 'ы', 'и', 'е', 'у', 'ой', 'ою', ''].map((ending) => stem + ending);
    case 'я':
      return ['я', 'и', 'е', 'ю', 'ей', 'ею', 'й', 'ь'].map((ending) => stem + ending);
    case 'й':
      return ['й', 'я', 'ю', 'ем', 'е', 'и'].map((ending) => stem + ending);
    case 'ь':
      return ['ь', 'я', 'ю', 'ем', 'е', 'и'].map((ending) => stem + ending);
    default:
      return ['', 'а', 'у', 'ом', 'ем', 'е'].map((ending) => name + ending);
  }
}

/** "Павел" and "Лев" lose a vowel in their other cases. */
const IRREGULAR = ['павла', 'павлу', 'павлом', 'павле', 'петра', 'петру', 'петром', 'петре', 'льва', 'льву', 'львом'];

const NOT_A_NAME = new Set([
  'саш',
  'рая',
  'раем',
  'серый',
  'серая',
  'серые',
  'сер',
  'инн',
  'люди',
  'роз',
  'розы',
  'розе',
  'кат',
]);

const forms = (names: string): Set<string> =>
  new Set(
    words(names)
      .flatMap(casesOf)
      .filter((form) => form.length > 2 && !NOT_A_NAME.has(form)),
  );

const certain = new Set([...forms(NAMES), ...words(LATIN), ...IRREGULAR]);
const ambiguous = forms(AMBIGUOUS);

/** @param word as written */
export function isGivenName(word: string): boolean {
  const small = word.toLowerCase().replaceAll('ё', 'е');
  if (certain.has(small)) return true;
  return ambiguous.has(small) && /^\p{Lu}/u.test(word);
}
