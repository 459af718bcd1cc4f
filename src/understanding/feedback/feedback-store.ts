import { type FeedbackEntry } from './feedback-entry';

/** Where messages to learn from are kept, bounded: the oldest go first. */
export abstract class FeedbackStore {
  /** Rejects where the entry is lost. */
  abstract add(entry: FeedbackEntry): Promise<void>;

  /** Everything that is kept, the oldest first. */
  abstract list(): Promise<FeedbackEntry[]>;
}
