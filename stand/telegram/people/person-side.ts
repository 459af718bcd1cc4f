import { type BotProfile } from '../chats/bot-profile';
import { type CallbackQueries } from '../chats/callback-queries';
import { type Conversation, type NewMessage, toBotView, unixTime } from '../chats/conversation';
import { type Conversations } from '../chats/conversations';
import { fileFields, type Files } from '../chats/files';
import { imageSize } from '../chats/image-size';
import { type ChatMessage, type Contact } from '../bot-api.types';
import { plainText } from '../text/formatted-text';
import { type UpdateQueue } from '../updates/update-queue';
import { PersonError } from './person-error';
import { splitText } from './split-text';

export interface PersonSideParts {
  conversations: Conversations;
  files: Files;
  updates: UpdateQueue;
  callbacks: CallbackQueries;
  profile: BotProfile;
}

/** Somebody's contact: of an account where it has an `id`. */
export interface ContactCard {
  id?: number;
  firstName: string;
  lastName?: string;
  phone: string;
}

export interface FileToSend {
  name: string;
  content: Buffer;
  mimeType?: string;
  caption?: string;
}

/** What people do in their Telegram applications; each deed becomes the update that the bot gets. */
export class PersonSide {
  constructor(readonly parts: PersonSideParts) {}

  /** @throws PersonError 404 for an account that there is not */
  conversation(id: number): Conversation {
    const conversation = this.parts.conversations.find(id);
    if (conversation === undefined) {
      throw new PersonError(404, `There is no account ${id}; start the local Telegram with it in "people"`);
    }
    return conversation;
  }

  /**
   * Sends a text; one of more than 4096 characters goes as several messages, as applications send it.
   *
   * @returns the (last) message
   * @throws PersonError 400 for an empty text
   */
  sendText(to: Conversation, text: string): ChatMessage {
    const parts = splitText(plainText(text).text).map((part) => {
      const { text: clean, entities } = plainText(part);
      return this.send(to, { text: clean, ...(entities.length > 0 && { entities }), html: clean });
    });
    const last = parts.at(-1);
    if (last === undefined) {
      throw new PersonError(400, 'The text is empty');
    }
    return last;
  }

  /** @param card without it the person's own contact, as the button of a keyboard shares it */
  sendContact(to: Conversation, card?: ContactCard): ChatMessage {
    const { person, keyboardMessage } = to;
    const { id, firstName, lastName, phone } = card ?? person;
    const account = id === undefined ? undefined : this.parts.conversations.find(id);
    if (account !== undefined) {
      account.mentioned = true;
    }
    const contact: Contact = {
      phone_number: phone,
      first_name: firstName,
      ...(lastName !== undefined && { last_name: lastName }),
      ...(id !== undefined && { user_id: id }),
    };
    const asked = card === undefined && keyboardMessage !== undefined;
    return this.send(to, {
      ...(asked && { reply_to_message: toBotView(keyboardMessage) }),
      contact,
      html: '',
    });
  }

  sendDocument(to: Conversation, { name, content, mimeType, caption }: FileToSend): ChatMessage {
    const file = this.parts.files.add('documents', name, content, mimeType);
    return this.send(to, {
      document: { file_name: file.name, mime_type: file.mimeType, ...fileFields(file) },
      ...captionFields(caption),
    });
  }

  /** @throws PersonError 400 for what is neither PNG nor JPEG */
  sendPhoto(to: Conversation, { name, content, caption }: FileToSend): ChatMessage {
    const size = imageSize(content);
    if (size === undefined) {
      throw new PersonError(400, 'A photo must be a PNG or a JPEG');
    }
    const file = this.parts.files.add('photos', name, content);
    return this.send(to, { photo: [{ ...fileFields(file), ...size }], ...captionFields(caption) });
  }

  sendVoice(to: Conversation, content: Buffer, seconds: number): ChatMessage {
    const file = this.parts.files.add('voice', 'voice.oga', content);
    return this.send(to, {
      voice: { duration: seconds, mime_type: 'audio/ogg', ...fileFields(file) },
      html: '',
    });
  }

  sendSticker(to: Conversation, content: Buffer, emoji: string): ChatMessage {
    const file = this.parts.files.add('stickers', 'sticker.webp', content);
    return this.send(to, {
      sticker: {
        width: 512,
        height: 512,
        emoji,
        is_animated: false,
        is_video: false,
        type: 'regular',
        ...fileFields(file),
      },
      html: '',
    });
  }

