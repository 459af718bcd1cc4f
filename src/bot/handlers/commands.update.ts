import { Command, Ctx, Update } from 'nestjs-telegraf';
import { Context } from 'telegraf';
import type { Intent } from '../../classifier/understanding';
import { UnderstandingService } from '../../understanding/understanding.service';
import { DialogueService } from '../dialogue/dialogue.service';
import { understood } from '../dialogue/wish';
import { askerOf } from './asker';
import { textOf } from './message-text';

const INTENT_OF_COMMAND: Partial<Record<string, Intent>> = {
  help: 'help',
  stock: 'stock',
  price: 'price',
  products: 'product',
  orders: 'order',
  payments: 'payment',
  manager: 'manager',
};

/** Telegraf tells which command it was, without its slash. */
type CommandContext = Context & { command: string };

/** Commands; what is written after one is what it is about: `/stock BP-4500/2`, `/orders 123`. */
@Update()
export class CommandsUpdate {
  constructor(
    private readonly dialogue: DialogueService,
    private readonly understanding: UnderstandingService,
  ) {}

  // One handler for all of them: Telegraf offers every message to each handler before the one that takes it.
  @Command(['start', ...Object.keys(INTENT_OF_COMMAND)])
  async command(@Ctx() context: CommandContext): Promise<void> {
    const asker = askerOf(context);
    if (!asker) return;
    const intent = INTENT_OF_COMMAND[context.command];
    if (!intent) return this.dialogue.start(asker);
    const subject = textOf(context)
      .replace(/^\/\S+\s*/, '')
      .trim();
    await this.dialogue.choose(asker, understood([intent], subject ? this.slots(intent, subject) : {}));
  }

  private slots(intent: Intent, subject: string) {
    if (intent === 'order' || intent === 'payment') return { order: subject };
    return this.understanding.subjectOf(subject);
  }
}
