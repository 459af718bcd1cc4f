import { type Text, text } from './text';

/** What to do about a failure. */
export interface Cure {
  /** Stable, for scripts. */
  code: string;
  advice: Text;
}

const ADVICE = {
  // No answer
  'nobody-listens': text(
    'По этому адресу никто не слушает. Запущен ли веб-сервер (Apache: systemctl status apache2; IIS: служба W3SVC), тот ли порт в --url, пропускает ли его сетевой экран?',
    'Nobody listens at this address. Is the web server running (Apache: systemctl status apache2; IIS: the service W3SVC), is the port of --url right, does the firewall let it through?',
  ),
  'unknown-host': text(
    'Имя сервера не находится в DNS. Проверьте --url; во внутренней сети добавьте запись в DNS или в hosts той машины, где работает бот.',
    'DNS does not know the host. Check --url; in a private network add it to DNS or to the hosts file of the machine that the bot runs on.',
  ),
  'connection-reset': text(
    'Сервер обрывает соединение. Смотрите журнал ошибок веб-сервера: падает модуль расширения (wsap24/wsisapi другой разрядности или версии), соединение рвёт сетевой экран или прокси, по порту https спрашивают http.',
    'The server breaks the connection. Look into the error log of the web server: its 1C module crashes (wsap24/wsisapi of another bitness or version), a firewall or a proxy cuts in, or plain http is spoken to a port of https.',
  ),
  'no-answer-in-time': text(
    'Соединение есть, ответа нет. В 1С: не хватает лицензии или сеанса (poolSize и poolTimeout в default.vrd), запрос ждёт блокировки, база заблокирована для обновления. Смотрите консоль кластера и журнал регистрации.',
    'There is a connection and no answer. In 1C: no free licence or session (poolSize and poolTimeout in default.vrd), a query that waits for a lock, an infobase closed for an update. See the cluster console and the event log.',
  ),
  'too-slow': text(
    'Сервер отвечает дольше, чем ждёт бот (ONEC_TIMEOUT_MS, обычно 3000 мс). Включите повторное использование сеансов (reuseSessions="autouse"), посмотрите план запросов модуля данных и индексы, нагрузку сервера 1С и СУБД.',
    'The server answers later than the bot waits (ONEC_TIMEOUT_MS, usually 3000 ms). Have sessions reused (reuseSessions="autouse"), look at the plans of the data module\'s queries and the indexes, and at the load of the 1C server and the DBMS.',
  ),
  'certificate-not-trusted': text(
    'Сертификату сервера не доверяют. Для своего центра сертификации дайте --ca FILE (боту: ONEC_CA_FILE), для общедоступного добавьте на сервер промежуточные сертификаты (SSLCertificateFile с цепочкой).',
    'The certificate of the server is not trusted. For an authority of your own give --ca FILE (to the bot: ONEC_CA_FILE); for a public one add the intermediate certificates to the server (SSLCertificateFile with the chain).',
  ),
  'certificate-expired': text(
    'Срок сертификата сервера истёк или ещё не начался. Выпустите новый и проверьте часы обеих машин.',
    'The certificate of the server has expired or is not valid yet. Renew it, and check the clocks of both machines.',
  ),
  'certificate-ends-soon': text(
    'Сертификат скоро истечет: обновите его, иначе бот потеряет связь в этот день.',
    'The certificate ends soon: renew it, or the bot loses its connection on that day.',
  ),
  'certificate-other-name': text(
    'Сертификат выдан на другое имя. Обращайтесь по имени из сертификата или выпустите его с этим именем в subjectAltName.',
    'The certificate names another host. Use a name that it has, or have it issued with this one in subjectAltName.',
  ),
  'tls-handshake': text(
    'TLS не договорился. Проверьте, что порт отвечает по https и что включены TLS 1.2 или 1.3 (Apache: SSLProtocol -all +TLSv1.2 +TLSv1.3; IIS: SCHANNEL).',
    'The TLS handshake failed. Check that the port speaks https, and that TLS 1.2 or 1.3 is on (Apache: SSLProtocol -all +TLSv1.2 +TLSv1.3; IIS: SCHANNEL).',
  ),
  'old-tls': text(
    'Сервер принимает устаревшие TLS 1.0/1.1. Выключите их: Apache SSLProtocol -all +TLSv1.2 +TLSv1.3; nginx ssl_protocols TLSv1.2 TLSv1.3; Windows SCHANNEL\\Protocols.',
    'The server takes the outdated TLS 1.0/1.1. Switch them off: Apache SSLProtocol -all +TLSv1.2 +TLSv1.3; nginx ssl_protocols TLSv1.2 TLSv1.3; Windows SCHANNEL\\Protocols.',
  ),
  'plain-http': text(
    'Ключ и данные идут открытым текстом. Опубликуйте сервис по https: бот принимает http только на своей машине или с ONEC_ALLOW_INSECURE=true.',
    'The key and the data travel in the clear. Publish the service over https: the bot takes http only on its own machine, or with ONEC_ALLOW_INSECURE=true.',
  ),
  'connection-failed': text(
    'Соединение не удалось. Проверьте --url и сеть между этой машиной и сервером.',
    'The connection failed. Check --url and the network between this machine and the server.',
  ),

  // Another answer than the contract's
  'not-published': text(
    'HTTP-сервиса по этому адресу нет. Проверьте --url (https://сервер/публикация/hs/supplier-bot, без /v1), строку <service> в default.vrd (enable="true"; для расширения может понадобиться publishExtensionsByDefault="true") и что расширение подключено к базе.',
    'There is no HTTP service at this address. Check --url (https://server/publication/hs/supplier-bot, without /v1), the <service> of default.vrd (enable="true"; an extension may need publishExtensionsByDefault="true"), and that the extension is active in the infobase.',
  ),
  'html-page': text(
    'Вместо JSON пришла страница. Адрес ведёт не на HTTP-сервис (веб-клиент, заглушка, вход в прокси), или 1С упала до нашего кода: тогда причина в журнале регистрации и в журнале технологического процесса.',
    'A page came instead of JSON. The address is not that of the HTTP service (a web client, a placeholder, the login of a proxy), or 1C failed before our code: the reason is then in the event log and the technological log.',
  ),
  'server-error': text(
    'Учётная система не смогла ответить. Найдите запрос по X-Request-Id в журнале регистрации 1С: там текст исключения. 502-504 отвечает прокси, когда 1С не отвечает ему; 503 бывает при обновлении базы и нехватке лицензий.',
    'The accounting system could not answer. Find the request by its X-Request-Id in the event log of 1C: the exception is there. A proxy answers 502-504 when 1C does not answer it; 503 is common in an update and without free licences.',
  ),
  'user-needed': text(
    'Веб-сервер или платформа требуют пользователя. Укажите --basic-user и --basic-password (боту: ONEC_BASIC_USER, ONEC_BASIC_PASSWORD) или пользователя в строке ib файла default.vrd; проверьте, что ему разрешена аутентификация 1С:Предприятия.',
    'The web server or the platform asks for a user. Give --basic-user and --basic-password (to the bot: ONEC_BASIC_USER, ONEC_BASIC_PASSWORD) or name the user in the ib line of default.vrd; check that 1C:Enterprise authentication is allowed to them.',
  ),
  'access-refused': text(
    'Доступ закрыт. Ключ в --key не тот, что задан в учётной системе (в 1С хранится его SHA-256; пустая константа закрывает вход всем), или адрес этой машины не разрешен на веб-сервере (Require ip, ipSecurity).',
    'Access is refused. The key of --key is not the one that the accounting system has (1C keeps its SHA-256; an empty constant refuses everybody), or the web server does not allow the address of this machine (Require ip, ipSecurity).',
  ),
  'too-many-requests': text(
    'Сервер просит реже. Поднимите ограничение для адреса бота или повторите проверку позже.',
    'The server asks for fewer requests. Raise the limit for the address of the bot, or repeat this later.',
  ),
  redirected: text(
    'Сервер перенаправляет. Укажите в --url конечный адрес: бот за перенаправлением не идёт, чтобы не отдать ключ чужому серверу.',
    'The server redirects. Give the final address in --url: the bot follows no redirection, lest it hands the key to another server.',
  ),
  'not-json': text(
    'Ответ не разбирается как JSON: оборван или собран строками. Собирайте его через ЗаписьJSON, отдавайте целиком с верной длиной; проверьте, не режет ли его прокси.',
    'The answer cannot be parsed as JSON: it is cut off, or was glued together as text. Build it with a JSON writer, send it whole with the right length; see whether a proxy cuts it.',
  ),
  'not-utf8': text(
    'Ответ не в UTF-8. В 1С: УстановитьТелоИзСтроки(Текст, КодировкаТекста.UTF8, ИспользованиеByteOrderMark.НеИспользовать).',
    'The answer is not UTF-8. In 1C: УстановитьТелоИзСтроки(Текст, КодировкаТекста.UTF8, ИспользованиеByteOrderMark.НеИспользовать).',
  ),
  'has-bom': text(
    'Ответ начинается с BOM. Бот его примет, но лучше без него: ИспользованиеByteOrderMark.НеИспользовать.',
    'The answer begins with a byte order mark. The bot takes it, but is better off without: ИспользованиеByteOrderMark.НеИспользовать.',
  ),
  'content-type': text(
    'Заголовок Content-Type: ответ 200 — application/json; charset=utf-8, ошибка — application/problem+json. В 1С его задают сами: Ответ.Заголовки.Вставить("Content-Type", …).',
    'Content-Type: an answer 200 has application/json; charset=utf-8, an error application/problem+json. 1C leaves it to you: Ответ.Заголовки.Вставить("Content-Type", …).',
  ),
  schema: text(
    'Ответ не подходит под схему операции. Исправьте названные поля; схема: docs/openapi.yaml. Частое: число строкой, дата как 24.11.2026, валюта кодом 643 или «руб.» вместо RUB.',
    'The answer does not fit the schema of the operation. Correct the named members; the schema is in docs/openapi.yaml. Common: a number as a string, a date like 24.11.2026, a currency as 643 or "руб." instead of RUB.',
  ),
  'problem-form': text(
    'Ошибка отвечается телом application/problem+json с полями status, code и title; status повторяет код HTTP. См. «Ошибки» в docs/openapi.yaml (схема Problem).',
    'An error has a body of application/problem+json with the members status, code and title; status repeats that of HTTP. See the schema Problem in docs/openapi.yaml.',
  ),
  'error-code': text(
    'Код ошибки не тот, что ждёт бот: он выбирает ответ поставщику по паре «статус и code». Таблица кодов — в docs/openapi.yaml.',
    'Not the error that the bot expects: by the pair of status and code it chooses what the supplier hears. The codes are in docs/openapi.yaml.',
  ),

  // Transport
  'post-only': text(
    'Операции принимают только POST. В шаблоне URL HTTP-сервиса оставьте один метод POST; на веб-сервере можно добавить Require method POST.',
    'Operations are called with POST alone. Keep the one method POST in the URL template of the HTTP service; the web server may have Require method POST.',
  ),
  'header-names': text(
    'Имена заголовков сравнивайте без учета регистра: прокси и HTTP/2 пишут x-api-key. В 1С переберите Запрос.Заголовки и сравните НРег(Ключ).',
    'Compare header names without regard to case: proxies and HTTP/2 write x-api-key. In 1C go through Запрос.Заголовки and compare НРег(Ключ).',
  ),
  'request-form': text(
    'Правильный запрос отклонён. Принимайте тело UTF-8 с BOM и без, Content-Type application/json с charset и без, любой X-Request-Id и его отсутствие.',
    'A right request was refused. Take a body in UTF-8 with and without a byte order mark, Content-Type application/json with and without charset, any X-Request-Id and none.',
  ),
  'unknown-fields': text(
    'Незнакомые поля запроса пропускайте: в пределах версии 1 поля добавляются.',
    'Ignore unknown members of a request: members are added within version 1.',
  ),
  'null-is-missing': text(
    'null и отсутствующее поле равнозначны: в 1С null читается как Неопределено, уберите такие поля до проверки типов.',
    'null and a missing member mean the same: 1C reads null as Неопределено; take such members out before types are checked.',
  ),
  'unknown-operation': text(
    'На операцию, которой нет, отвечайте 422 с кодом not_supported: по нему бот прячет её.',
    'Answer an operation that is not there with 422 not_supported: by it the bot hides the operation.',
  ),

  // Key
  'key-not-checked': text(
    'Ключ X-API-Key не проверяется или сравнивается неточно. Сравнивайте SHA-256 ключа целиком, с учетом регистра, для каждой операции; не ищите ключ запросом: СУБД сравнивает строки без учета регистра и концевых пробелов.',
    'X-API-Key is not checked, or not exactly. Compare SHA-256 of the whole key, case included, in every operation; do not look it up by a query: a DBMS compares strings without regard to case and trailing spaces.',
  ),
  'key-before-body': text(
    'Проверяйте ключ до чтения тела: чужому незачем знать, что тело неверно.',
    'Check the key before the body is read: a stranger need not hear what is wrong with the body.',
  ),
  'key-tells': text(
    'Ответы на отсутствующий и на неверный ключ должны совпадать, чтобы по ним нельзя было отличить одно от другого.',
    'The answers to a missing and to a wrong key must be the same, so that they tell nothing.',
  ),
  'key-timing': text(
    'Время ответа зависит от того, насколько ключ похож на верный. Сравнивайте хеши одинаковой длины без досрочного выхода.',
    'The time of the answer depends on how near the key is. Compare hashes of one length, without leaving early.',
  ),
  'key-in-answer': text(
    'Ключ попал в ответ. Уберите его из текстов ошибок и из журналов.',
    'The key is in the answer. Take it out of error texts and of logs.',
  ),
  'basic-not-checked': text(
    'Задан --basic-user, но сервер отвечает и без него. Уберите его из настроек бота или потребуйте пользователя на веб-сервере.',
    '--basic-user is given, but the server answers without it. Take it out of the settings of the bot, or ask for the user at the web server.',
  ),

  // Requests that do not fit
  'check-the-body': text(
    'Тело, которое не подходит под схему, отвечайте 400 bad_request и назовите поле в detail: разбор JSON в Попытке, проверка ТипЗнч каждого поля до запросов к базе.',
    'Answer a body that does not fit with 400 bad_request and name the member in detail: parse the JSON in a Попытка, check ТипЗнч of each member before any query.',
  ),
  'limit-the-body': text(
    'Ограничьте размер тела: LimitRequestBody 65536 в Apache, client_max_body_size 64k в nginx, maxAllowedContentLength в IIS; в 1С проверьте размер до чтения. Ответ 413 (или 400).',
    'Limit the size of a body: LimitRequestBody 65536 of Apache, client_max_body_size 64k of nginx, maxAllowedContentLength of IIS; in 1C check the size before it is read. Answer 413 (or 400).',
  ),
  'hundred-articles': text(
    'В одном запросе до 100 артикулов: на 100 отвечайте, на 101 — 400 bad_request.',
    'A request has at most 100 articles: answer 100, refuse 101 with 400 bad_request.',
  ),

  // Operations
  'ping-operations': text(
    'ping.operations и действительность расходятся. Перечисляйте то, что работает, на остальное отвечайте 422 not_supported.',
    'ping.operations and reality differ. Name what works, answer the rest with 422 not_supported.',
  ),
  'clock-is-off': text(
    'Часы сервера и этой машины расходятся: настройте синхронизацию времени (NTP), иначе возраст ответов и сроки будут неверны.',
    'The clocks of the server and of this machine differ: set up time synchronisation (NTP), or ages and dates will be wrong.',
  ),
  'unknown-chat': text(
    'Незнакомый чат — 404 supplier_not_found: по этому ответу бот предлагает подключиться. chatId бывает до 52 бит: Число(16, 0), не 32-битное целое.',
    'An unknown chat is 404 supplier_not_found: by it the bot offers to connect. A chatId has up to 52 bits: Число(16, 0), no 32-bit integer.',
  ),
  'foreign-supplier': text(
    'supplierId проверяйте в каждой операции: неизвестный, чужой, закрытый или не похожий на идентификатор — 404 supplier_not_found, без исключения и без данных.',
    'Check supplierId in every operation: unknown, closed, or no identifier at all is 404 supplier_not_found, without an exception and without data.',
  ),
  'catalogue-spelling': text(
    'Сравнивайте артикулы без учета регистра, пробелов, дефисов, точек, косых черт и похожих букв латиницы и кириллицы, отвечайте написанием справочника.',
    'Compare articles without regard to case, spaces, hyphens, dots, slashes and look-alike Latin and Cyrillic letters, and answer in the spelling of the catalogue.',
  ),
  'not-found-by-name': text(
    'Артикулы, которых нет, верните в notFound так, как они пришли, с кодом 200.',
    'Name the articles that are not there in notFound, as they were asked, with status 200.',
  ),
  wildcards: text(
    'Артикул из спецсимволов нашел чужие позиции. Не подставляйте текст в ПОДОБНО: сравнивайте на равенство, а в поиске экранируйте % _ [ ] ^ через СПЕЦСИМВОЛ.',
    'An article of wildcards has found items. Do not put the text into ПОДОБНО: compare for equality, and in a search escape % _ [ ] ^ with СПЕЦСИМВОЛ.',
  ),
  duplicates: text(
    'Каждую позицию отвечайте один раз, даже если её спросили дважды или в двух написаниях.',
    'Answer each item once, also where it was asked twice or in two spellings.',
  ),
  paging: text(
    'limit и offset отсчитывают одну и ту же упорядоченную выборку, total считает её всю. Упорядочьте по полю и по ссылке, чтобы страницы не пересекались.',
    'limit and offset count one ordered selection, total counts all of it. Order by a field and by the reference, so that pages do not overlap.',
  ),
  search: text(
    'Поиск products не находит позицию по её артикулу или слову из наименования. Ищите по частям: query — слова наименования, часть артикула или штрихкод.',
    'The search of products does not find an item by its article or by a word of its name. Search by parts: query is words of a name, a part of an article, or a barcode.',
  ),
  currency: text(
    'Валюта — буквы ISO 4217 (RUB, а не RUR, 643 или «руб.»). В 1С буквенный код хранится не в справочнике «Валюты»: сопоставьте его по Код.',
    'A currency has the letters of ISO 4217 (RUB, not RUR, 643 or "руб."). The catalogue «Валюты» of 1C has no letters of its own in Код: map them.',
  ),
  'caching-header': text(
    'Cache-Control: «no-store», «private, max-age=N» или «public, max-age=N», N — целые секунды.',
    'Cache-Control: "no-store", "private, max-age=N" or "public, max-age=N", N in whole seconds.',
  ),
  'caching-scope': text(
    'Этот ответ нельзя хранить для всех: public отдаст данные одного поставщика другому. Ставьте private или no-store.',
    'This answer must not be kept for everybody: public hands the data of one supplier to another. Use private or no-store.',
  ),
  'caching-time': text(
    'Слишком долго: поставщик будет видеть устаревшее. Обычно хватает max-age=300, для identify 60.',
    'Too long: the supplier will see what is outdated. max-age=300 is usually enough, 60 for identify.',
  ),
  'order-number': text(
    'Номер заказа сравнивайте без префикса и ведущих нулей, если так он однозначен: 123 находит 00-00000123. Чего нет — 404 order_not_found.',
    'Compare an order number without prefix and leading zeros where that is unambiguous: 123 finds 00-00000123. What is not there is 404 order_not_found.',
  ),
  'order-lines': text(
    'Если спрошен номер, ответ содержит строки заказа: lines.',
    'Where a number was asked, the answer has the lines of the order.',
  ),
  'order-state': text(
    'state=open не включает закрытые и отменённые заказы, а total у него не больше, чем у all.',
    'state=open leaves closed and cancelled orders out, and its total is not above that of all.',
  ),
  file: text(
    'Файл должен быть настоящим PDF или XLSX в base64 без переводов строк: ТабличныйДокумент.Записать(…, ТипФайлаТабличногоДокумента.PDF), затем Base64Строка без символов ВК и ПС; mimeType по формату, не больше 5 МиБ.',
    'The file must be a real PDF or XLSX in base64 without line breaks: ТабличныйДокумент.Записать(…, ТипФайлаТабличногоДокумента.PDF), then Base64Строка without CR and LF; mimeType of the format, at most 5 MiB.',
  ),
  linking: text(
    'Подключение: по действующему коду 200, затем identify узнает чат; повторно 409 already_linked; код одноразовый (потом 404 code_not_found или 410 code_expired); unlink отвечает {} и чат забыт.',
    'Linking: a valid code brings 200 and identify knows the chat; once more is 409 already_linked; a code works once (then 404 code_not_found or 410 code_expired); unlink answers {} and the chat is forgotten.',
  ),
  'above-a-second': text(
    'Поставщик ждёт ответа больше секунды. Включите reuseSessions="autouse", проверьте отборы в параметрах виртуальных таблиц, индексы и нагрузку.',
    'The supplier waits for more than a second. Set reuseSessions="autouse", check that the virtual tables are filtered by their parameters, the indexes, and the load.',
  ),
  parallel: text(
    'Одновременные запросы не выдерживаются. Увеличьте poolSize и poolTimeout в default.vrd, проверьте число лицензий или уменьшите ONEC_MAX_CONCURRENCY бота.',
    'Calls at the same time are not borne. Raise poolSize and poolTimeout in default.vrd, check the number of licences, or lower ONEC_MAX_CONCURRENCY of the bot.',
  ),
} as const satisfies Record<string, Text>;

export type CureCode = keyof typeof ADVICE;

/** The advice of a code. */
export function cure(code: CureCode): Cure {
  return { code, advice: ADVICE[code] };
}
