import type { Language } from '../classifier/understanding';
import type { OneCManager } from '../onec/contract';
import { escapeHtml } from './html';
import { message } from './messages';
import type { ReplyOptions } from './options';
import { field, given, lines } from './text';

/** Whom a supplier can turn to. The manager that the accounting system names goes before the setting. */
export interface ManagerContact {
  manager?: OneCManager | null;
  /** The setting `MANAGER_CONTACT`, free text. */
  managerContact?: string | null;
}

/** `name`, `@name` and links to t.me as the mention that opens a chat; anything else as it stands. */
function mention(telegram: string): string {
  const name = /^(?:(?:https?:\/\/)?(?:t\.me|telegram\.me)\/|@)?([a-z]\w{3,31})\/?$/i.exec(telegram.trim())?.[1];
  return name ? `@${name}` : telegram.trim();
}

const waysOf = (manager: OneCManager) => ({
  phone: manager.phone?.trim() ?? '',
  email: manager.email?.trim() ?? '',
  telegram: given(manager.telegram) ? mention(manager.telegram) : '',
});

/** The contact in one line, to end another answer with; empty where nobody is named. HTML. */
export function contactLine({ manager, managerContact }: ManagerContact, language: Language): string {
  if (manager && given(manager.name)) {
    const { phone, email, telegram } = waysOf(manager);
    const details = [`<b>${escapeHtml(manager.name.trim())}</b>`, ...[phone, telegram, email].map(escapeHtml)];
    return message(language, 'manager.line', { details: details.filter(Boolean).join(', ') });
  }
  return field(language, 'manager.contact', 'contact', managerContact);
}

/** Answer to "кто мой менеджер": name and every way to reach, or the setting's text, or whom to ask. Telegram HTML. */
export function renderManager(contact: ManagerContact, { language }: ReplyOptions): string {
  const { manager } = contact;
  if (!manager || !given(manager.name)) return contactLine(contact, language) || message(language, 'manager.none');
  const { phone, email, telegram } = waysOf(manager);
  return lines(
    message(language, 'manager.title', { name: manager.name.trim() }),
    field(language, 'manager.phone', 'phone', phone),
    field(language, 'manager.telegram', 'telegram', telegram),
    field(language, 'manager.email', 'email', email),
  );
}
