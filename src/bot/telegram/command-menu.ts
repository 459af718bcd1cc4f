import { Injectable, Logger } from '@nestjs/common';
import { botCommands } from '../../replies';
import { refusalOf, TelegramApi } from './telegram-api';

/** The menu of commands beside the text field, in Russian for everybody and in English for English profiles. */
@Injectable()
export class CommandMenu {
  private readonly logger = new Logger(CommandMenu.name);

  constructor(private readonly api: TelegramApi) {}

  /** The menu is a convenience: a failure is logged and nothing else. */
  async publish(): Promise<void> {
    try {
      await this.api.call('setMyCommands', { commands: botCommands('ru') });
      await this.api.call('setMyCommands', { commands: botCommands('en'), language_code: 'en' });
    } catch (error) {
      this.logger.warn({ msg: 'the menu of commands was not published', reason: refusalOf(error)?.description });
    }
  }
}
