/** Function words and the most frequent words of business letters: known, but saying nothing about the intent. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `а без бы был была были было быть в вам вами вас ваш ваша ваше ваши вашей вашего вашем ваших вашим вашу во вообще вот все всего всем всех
  всю вы где да даже дай дайте для до его ее ей ему если есть еще ж же за здесь и из или им ими их к как какая какие какого какое какой каком
  какую когда кого кто ку ли либо лучше меня мне много можно можете может мой моя мы на над надо нам нами нас наш наша наше нашего нашей нашем
  нашему наши наших нашим нашу не него нее нет нету ни них но ну нужен нужна нужно нужны о об ой он она они оно от очень по под пожалуйста
  пока после потом почему при про просто раз с свой себя сейчас сегодня скажи скажите со совсем так такая такие такое такой там твой те тебя
  теперь то тогда того тоже только тот ту тут ты у уже уточните хотел хотела хотели хочу чего чем через чтобы что это этим этими этих
  этого этой этом этот эту эти эта я подскажите покажи покажите пришлите скиньте дать узнать вчера завтра послезавтра недели неделю неделе
  неделя месяц месяца год года году день дня дней час часа часов минут числа число коллеги ребята девочки девушка товарищи господа
  уважаемые добрый доброе доброго вечер утро срочно быстро давайте давай ладно хорошо точно разве именно опять снова ещё один одна одно два
  две три четыре пять шесть семь восемь девять десять первый второй третий последний первого второго первой второй первом втором первому
  второму оба обе обоим последнего последний последняя долго мало столько этак либо нибудь кое ведь уж вдруг хоть типа короче слушай
  слушайте значит алло кстати итого всего вместе отдельно напиши напишите сообщите просим прошу просьба можем могли надеюсь жду ждем январь
  января февраль февраля март марта апрель апреля май мая июнь июня июль июля август августа сентябрь сентября октябрь октября ноябрь ноября
  декабрь декабря понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье наличными компания компании фирма
  фирмы ооо ип ао зао оао пао ндс уважением отдел снабжения сбыта продаж переслано фото письмо письме почту сообщение ответ ответьте
  работа работы работу дело дела вопрос вопросу вопроса клиент клиента клиенты товар товара товары товару товаров позиция позиции позицию
  позиций позициям лист руки рук стоит стоят идет идут стоял плата тогда туда сюда куда откуда зачем факт контакт такт клад доклад сцена
  цель целом голос гол польза статья старт стать стены стола лето лица лично тел тема тем темы место места счастья считаю чат чет`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** English words that are left as they are rather than read as Russian in Latin letters. */
export const ENGLISH_WORDS: ReadonlySet<string> = new Set(
  `a about after all an and any are as at back be been being best but by can check could date day days did do does each for from get give got
  had has have hello her here hi his how i if in is it its just know last latest let list look me month more much my need new next no not
  now number of off ok on one only open or our out over please pls plz pro thanks thank that the their them then there these they this those
  to today tomorrow two up us use was we week what when where which who why will with would year yes yesterday you your item items article
  code codes good great sir madam dear regards kind send sent show tell still left right product products goods supplier company warehouse
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep oct nov dec mini max
  plus lite size gloves nitrile lamp lamps led`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
