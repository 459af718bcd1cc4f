/**
 * The part of the Bot API's objects that the local Telegram speaks (https://core.telegram.org/bots/api#available-types).
 * The types are flat, every kind of message in one interface, so that a test reads `message.document?.file_name`
 * without narrowing first.
 */

export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  /** IETF language tag of the person's Telegram profile. */
  language_code?: string;
}

export interface Chat {
  /** In a private chat the same number as the person's user id. */
  id: number;
  type: 'private';
  first_name: string;
  last_name?: string;
  username?: string;
}

export type EntityType =
  | 'mention'
  | 'hashtag'
  | 'cashtag'
  | 'bot_command'
  | 'url'
  | 'email'
  | 'phone_number'
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strikethrough'
  | 'spoiler'
  | 'blockquote'
  | 'expandable_blockquote'
  | 'code'
  | 'pre'
  | 'text_link'
  | 'text_mention'
  | 'custom_emoji';

export interface MessageEntity {
  type: EntityType;
  /** In UTF-16 code units. */
  offset: number;
  /** In UTF-16 code units. */
  length: number;
  /** Of a `text_link`. */
  url?: string;
  /** Of a `text_mention`. */
  user?: User;
  /** Of a `pre`. */
  language?: string;
  /** Of a `custom_emoji`. */
  custom_emoji_id?: string;
}

export interface InlineKeyboardButton {
  text: string;
  /** 1 to 64 bytes of UTF-8. */
  callback_data?: string;
  url?: string;
  web_app?: { url: string };
  login_url?: { url: string };
  copy_text?: { text: string };
  switch_inline_query?: string;
  switch_inline_query_current_chat?: string;
  switch_inline_query_chosen_chat?: object;
  callback_game?: object;
  pay?: boolean;
  style?: string;
  icon_custom_emoji_id?: string;
}

export interface KeyboardButton {
  text: string;
  request_contact?: true;
  request_location?: true;
  request_poll?: object;
  request_users?: object;
  request_chat?: object;
  web_app?: { url: string };
  style?: string;
  icon_custom_emoji_id?: string;
}

/** Any of InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove and ForceReply. */
export interface ReplyMarkup {
  inline_keyboard?: InlineKeyboardButton[][];
  keyboard?: KeyboardButton[][];
  is_persistent?: true;
  resize_keyboard?: true;
  one_time_keyboard?: true;
  input_field_placeholder?: string;
  remove_keyboard?: true;
  force_reply?: true;
  selective?: true;
}

export interface TelegramFile {
  file_id: string;
  file_unique_id: string;
  file_size: number;
}

export interface Document extends TelegramFile {
  file_name?: string;
  mime_type?: string;
}

export interface PhotoSize extends TelegramFile {
  width: number;
  height: number;
}

export interface Voice extends TelegramFile {
  duration: number;
  mime_type: string;
}

export interface Sticker extends TelegramFile {
  type: 'regular';
  width: number;
  height: number;
  is_animated: boolean;
  is_video: boolean;
  emoji?: string;
}

export interface Contact {
  phone_number: string;
  first_name: string;
  last_name?: string;
  /** Set by Telegram's server where the contact is a Telegram account; equal to `from.id` only for one's own contact. */
  user_id?: number;
}

export interface LinkPreviewOptions {
  is_disabled?: boolean;
  url?: string;
  prefer_small_media?: boolean;
  prefer_large_media?: boolean;
  show_above_text?: boolean;
}

export interface MessageOrigin {
  type: 'user';
  date: number;
  sender_user: User;
}

/** A message as the bot sees it. */
export interface Message {
  message_id: number;
  from: User;
  chat: Chat;
  /** Unix time, seconds. */
  date: number;
  edit_date?: number;
  forward_origin?: MessageOrigin;
  forward_from?: User;
  forward_date?: number;
  reply_to_message?: Message;
  text?: string;
  entities?: MessageEntity[];
  link_preview_options?: LinkPreviewOptions;
  caption?: string;
  caption_entities?: MessageEntity[];
  document?: Document;
  /** The sizes of one photo, the smallest first. */
  photo?: PhotoSize[];
  voice?: Voice;
  sticker?: Sticker;
  contact?: Contact;
  has_protected_content?: true;
  /** To the bot Telegram gives back inline keyboards only. */
  reply_markup?: ReplyMarkup;
}

/** A message as the person sees it: with keyboards of every kind, and with the text as its sender wrote it. */
export interface ChatMessage extends Message {
  /**
   * The text or caption before Telegram parsed it: of a bot's message exactly what the bot sent, tags and escapes
   * included (empty where it sent none), of a person's message the text itself.
   */
  html: string;
}

export interface CallbackQuery {
  id: string;
  from: User;
  message: Message;
  chat_instance: string;
  data: string;
}

export interface ChatMemberUpdated {
  chat: Chat;
  from: User;
  date: number;
  old_chat_member: { user: User; status: string; until_date?: number };
  new_chat_member: { user: User; status: string; until_date?: number };
}

/** The kinds of update that the local Telegram makes, with what each carries. */
export interface UpdatePayloads {
  message: Message;
  edited_message: Message;
  callback_query: CallbackQuery;
  my_chat_member: ChatMemberUpdated;
}

export type UpdateType = keyof UpdatePayloads;

export interface BotCommand {
  command: string;
  description: string;
}
