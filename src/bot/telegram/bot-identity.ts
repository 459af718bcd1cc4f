import { Injectable } from '@nestjs/common';
import { InjectBot } from 'nestjs-telegraf';
import { Telegraf } from 'telegraf';
import { TelegramApi } from './telegram-api';

/** Who the bot is (Bot API, `getMe`). Telegraf would ask once, for up to 500 s, and remember a failure for ever. */
@Injectable()
export class BotIdentity {
  private asking: Promise<void> | null = null;

  constructor(
    @InjectBot() private readonly bot: Telegraf,
    private readonly api: TelegramApi,
  ) {}

  /** Resolves when Telegraf knows it; rejects where Telegram does not say. */
  async ensure(): Promise<void> {
    if (this.bot.botInfo) return;
    this.asking ??= this.ask().finally(() => (this.asking = null));
    await this.asking;
  }

  private async ask(): Promise<void> {
    this.bot.botInfo = await this.api.call('getMe', {});
  }
}
