import type { Period } from '../classifier/understanding';
import { formatDate } from './dates';
import { message } from './messages';
import type { ReplyOptions } from './options';

/** Caption of the file of an act of reconciliation. Telegram HTML. */
export function renderReconciliationCaption({ from, to }: Period, options: ReplyOptions): string {
  const { language } = options;
  const first = formatDate(from, options);
  return from === to
    ? message(language, 'reconciliation.captionDay', { from: first })
    : message(language, 'reconciliation.caption', { from: first, to: formatDate(to, options) });
}
