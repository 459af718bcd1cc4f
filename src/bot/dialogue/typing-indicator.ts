import { Injectable } from '@nestjs/common';
import { TelegramSigns } from '../telegram/telegram-signs';

/** Telegram shows "typing" for five seconds (Bot API, `sendChatAction`). */
const REPEAT_MS = 4500;

/** Shows a person that their question is being worked on, while 1C is asked. */
@Injectable()
export class TypingIndicator {
  constructor(private readonly signs: TelegramSigns) {}

  /** @returns a switch: `start` may be called any number of times, `stop` ends it */
  for(chatId: number): { start: () => void; stop: () => void } {
    let timer: NodeJS.Timeout | undefined;
    let stopped = false;
    const show = (): void => {
      if (!stopped) void this.signs.typing(chatId);
    };
    return {
      start: () => {
        if (timer || stopped) return;
        // The question goes to 1C first.
        setImmediate(show);
        timer = setInterval(show, REPEAT_MS).unref();
      },
      stop: () => {
        stopped = true;
        clearInterval(timer);
      },
    };
  }
}
