import type { Intent, Language } from '../classifier/understanding';
import type { Operation } from '../onec/contract';
import { plainText } from './html';
import { message } from './messages';
import type { ReplyOptions } from './options';

/** The menu under the input field, in its order. */
export const MENU_BUTTONS = [
  'menuStock',
  'menuPrices',
  'menuOrders',
  'menuPayments',
  'menuProducts',
  'menuReconciliation',
  'menuManager',
  'menuHelp',
] as const;
export type MenuButton = (typeof MENU_BUTTONS)[number];

/** Buttons under answers. */
export const ANSWER_BUTTONS = [
  'stock',
  'price',
  'order',
  'product',
  'payment',
  'reconciliation',
  'manager',
  'help',
  'refresh',
  'more',
  'back',
  'details',
  'orders',
  'openOrders',
  'allOrders',
  'payments',
  'repeat',
  'cancel',
] as const;
export type AnswerButton = (typeof ANSWER_BUTTONS)[number];

export type Button = MenuButton | AnswerButton;

/** Commands of the bot (Bot API, setMyCommands), in the order of its menu. */
export const COMMANDS = ['start', 'help', 'stock', 'price', 'orders', 'payments', 'products', 'manager'] as const;
export type Command = (typeof COMMANDS)[number];

/** What an accounting system must serve for a button of the menu or a command to be of use. */
const NEEDS: Partial<Record<MenuButton | Command, Operation>> = {
  menuStock: 'stock',
  menuPrices: 'prices',
  menuOrders: 'orders',
  menuPayments: 'payments',
  menuProducts: 'products',
  menuReconciliation: 'reconciliation',
  stock: 'stock',
  price: 'prices',
  orders: 'orders',
  payments: 'payments',
  products: 'products',
};

const usable = (name: MenuButton | Command, operations: ReadonlySet<Operation> | undefined): boolean => {
  const operation = NEEDS[name];
  return !operation || !operations || operations.has(operation);
};

/** The label of a button: plain text, as Telegram wants it. */
export const buttonLabel = (button: Button, language: Language): string =>
  plainText(message(language, `button.${button}`));

/** The label of the button that stands for an intent when the bot asks back; `other` has none. */
export const intentLabel = (intent: Exclude<Intent, 'other'>, language: Language): string =>
  buttonLabel(intent, language);

/**
 * The buttons of the menu that are of use.
 * @param operations what the accounting system serves; unset: everything
 */
export function menuButtons(
  language: Language,
  operations?: ReadonlySet<Operation>,
): { button: MenuButton; label: string }[] {
  return MENU_BUTTONS.filter((button) => usable(button, operations)).map((button) => ({
    button,
    label: buttonLabel(button, language),
  }));
}

const BY_LABEL = new Map<string, MenuButton>(
  (['ru', 'en'] as const).flatMap((language) =>
    MENU_BUTTONS.map((button) => [buttonLabel(button, language).toLowerCase(), button] as const),
  ),
);

/** The button of the menu whose label a message is, in either language: a press arrives as ordinary text. */
export const menuButtonOf = (text: string): MenuButton | null => BY_LABEL.get(text.trim().toLowerCase()) ?? null;

/**
 * Commands with their descriptions (Bot API, setMyCommands), plain text.
 * @param operations what the accounting system serves; unset: everything
 */
export function botCommands(
  language: Language,
  operations?: ReadonlySet<Operation>,
): { command: Command; description: string }[] {
  return COMMANDS.filter((command) => usable(command, operations)).map((command) => ({
    command,
    description: plainText(message(language, `command.${command}`)),
  }));
}

/** What a press on a button says that the bot no longer knows: plain text (Bot API, answerCallbackQuery). */
export const renderStaleButton = ({ language }: ReplyOptions): string => plainText(message(language, 'staleButton'));
