import { badRequest } from '../../bot-api-error';
import {
  type ChatMessage,
  type LinkPreviewOptions,
  type Message,
  type MessageEntity,
  type ReplyMarkup,
  type User,
} from '../../bot-api.types';
import { type Conversation, type NewMessage, toBotView, unixTime } from '../../chats/conversation';
import { type Conversations } from '../../chats/conversations';
import { type Files } from '../../chats/files';
import { formatCaption, formatMessageText, type TextSource } from '../../text/formatted-text';
import { type Methods } from '../method';
import { type RateLimiter } from '../rate-limiter';
import { readInlineKeyboard, readReplyMarkup } from '../reply-markup';
import { type RequestParams } from '../request-params';
import { documentOf, photoOf } from './outgoing-files';

const ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'record_audio',
  'upload_voice',
  'upload_audio',
  'upload_document',
  'choose_sticker',
  'find_location',
  'pick_up_location',
  'record_video_note',
  'upload_video_note',
  'cancel',
];

export interface MessageMethodParts {
  conversations: Conversations;
  files: Files;
  bot: User;
  /** Without it Telegram's limits of sending are not kept. */
  rateLimiter?: RateLimiter;
}

/** Sending, changing and deleting messages: https://core.telegram.org/bots/api#available-methods */
export function messageMethods({ conversations, files, bot, rateLimiter }: MessageMethodParts): Methods {
  const findUser = (id: number): User | undefined => conversations.findUser(id);

  const writable = (params: RequestParams): Conversation => {
    const to = conversations.openToWrite(params.text('chat_id'));
    rateLimiter?.count(to.chat.id);
    return to;
  };

  const deliver = (
    to: Conversation,
    params: RequestParams,
    content: Omit<NewMessage, 'from'>,
    markup: ReplyMarkup | undefined,
  ): Message => {
    const replyTo = repliedMessage(to, params);
    const message = to.add({
      from: bot,
      ...(replyTo !== undefined && { reply_to_message: toBotView(replyTo) }),
      ...content,
      ...(params.flag('protect_content') && { has_protected_content: true }),
      ...(markup !== undefined && { reply_markup: markup }),
    });
    return toBotView(message);
  };

  const caption = (params: RequestParams): Pick<NewMessage, 'caption' | 'caption_entities' | 'html'> => {
    const { text, entities } = formatCaption(source(params, 'caption', 'caption_entities'), findUser);
    return {
      ...(text !== '' && { caption: text }),
      ...(entities.length > 0 && { caption_entities: entities }),
      html: params.text('caption'),
    };
  };

  const messageText = (
    params: RequestParams,
  ): Pick<ChatMessage, 'text' | 'entities' | 'link_preview_options' | 'html'> => {
    const { text, entities } = formatMessageText(source(params, 'text', 'entities'), findUser);
    const preview = linkPreview(params);
    return {
      text,
      ...(entities.length > 0 && { entities }),
      ...(preview !== undefined && { link_preview_options: preview }),
      html: params.text('text'),
    };
  };

  /** Finds the bot's own message that a call wants to change. */
  const editable = (params: RequestParams): { conversation: Conversation; message: ChatMessage } => {
    const conversation = conversations.open(params.text('chat_id'));
    const message = conversation.find(params.integer('message_id'));
    if (message === undefined) {
      throw badRequest('message to edit not found');
    }
    const { reply_markup: markup } = message;
    if (message.from.id !== bot.id || (markup !== undefined && markup.inline_keyboard === undefined)) {
      throw badRequest("message can't be edited");
    }
    return { conversation, message };
  };

  const change = (conversation: Conversation, before: ChatMessage, after: ChatMessage): Message => {
    if (contentOf(before) === contentOf(after)) {
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
          'content and reply markup of the message',
      );
    }
    rateLimiter?.count(conversation.chat.id);
    const edited = { ...after, edit_date: unixTime() };
    conversation.replace(edited);
    return toBotView(edited);
  };

  return {
    sendMessage(params) {
      const content = messageText(params);
      const markup = readReplyMarkup(params);
      return deliver(writable(params), params, content, markup);
    },
    sendDocument(params) {
      const text = caption(params);
      const document = documentOf(params, files);
      const markup = readReplyMarkup(params);
      return deliver(writable(params), params, { document: document(), ...text }, markup);
    },
    sendPhoto(params) {
      const text = caption(params);
      const photo = photoOf(params, files);
      const markup = readReplyMarkup(params);
      return deliver(writable(params), params, { photo: photo(), ...text }, markup);
    },
    editMessageText(params) {
      const content = messageText(params);
      const markup = readInlineKeyboard(params);
      const { conversation, message } = editable(params);
      if (message.text === undefined) {
        throw badRequest('there is no text in the message to edit');
      }
      const { entities: _entities, reply_markup: _markup, link_preview_options: _preview, ...rest } = message;
      return change(conversation, message, { ...rest, ...content, ...(markup && { reply_markup: markup }) });
    },
    editMessageCaption(params) {
      const content = caption(params);
      const markup = readInlineKeyboard(params);
      const { conversation, message } = editable(params);
      if (message.text !== undefined) {
        throw badRequest('there is no caption in the message to edit');
      }
      const { caption: _caption, caption_entities: _entities, reply_markup: _markup, ...rest } = message;
      return change(conversation, message, { ...rest, ...content, ...(markup && { reply_markup: markup }) });
    },
    editMessageReplyMarkup(params) {
      const markup = readInlineKeyboard(params);
      const { conversation, message } = editable(params);
      const { reply_markup: _markup, ...rest } = message;
      return change(conversation, message, { ...rest, ...(markup && { reply_markup: markup }) });
    },
    deleteMessage(params) {
      const conversation = conversations.open(params.text('chat_id'));
      const id = params.integer('message_id');
      if (id === 0) {
        throw badRequest('message identifier is not specified');
      }
      if (conversation.find(id) === undefined) {
        throw badRequest('message to delete not found');
      }
      conversation.delete(id);
      return true;
    },
    deleteMessages(params) {
      const conversation = conversations.open(params.text('chat_id'));
      const ids = params.json('message_ids', 'message identifiers');
      if (!Array.isArray(ids)) {
        throw badRequest('expected an Array of message identifiers');
      }
      if (ids.length > 100) {
        throw badRequest('too many message identifiers specified');
      }
      // Those that are not there are passed over.
      for (const id of ids) {
        conversation.delete(Number(id));
      }
      return true;
    },
    sendChatAction(params) {
      const action = params.text('action').toLowerCase();
      if (!ACTIONS.includes(action)) {
        throw badRequest('wrong parameter action in request');
      }
      conversations.openToWrite(params.text('chat_id')).act(action);
      return true;
    },
  };
}

