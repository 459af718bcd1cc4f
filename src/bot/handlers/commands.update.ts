import { Command, Ctx, Help, Start, Update } from 'nestjs-telegraf';
import { Context } from 'telegraf';
import { ClassifierService } from '../../classifier/classifier.service';
import type { Intent } from '../../classifier/understanding';
import { DialogueService } from '../dialogue/dialogue.service';
import { understood } from '../dialogue/wish';
import { askerOf } from './asker';
import { textOf } from './message-text';

/** Commands; what is written after one is what it is about: `/stock BP-4500/2`, `/orders 123`. */
@Update()
export class CommandsUpdate {
  constructor(
    private readonly dialogue: DialogueService,
    private readonly classifier: ClassifierService,
  ) {}

  @Start()
  async start(@Ctx() context: Context): Promise<void> {
    const asker = askerOf(context);
    if (asker) await this.dialogue.start(asker);
  }

  @Help()
  help(@Ctx() context: Context): Promise<void> {
    return this.choose(context, 'help');
  }

  @Command('stock')
  stock(@Ctx() context: Context): Promise<void> {
    return this.choose(context, 'stock');
  }

  @Command('price')
  price(@Ctx() context: Context): Promise<void> {
    return this.choose(context, 'price');
  }

  @Command('products')
  products(@Ctx() context: Context): Promise<void> {
    return this.choose(context, 'product');
  }

  @Command('orders')
  orders(@Ctx() context: Context): Promise<void> {
    return this.choose(context, 'order');
  }

  @Command('payments')
  payments(@Ctx() context: Context): Promise<void> {
    return this.choose(context, 'payment');
  }

  @Command('manager')
  manager(@Ctx() context: Context): Promise<void> {
    return this.choose(context, 'manager');
  }

  private async choose(context: Context, intent: Intent): Promise<void> {
    const asker = askerOf(context);
    if (!asker) return;
    const subject = textOf(context)
      .replace(/^\/\S+\s*/, '')
      .trim();
    await this.dialogue.choose(asker, understood([intent], subject ? this.slots(intent, subject) : {}));
  }

  private slots(intent: Intent, subject: string) {
    if (intent === 'order' || intent === 'payment') return { order: subject };
    const { articles } = this.classifier.understand(subject);
    return articles.length > 0 ? { articles } : { product: subject };
  }
}
