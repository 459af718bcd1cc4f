import type { Language } from '../classifier/understanding';

/** How an answer is written. */
export interface ReplyOptions {
  language: Language;
  /** Milliseconds since the epoch that count as now; default: the clock. */
  now?: number;
  /** IANA name such as `Europe/Moscow`; default: the zone of the process (`TZ`). */
  timeZone?: string;
}
