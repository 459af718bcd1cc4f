import type { Intent, Understanding } from '../../classifier/understanding';
import { ALL_ORDERS } from '../answers/orders.answer';
import { intentsOf } from '../answers/topics';
import type { AnswerTopic, ButtonAction } from '../keyboards/callback-data';

/** The action of a button that is answered with a message. */
export type AnswerAction = ButtonAction & { topic: AnswerTopic };

export function isAnswerAction(action: ButtonAction): action is AnswerAction {
  return action.topic !== 'cancel';
}

/** Whether a question is worth an answer hours later: a greeting is not, nor what was not understood. */
export function isWorthKeeping({ sure, intents }: Understanding): boolean {
  return sure && intents.some((intent) => intent !== 'help' && intent !== 'other');
}

/** An understanding that needed no classifier: a button, a command or an entry of the menu says what is asked. */
export function understood(intents: Intent[], slots: Partial<Understanding> = {}): Understanding {
  return {
    intents,
    sure: true,
    candidates: intents,
    articles: [],
    order: null,
    product: null,
    period: null,
    ...slots,
  };
}

/** What a pressed button asks for. */
export function understandingOf({ topic, words, named }: AnswerAction): Understanding {
  const [first = null] = words;
  switch (topic) {
    case 'order':
    case 'payments':
      return understood(intentsOf(topic), { order: first });
    case 'search':
      return understood(intentsOf(topic), { product: first });
    case 'orders':
      return understood(intentsOf(topic));
    default:
      return understood(intentsOf(topic), named ? { product: first } : { articles: words });
  }
}

export function asksForAllOrders({ topic, words }: AnswerAction): boolean {
  return topic === 'orders' && words[0] === ALL_ORDERS;
}
