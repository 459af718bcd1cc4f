import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { TelegrafModule } from 'nestjs-telegraf';
import { CacheModule } from '../cache/cache.module';
import { Settings } from '../config/settings';
import { ReceptionState } from '../health/reception-state';
import { MetricsModule } from '../metrics/metrics.module';
import { OneCModule } from '../onec/onec.module';
import { QueueModule } from '../queue/queue.module';
import { SuppliersModule } from '../suppliers/suppliers.module';
import { UnderstandingModule } from '../understanding/understanding.module';
import { AnswersService } from './answers/answers.service';
import { ArticleFactsAnswer } from './answers/article-facts.answer';
import { Contact } from './answers/contact';
import { FailureAnswer } from './answers/failure.answer';
import { HelpAnswer } from './answers/help.answer';
import { NearestArticles } from './answers/nearest-articles';
import { OrdersAnswer } from './answers/orders.answer';
import { PaymentsAnswer } from './answers/payments.answer';
import { ProductByName } from './answers/product-by-name';
import { ProductSearch } from './answers/product-search';
import { ProductsAnswer } from './answers/products.answer';
import { ReconciliationAnswer } from './answers/reconciliation.answer';
import { SupportedOperations } from './answers/supported-operations';
import { BotLifecycle } from './bot-lifecycle';
import { AnswerDelivery } from './dialogue/answer-delivery';
import { ChatMemory } from './dialogue/chat-memory';
import { ChatRateLimit } from './dialogue/chat-rate-limit';
import { DialogueService } from './dialogue/dialogue.service';
import { TypingIndicator } from './dialogue/typing-indicator';
import { ButtonsUpdate } from './handlers/buttons.update';
import { CommandsUpdate } from './handlers/commands.update';
import { MessagesUpdate } from './handlers/messages.update';
import { InlineKeyboards } from './keyboards/inline-keyboards';
import { DirectPath } from './reception/direct-path';
import { InboxWorker } from './reception/inbox-worker';
import { UpdateHandler } from './reception/update-handler';
import { Intake } from './reception/intake';
import { PollingService } from './reception/polling.service';
import { Reception } from './reception/reception.service';
import { WebhookMiddleware } from './reception/webhook.middleware';
import { WebhookService } from './reception/webhook.service';
import { UpdateScope } from './reception/update-scope';
import { UpdateTurns } from './reception/update-turns';
import { BotIdentity } from './telegram/bot-identity';
import { ChatReachability } from './telegram/chat-reachability';
import { PromiseWorker } from './promises/promise-worker';
import { PromisesService } from './promises/promises.service';
import { CommandMenu } from './telegram/command-menu';
import { OutboxWorker } from './telegram/outbox-worker';
import { telegrafOptions } from './telegram/telegraf.options';
import { TelegramApi } from './telegram/telegram-api';
import { TelegramSigns } from './telegram/telegram-signs';

const telegram = [TelegramApi, BotIdentity, TelegramSigns, OutboxWorker, ChatReachability, CommandMenu];
const reception = [
  UpdateScope,
  Intake,
  UpdateHandler,
  UpdateTurns,
  DirectPath,
  InboxWorker,
  PollingService,
  WebhookService,
  Reception,
  { provide: ReceptionState, useExisting: Reception },
];
/** In the order in which an update is offered to them. */
const handlers = [CommandsUpdate, ButtonsUpdate, MessagesUpdate];
const dialogue = [DialogueService, AnswerDelivery, ChatMemory, ChatRateLimit, InlineKeyboards, TypingIndicator];
const promises = [PromisesService, PromiseWorker];
const answers = [
  AnswersService,
  ArticleFactsAnswer,
  Contact,
  FailureAnswer,
  HelpAnswer,
  NearestArticles,
  OrdersAnswer,
  PaymentsAnswer,
  ProductByName,
  ProductSearch,
  ProductsAnswer,
  ReconciliationAnswer,
  SupportedOperations,
];

/** Telegram in, Telegram out. */
@Module({
  imports: [
    TelegrafModule.forRootAsync({ inject: [Settings], useFactory: telegrafOptions }),
    CacheModule,
    MetricsModule,
    OneCModule,
    QueueModule,
    SuppliersModule,
    UnderstandingModule,
  ],
  providers: [...telegram, ...reception, ...handlers, ...dialogue, ...promises, ...answers, BotLifecycle],
  exports: [ReceptionState],
})
export class BotModule implements NestModule {
  constructor(private readonly settings: Settings) {}

  configure(consumer: MiddlewareConsumer): void {
    const { telegramMode, telegramWebhookUrl } = this.settings;
    if (telegramMode !== 'webhook' || !telegramWebhookUrl) return;
    consumer
      .apply(WebhookMiddleware)
      .forRoutes({ path: new URL(telegramWebhookUrl).pathname, method: RequestMethod.ALL });
  }
}
