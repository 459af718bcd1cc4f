import { type EventEmitter } from 'node:events';
import { badRequest } from '../../bot-api-error';
import { type BotCommand } from '../../bot-api.types';
import { type BotProfile, type CommandScope } from '../../chats/bot-profile';
import { type CallbackQueries } from '../../chats/callback-queries';
import { type Conversations } from '../../chats/conversations';
import { fileFields, type Files } from '../../chats/files';
import { type TelegramEvents } from '../../events';
import { isLongerThan, LIMITS } from '../../limits';
import { type Methods } from '../method';
import { type RequestParams } from '../request-params';

export interface BotMethodParts {
  profile: BotProfile;
  conversations: Conversations;
  callbacks: CallbackQueries;
  files: Files;
  hub: EventEmitter<TelegramEvents>;
}

/** The bot itself: its profile, commands and menu; what it may learn of chats and files; its answers to presses. */
export function botMethods({ profile, conversations, callbacks, files, hub }: BotMethodParts): Methods {
  const setCommands = (params: RequestParams, commands: BotCommand[]): true => {
    profile.setCommands(commands, scopeOf(params), params.text('language_code'));
    hub.emit('commands', {});
    return true;
  };
  const setText = (kind: string, limit: number, refusal: string) => (params: RequestParams) => {
    const text = params.text(kind);
    if (isLongerThan(text, limit)) {
      throw badRequest(refusal);
    }
    profile.setText(kind, text, params.text('language_code'));
    return true;
  };
  const menuChat = (params: RequestParams): string => {
    const chatId = params.text('chat_id');
    return chatId === '' ? '' : String(conversations.open(chatId).chat.id);
  };
  return {
    getMe: () => ({
      ...profile.user,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    }),
    setMyCommands: (params) => setCommands(params, commandsOf(params)),
    deleteMyCommands: (params) => setCommands(params, []),
    getMyCommands: (params) => profile.getCommands(scopeOf(params), params.text('language_code')),
    setMyDescription: setText('description', LIMITS.descriptionCharacters, 'DESCRIPTION_TOO_LONG'),
    setMyShortDescription: setText('short_description', LIMITS.shortDescriptionCharacters, 'ABOUT_TOO_LONG'),
    getMyDescription: (params) => ({ description: profile.getText('description', params.text('language_code')) }),
    getMyShortDescription: (params) => ({
      short_description: profile.getText('short_description', params.text('language_code')),
    }),
    setChatMenuButton(params) {
      profile.setMenuButton(menuChat(params), menuButtonOf(params));
      return true;
    },
    getChatMenuButton: (params) => profile.getMenuButton(menuChat(params)),
    getChat(params) {
      const { chat } = conversations.open(params.text('chat_id'));
      return {
        ...chat,
        ...(chat.username !== undefined && { active_usernames: [chat.username] }),
        accent_color_id: chat.id % 7,
        max_reaction_count: 11,
      };
    },
    getFile(params) {
      const fileId = params.text('file_id');
      if (fileId === '') {
        throw badRequest('file_id not specified');
      }
      const file = files.find(fileId);
      if (file === undefined) {
        throw badRequest('wrong file_id or the file is temporarily unavailable');
      }
      if (file.file_size > LIMITS.downloadBytes) {
        throw badRequest('file is too big');
      }
      return { ...fileFields(file), file_path: file.path };
    },
    answerCallbackQuery(params) {
      const callbackQueryId = params.text('callback_query_id');
      const text = params.text('text');
      const url = params.text('url');
      if (isLongerThan(text, LIMITS.callbackAnswerCharacters)) {
        throw badRequest('MESSAGE_TOO_LONG');
      }
      const chatId = callbacks.chatOf(callbackQueryId);
      conversations.find(chatId)?.tell('callback_answer', {
        chatId,
        callbackQueryId,
        ...(text !== '' && { text }),
        showAlert: params.flag('show_alert'),
        ...(url !== '' && { url }),
      });
      return true;
    },
  };
}

function scopeOf(params: RequestParams): CommandScope {
  const scope = params.json('scope', 'BotCommandScope');
  if (scope === undefined) {
    return { type: 'default' };
  }
  const { type } = scope as Partial<CommandScope>;
  if (typeof type !== 'string') {
    throw badRequest('can\'t parse BotCommandScope: Can\'t find field "type"');
  }
  return scope as CommandScope;
}

function commandsOf(params: RequestParams): BotCommand[] {
  const commands = params.json('commands', 'commands') ?? [];
  if (!Array.isArray(commands)) {
    throw badRequest('expected an Array of BotCommand');
  }
  return commands.map((item: unknown) => {
    const { command, description } = (item ?? {}) as Partial<Record<keyof BotCommand, unknown>>;
    if (typeof command !== 'string' || typeof description !== 'string') {
      const missing = typeof command === 'string' ? 'description' : 'command';
      throw badRequest(`can't parse BotCommand: Can't find field "${missing}"`);
    }
    return { command, description };
  });
}

function menuButtonOf(params: RequestParams): object {
  const button = params.json('menu_button', 'menu button') ?? { type: 'default' };
  const { type } = button as { type?: unknown };
  if (type !== 'default' && type !== 'commands' && type !== 'web_app') {
    throw badRequest("can't parse menu button: MenuButton has unsupported type");
  }
  return button;
}
