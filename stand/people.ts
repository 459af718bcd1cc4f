/** A Telegram account of the demo: who can be chosen in the chat page, and whom the accounting stand knows. */
export interface Person {
  /** Telegram's user id; in a private chat the chat has the same id. */
  id: number;
  firstName: string;
  lastName?: string;
  username?: string;
  /** As Telegram hands over a shared contact, with the plus. */
  phone: string;
  /** IETF language tag of the Telegram profile. */
  languageCode: string;
  /** What this account shows, for the chat page (Russian). */
  about: string;
}

export const PEOPLE: readonly Person[] = [
  {
    id: 77,
    firstName: 'Анна',
    lastName: 'Смирнова',
    username: 'anna_svetoteh',
    phone: '+79161234501',
    languageCode: 'ru',
    about: 'поставщик ООО «Светотех», подключён',
  },
  {
    id: 78,
    firstName: 'Борис',
    lastName: 'Егоров',
    username: 'boris_krepezh',
    phone: '+79161234502',
    languageCode: 'ru',
    about: 'поставщик ИП Егоров Б. Н., подключён',
  },
  {
    id: 79,
    firstName: 'Mei',
    lastName: 'Lin',
    username: 'mei_lin',
    phone: '+8613800001234',
    languageCode: 'en',
    about: 'поставщик Ningbo Lighting Co., по-английски',
  },
  {
    id: 80,
    firstName: 'Виктор',
    phone: '+79161234504',
    languageCode: 'ru',
    about: 'ждёт подтверждения менеджера',
  },
  {
    id: 81,
    firstName: 'Галина',
    lastName: 'Орлова',
    phone: '+79161234505',
    languageCode: 'ru',
    about: 'доступ закрыт',
  },
  {
    id: 82,
    firstName: 'Денис',
    phone: '+79161234506',
    languageCode: 'ru',
    about: 'боту пока не знаком',
  },
];
