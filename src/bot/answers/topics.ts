import type { Intent } from '../../classifier/understanding';
import type { AnswerTopic } from '../keyboards/callback-data';

const TOPIC_OF: Partial<Record<Intent, AnswerTopic>> = {
  stock: 'stock',
  price: 'price',
  order: 'orders',
  product: 'product',
  payment: 'payments',
  reconciliation: 'reconciliation',
  manager: 'manager',
  help: 'help',
};

const INTENTS_OF: Record<AnswerTopic, Intent[]> = {
  stock: ['stock'],
  price: ['price'],
  stock_and_price: ['stock', 'price'],
  product: ['product'],
  search: ['product'],
  order: ['order'],
  orders: ['order'],
  payments: ['payment'],
  reconciliation: ['reconciliation'],
  manager: ['manager'],
  help: ['help'],
};

/** What is answered to a set of intents, in their order: stock and price of the same articles are one answer. */
export function topicsOf(intents: readonly Intent[]): AnswerTopic[] {
  const both = intents.includes('stock') && intents.includes('price');
  const topics = intents.flatMap((intent) => {
    const topic = TOPIC_OF[intent];
    if (!topic) return [];
    return both && (topic === 'stock' || topic === 'price') ? ['stock_and_price' as const] : [topic];
  });
  return [...new Set(topics)];
}

export function intentsOf(topic: AnswerTopic): Intent[] {
  return INTENTS_OF[topic];
}