function source(params: RequestParams, text: string, entities: string): TextSource {
  const own = params.json(entities, 'entities');
  return {
    text: params.text(text),
    parseMode: params.text('parse_mode'),
    entities: Array.isArray(own) ? own.filter(isEntity) : [],
  };
}

function isEntity(value: unknown): value is MessageEntity {
  const { type, offset, length } = (value ?? {}) as Partial<Record<keyof MessageEntity, unknown>>;
  return typeof type === 'string' && Number.isInteger(offset) && Number.isInteger(length);
}

function linkPreview(params: RequestParams): LinkPreviewOptions | undefined {
  const options = params.json('link_preview_options', 'link preview options');
  if (typeof options === 'object' && options !== null) {
    return options;
  }
  return params.flag('disable_web_page_preview') ? { is_disabled: true } : undefined;
}

function repliedMessage(chat: Conversation, params: RequestParams): ChatMessage | undefined {
  const given = params.json('reply_parameters', 'reply parameters') as
    { message_id?: unknown; allow_sending_without_reply?: unknown } | undefined;
  const id = given === undefined ? params.integer('reply_to_message_id') : Number(given.message_id);
  if (!id) {
    return undefined;
  }
  const message = chat.find(id);
  const optional = given?.allow_sending_without_reply === true || params.flag('allow_sending_without_reply');
  if (message === undefined && !optional) {
    throw badRequest('message to be replied not found');
  }
  return message;
}

/** What makes two states of a message the same for Telegram. */
const contentOf = ({
  text,
  entities,
  caption,
  caption_entities: captionEntities,
  reply_markup: markup,
}: ChatMessage): string => JSON.stringify([text, entities, caption, captionEntities, markup]);
