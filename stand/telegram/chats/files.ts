import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { lookup } from 'mime-types';
import { type TelegramFile } from '../bot-api.types';

export type FileKind = 'documents' | 'photos' | 'voice' | 'stickers';

/** What stands at the beginning of Telegram's own file ids, by kind. */
const ID_PREFIX: Readonly<Record<FileKind, string>> = {
  documents: 'BQACAgIAAxkB',
  photos: 'AgACAgIAAxkB',
  voice: 'AwACAgIAAxkB',
  stickers: 'CAACAgIAAxkB',
};

export interface StoredFile extends TelegramFile {
  kind: FileKind;
  name: string;
  mimeType: string;
  content: Buffer;
  /** As getFile tells it. */
  path: string;
}

/** The files of all chats, in memory, the oldest forgotten first. */
export class Files {
  private readonly byId = new Map<string, StoredFile>();
  private readonly byPath = new Map<string, StoredFile>();
  private count = 0;

  constructor(private readonly limit: number) {}

  /** @param declaredType the type that the sender named; the name's own goes before it, as at Telegram */
  add(kind: FileKind, name: string, content: Buffer, declaredType = ''): StoredFile {
    const extension = path.extname(name);
    const file: StoredFile = {
      file_id: ID_PREFIX[kind] + randomBytes(24).toString('base64url'),
      file_unique_id: `AgAD${randomBytes(8).toString('base64url')}`,
      file_size: content.length,
      kind,
      name,
      mimeType: lookup(name) || declaredType || 'application/octet-stream',
      content,
      path: `${kind}/file_${this.count}${/^\.\w{1,10}$/.test(extension) ? extension : ''}`,
    };
    this.count += 1;
    this.byId.set(file.file_id, file);
    this.byPath.set(file.path, file);
    this.forgetOldest();
    return file;
  }

  find(fileId: string): StoredFile | undefined {
    return this.byId.get(fileId);
  }

  findByPath(filePath: string): StoredFile | undefined {
    return this.byPath.get(filePath);
  }

  private forgetOldest(): void {
    if (this.byId.size <= this.limit) {
      return;
    }
    for (const oldest of this.byId.values()) {
      this.byId.delete(oldest.file_id);
      this.byPath.delete(oldest.path);
      return;
    }
  }
}

/** The three fields that every kind of file has in the Bot API. */
export const fileFields = ({ file_id, file_unique_id, file_size }: StoredFile): TelegramFile => ({
  file_id,
  file_unique_id,
  file_size,
});
