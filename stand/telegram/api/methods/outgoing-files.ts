import { badRequest } from '../../bot-api-error';
import { type Document, type PhotoSize } from '../../bot-api.types';
import { fileFields, type FileKind, type Files, type StoredFile } from '../../chats/files';
import { imageSize, type ImageSize } from '../../chats/image-size';
import { LIMITS } from '../../limits';
import { type RequestParams, type UploadedFile } from '../request-params';

const TITLES: Readonly<Record<FileKind, string>> = {
  documents: 'Document',
  photos: 'Photo',
  voice: 'VoiceNote',
  stickers: 'Sticker',
};

/**
 * Reads the document of sendDocument: uploaded, or known by its `file_id`. A link is refused as one that cannot be
 * loaded: the local Telegram fetches nothing.
 *
 * @returns what stores the upload, to be called when the rest of the call is known to be good
 * @throws BotApiError 400 without a document, for an empty one and for an unknown `file_id`
 */
export function documentOf(params: RequestParams, files: Files): () => Document {
  const source = sourceOf(params, 'document', 'documents', files);
  return () => {
    const file =
      'content' in source && !('file_id' in source)
        ? files.add('documents', source.name, source.content, source.mimeType)
        : source;
    return { file_name: file.name, mime_type: file.mimeType, ...fileFields(file) };
  };
}

/**
 * Reads the photo of sendPhoto, as `documentOf` does.
 * @throws BotApiError 400 as well for what is neither PNG nor JPEG, and for a photo that is too large or too narrow
 */
export function photoOf(params: RequestParams, files: Files): () => PhotoSize[] {
  const source = sourceOf(params, 'photo', 'photos', files);
  const size = photoSize(source.content);
  return () => {
    const file = 'file_id' in source ? source : files.add('photos', source.name, source.content);
    return [{ ...fileFields(file), ...size }];
  };
}

function sourceOf(params: RequestParams, name: string, kind: FileKind, files: Files): UploadedFile | StoredFile {
  const upload = params.file(name);
  if (upload !== undefined) {
    if (upload.content.length === 0) {
      throw badRequest('file must be non-empty');
    }
    return upload;
  }
  const reference = params.text(name);
  if (reference === '') {
    throw badRequest(`there is no ${name} in the request`);
  }
  if (/^https?:\/\//i.test(reference)) {
    throw badRequest('failed to get HTTP URL content');
  }
  const known = files.find(reference);
  if (known === undefined) {
    throw badRequest('wrong file identifier/HTTP URL specified');
  }
  if (known.kind !== kind) {
    throw badRequest(`can't use file of type ${TITLES[known.kind]} as ${TITLES[kind]}`);
  }
  return known;
}

function photoSize(content: Buffer): ImageSize {
  if (content.length > LIMITS.photoBytes) {
    throw badRequest(
      `file of size ${content.length} bytes is too big for a photo; the maximum size is ${LIMITS.photoBytes} bytes`,
    );
  }
  const size = imageSize(content);
  if (size === undefined) {
    throw badRequest('IMAGE_PROCESS_FAILED');
  }
  const { width, height } = size;
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
  return size;
}
