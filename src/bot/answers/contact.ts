import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings';
import type { ManagerContact } from '../../replies';
import { ChatMemory } from '../dialogue/chat-memory';

/** Whom a chat can turn to: the manager whom the accounting system named, else `MANAGER_CONTACT`. */
@Injectable()
export class Contact {
  constructor(
    private readonly settings: Settings,
    private readonly memory: ChatMemory,
  ) {}

  of(chatId: number): ManagerContact {
    return { manager: this.memory.manager(chatId), managerContact: this.settings.managerContact };
  }
}
