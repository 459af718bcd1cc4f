import { buttonLabel } from '../../replies';
import type { Question } from '../dialogue/question';
import type { ButtonAction } from '../keyboards/callback-data';
import type { Button } from '../keyboards/inline-keyboards';

/** "Back" and "more" for the page that is shown, which they replace in its place; none for an only page. */
export function pageButtons(
  { asker: { language }, offset }: Question,
  action: ButtonAction,
  page: { size: number; shown: number; total: number },
): Button[][] {
  const row: Button[] = [];
  if (offset > 0) {
    const before = Math.max(0, offset - page.size);
    row.push({ label: buttonLabel('back', language), action: { ...action, offset: before, inPlace: true } });
  }
  const next = offset + page.shown;
  if (page.shown > 0 && next < page.total) {
    row.push({ label: buttonLabel('more', language), action: { ...action, offset: next, inPlace: true } });
  }
  return row.length > 0 ? [row] : [];
}
