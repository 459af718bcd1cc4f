import { Injectable, Logger } from '@nestjs/common';
import { TelegramMetrics } from '../../metrics/telegram.metrics';

/** Chats that are remembered; the longest unreachable are forgotten first. */
const REMEMBERED = 10_000;

/** Which chats cannot be written to, since the person stopped the bot (Bot API, 403), until they write again. */
@Injectable()
export class ChatReachability {
  private readonly logger = new Logger(ChatReachability.name);
  private readonly unreachable = new Set<number>();

  constructor(metrics: TelegramMetrics) {
    metrics.watchUnreachableChats(() => this.unreachable.size);
  }

  isReachable(chatId: number): boolean {
    return !this.unreachable.has(chatId);
  }

  markUnreachable(chatId: number): void {
    if (this.unreachable.has(chatId)) return;
    this.unreachable.add(chatId);
    for (const oldest of this.unreachable) {
      if (this.unreachable.size <= REMEMBERED) break;
      this.unreachable.delete(oldest);
    }
    this.logger.log({ event: 'chat_unreachable', chatId, msg: 'the person has stopped the bot' });
  }

  heardFrom(chatId: number): void {
    this.unreachable.delete(chatId);
  }
}