  /** Forwards a message of any chat to the bot. */
  forward(to: Conversation, message: ChatMessage): ChatMessage {
    const {
      message_id: _id,
      chat: _chat,
      edit_date: _edited,
      reply_to_message: _reply,
      reply_markup: _markup,
      ...content
    } = message;
    return this.send(to, {
      ...content,
      forward_origin: message.forward_origin ?? { type: 'user', date: message.date, sender_user: message.from },
      forward_from: message.forward_from ?? message.from,
      forward_date: message.forward_date ?? message.date,
    });
  }

  /**
   * Changes the text of the person's own message.
   * @throws PersonError 404 without such a message, 409 where it is not the person's or has no text, 400 for an empty text
   */
  edit(to: Conversation, messageId: number, text: string): ChatMessage {
    this.checkNotBlocked(to);
    const message = this.message(to, messageId);
    if (message.from.id !== to.user.id || message.text === undefined || message.forward_origin !== undefined) {
      throw new PersonError(409, `Message ${messageId} is not a text of the person's own`);
    }
    const { text: clean, entities } = plainText(text);
    if (clean === '') {
      throw new PersonError(400, 'The text is empty');
    }
    const { entities: _old, ...rest } = message;
    const edited: ChatMessage = {
      ...rest,
      edit_date: unixTime(),
      text: clean,
      ...(entities.length > 0 && { entities }),
      html: clean,
    };
    to.replace(edited);
    this.parts.updates.push('edited_message', toBotView(edited), `message:${to.chat.id}`);
    return edited;
  }

  /**
   * Presses an inline button.
   *
   * @returns the id of the callback query, which the answer names
   * @throws PersonError 404 without such a message or button, 409 for a blocked bot
   */
  press(to: Conversation, messageId: number, data: string): string {
    this.checkNotBlocked(to);
    const message = this.message(to, messageId);
    const buttons = message.reply_markup?.inline_keyboard?.flat() ?? [];
    if (!buttons.some((button) => button.callback_data === data)) {
      throw new PersonError(404, `Message ${messageId} has no button with the data "${data}"`);
    }
    const id = this.parts.callbacks.ask(to.chat.id);
    this.parts.updates.push(
      'callback_query',
      {
        id,
        from: to.user,
        message: toBotView(message),
        chat_instance: `-${to.chat.id}${String(this.parts.profile.user.id)}`,
        data,
      },
      `callback:${to.chat.id}`,
    );
    return id;
  }

  /** Stops the bot, as the application's menu does: it can write no more. */
  block(to: Conversation): void {
    this.setBlocked(to, true);
  }

  unblock(to: Conversation): void {
    this.setBlocked(to, false);
  }

  private setBlocked(to: Conversation, blocked: boolean): void {
    if (to.blocked === blocked) {
      return;
    }
    to.blocked = blocked;
    const bot = this.parts.profile.user;
    const member = { user: bot, status: 'member' };
    const kicked = { user: bot, status: 'kicked', until_date: 0 };
    this.parts.updates.push(
      'my_chat_member',
      {
        chat: to.chat,
        from: to.user,
        date: unixTime(),
        old_chat_member: blocked ? member : kicked,
        new_chat_member: blocked ? kicked : member,
      },
      `member:${to.chat.id}`,
    );
  }

  private send(to: Conversation, content: Omit<NewMessage, 'from'>): ChatMessage {
    this.checkNotBlocked(to);
    to.started = true;
    const { keyboardMessage } = to;
    const message = to.add({ ...content, from: to.user });
    if (keyboardMessage?.reply_markup?.one_time_keyboard) {
      to.keyboardMessage = undefined;
    }
    this.parts.updates.push('message', toBotView(message), `message:${to.chat.id}`);
    return message;
  }

  private message(of: Conversation, id: number): ChatMessage {
    const message = of.find(id);
    if (message === undefined) {
      throw new PersonError(404, `There is no message ${id} in chat ${of.chat.id}`);
    }
    return message;
  }

  private checkNotBlocked(conversation: Conversation): void {
    if (conversation.blocked) {
      throw new PersonError(409, `Account ${conversation.user.id} has blocked the bot; unblock it first`);
    }
  }
}

function captionFields(caption = ''): Pick<NewMessage, 'caption' | 'caption_entities' | 'html'> {
  const { text, entities } = plainText(caption);
  return {
    ...(text !== '' && { caption: text }),
    ...(entities.length > 0 && { caption_entities: entities }),
    html: text,
  };
}
