import type { TelegrafModuleOptions } from 'nestjs-telegraf';
import type { Context, MiddlewareFn } from 'telegraf';
import type { Settings } from '../../config/settings';

/** Suppliers talk to the bot in private chats; in a group anybody would read the answers. */
const privateChatsOnly: MiddlewareFn<Context> = async (context, next) => {
  const type = context.chat?.type;
  if (type === undefined || type === 'private') await next();
};

/** Telegraf makes contexts and calls; receiving updates is our own (see PollingService). */
export function telegrafOptions(settings: Settings): TelegrafModuleOptions {
  // Telegraf resolves "./bot<token>/…" against the root, which would cut the last folder off a root with a path.
  const apiRoot = settings.telegramApiRoot.endsWith('/') ? settings.telegramApiRoot : `${settings.telegramApiRoot}/`;
  return {
    token: settings.telegramBotToken,
    launchOptions: false,
    options: { telegram: { apiRoot, webhookReply: false }, handlerTimeout: Infinity },
    middlewares: [privateChatsOnly],
  };
}
