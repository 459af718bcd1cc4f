import { STOCK_RULES } from './stock.rules';
import { PHRASE_RULES } from './phrases.rules';
import { PRICE_RULES } from './price.rules';
import { ORDER_RULES } from './order.rules';
import { PRODUCT_RULES } from './product.rules';
import { PAYMENT_RULES } from './payment.rules';
import { RECONCILIATION_RULES } from './reconciliation.rules';
import { MANAGER_RULES } from './manager.rules';
import { HELP_RULES } from './help.rules';
import { OTHER_RULES } from './other.rules';
import { type Rule, type RuleTable } from './rule';
import { type Intent } from '../understanding';

const TABLES: Record<Intent, RuleTable> = {
  stock: STOCK_RULES,
  price: PRICE_RULES,
  order: ORDER_RULES,
  product: PRODUCT_RULES,
  payment: PAYMENT_RULES,
  reconciliation: RECONCILIATION_RULES,
  manager: MANAGER_RULES,
  help: HELP_RULES,
  other: [...OTHER_RULES, ...PHRASE_RULES],
};

/** Every line of every table. */
export const RULES: readonly Rule[] = Object.entries(TABLES).flatMap(([intent, lines]) =>
  lines.map(([pattern, weight]) => ({ intent: intent as Intent, pattern, weight })),
);

/** The tables themselves, for tests that hold every line to its example. */
export const RULE_TABLES: Readonly<Record<Intent, RuleTable>> = TABLES;
