/** The Bot API's limits, as its documentation and its server (tdlib/telegram-bot-api) state them. */
export const LIMITS = {
  /** Characters (Unicode code points) of a text after its entities were parsed. */
  textCharacters: 4096,
  /** Characters (Unicode code points) of a caption after its entities were parsed. */
  captionCharacters: 1024,
  /** Bytes of a text before parsing. */
  textBytes: 32_768,
  /** Entities of one message; Telegram drops those above without a word. */
  entities: 100,
  callbackDataBytes: 64,
  inlineButtons: 100,
  replyButtons: 300,
  callbackAnswerCharacters: 200,
  copyTextCharacters: 256,
  commands: 100,
  commandCharacters: 32,
  commandDescriptionCharacters: 256,
  descriptionCharacters: 512,
  shortDescriptionCharacters: 120,
  /** Bytes that a bot may upload. */
  uploadBytes: 50 * 1024 * 1024,
  /** Bytes of a photo that a bot may upload. */
  photoBytes: 10 * 1024 * 1024,
  /** Bytes that a bot may download. */
  downloadBytes: 20 * 1024 * 1024,
  /** Updates that wait for the bot; Telegram drops those above. */
  pendingUpdates: 100_000,
  /** Updates of one getUpdates. */
  updatesBatch: 100,
  /** Seconds of one long poll. */
  longPollSeconds: 50,
  webhookConnections: 100,
  webhookSecretCharacters: 256,
} as const;

/** Counts as Telegram does: Unicode code points. A string never has more of them than UTF-16 units. */
export function isLongerThan(text: string, characters: number): boolean {
  if (text.length <= characters) {
    return false;
  }
  let count = 0;
  for (const _ of text) {
    count += 1;
  }
  return count > characters;
}
