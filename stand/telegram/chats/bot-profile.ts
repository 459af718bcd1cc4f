import { badRequest } from '../bot-api-error';
import { type BotCommand, type User } from '../bot-api.types';
import { LIMITS, isLongerThan } from '../limits';

/** Whom a list of commands is for (BotCommandScope). */
export interface CommandScope {
  type: string;
  chat_id?: number | string;
}

const SCOPES = [
  'default',
  'all_private_chats',
  'all_group_chats',
  'all_chat_administrators',
  'chat',
  'chat_administrators',
  'chat_member',
];

const scopeKey = (scope: CommandScope): string =>
  scope.type.startsWith('chat') ? `${scope.type}:${scope.chat_id ?? ''}` : scope.type;

/** What the bot tells of itself: name, commands, descriptions, menu buttons. */
export class BotProfile {
  readonly user: User;
  private readonly commands = new Map<string, BotCommand[]>();
  private readonly texts = new Map<string, string>();
  private readonly menuButtons = new Map<string, object>();

  /** @param token whose first part is the bot's user id */
  constructor(token: string, username: string, name: string) {
    this.user = { id: Number(token.split(':', 1)[0]), is_bot: true, first_name: name, username };
  }

  /**
   * Sets the commands of a scope and language; an empty list removes them.
   *
   * @param language ISO 639-1, or empty for all languages without a list of their own
   * @throws BotApiError 400 for an unknown scope or language and for a command that cannot be
   */
  setCommands(commands: readonly BotCommand[], scope: CommandScope, language: string): void {
    const key = commandsKey(scope, language);
    if (commands.length > LIMITS.commands) {
      throw badRequest('BOT_COMMANDS_TOO_MUCH');
    }
    const checked = commands.map(checkCommand);
    if (checked.length > 0) {
      this.commands.set(key, checked);
    } else {
      this.commands.delete(key);
    }
  }

  getCommands(scope: CommandScope, language: string): BotCommand[] {
    return this.commands.get(commandsKey(scope, language)) ?? [];
  }

  /**
   * The list that a person's application shows: the narrowest scope first, within it the person's language first
   * (https://core.telegram.org/bots/api#determining-list-of-commands).
   */
  commandsFor(chatId: number, languageTag: string): BotCommand[] {
    const language = languageTag.split('-', 1)[0]?.toLowerCase() ?? '';
    const scopes: CommandScope[] = [
      { type: 'chat', chat_id: chatId },
      { type: 'all_private_chats' },
      { type: 'default' },
    ];
    for (const scope of scopes) {
      const list = this.commands.get(`${scopeKey(scope)}/${language}`) ?? this.commands.get(`${scopeKey(scope)}/`);
      if (list !== undefined) {
        return list;
      }
    }
    return [];
  }

  /** @param kind such as `description`; one text for each language */
  setText(kind: string, text: string, language: string): void {
    this.texts.set(`${kind}/${checkLanguage(language)}`, text);
  }

  getText(kind: string, language: string): string {
    return this.texts.get(`${kind}/${language}`) ?? this.texts.get(`${kind}/`) ?? '';
  }

  /** @param chatId empty for the button of all chats */
  setMenuButton(chatId: string, button: object): void {
    this.menuButtons.set(chatId, button);
  }

  getMenuButton(chatId: string): object {
    return this.menuButtons.get(chatId) ?? this.menuButtons.get('') ?? { type: 'commands' };
  }
}

function commandsKey(scope: CommandScope, language: string): string {
  if (!SCOPES.includes(scope.type)) {
    throw badRequest("can't parse BotCommandScope: Unsupported type specified");
  }
  return `${scopeKey(scope)}/${checkLanguage(language)}`;
}

function checkLanguage(language: string): string {
  if (!/^([a-z]{2})?$/.test(language)) {
    throw badRequest('invalid language code specified');
  }
  return language;
}

function checkCommand(given: BotCommand): BotCommand {
  const command = given.command.trim().replace(/^\//, '');
  const description = given.description.trim();
  if (command === '') {
    throw badRequest('Command must be non-empty');
  }
  if (isLongerThan(command, LIMITS.commandCharacters)) {
    throw badRequest(`Command length must not exceed ${LIMITS.commandCharacters}`);
  }
  if (description === '') {
    throw badRequest('Command description must be non-empty');
  }
  if (isLongerThan(description, LIMITS.commandDescriptionCharacters)) {
    throw badRequest(`Command description length must not exceed ${LIMITS.commandDescriptionCharacters}`);
  }
  if (!/^[a-z0-9_]+$/.test(command)) {
    throw badRequest('BOT_COMMAND_INVALID');
  }
  return { command, description };
}
