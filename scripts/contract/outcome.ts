import { type Cure } from './cures';
import { type Text } from './text';

/** How a check of the contract has ended. */
export type Outcome =
  | { kind: 'passed'; note?: Text }
  | { kind: 'warned'; seen: Text; cure: Cure }
  | { kind: 'failed'; seen: Text; cure: Cure }
  /** `blockedBy` names the check whose failure stands in the way of all others. */
  | { kind: 'skipped'; reason: Text; blockedBy?: string };

/** Ends a check: the server does not keep the contract. */
export class Failed extends Error {
  override readonly name = 'Failed';

  /**
   * @param seen what the server did
   * @param cure what to do about it
   */
  constructor(
    readonly seen: Text,
    readonly cure: Cure,
  ) {
    super(seen.en);
  }
}

/** Ends a check: the contract is kept, and yet somebody should look at it. */
export class Warned extends Error {
  override readonly name = 'Warned';

  constructor(
    readonly seen: Text,
    readonly cure: Cure,
  ) {
    super(seen.en);
  }
}

/** Ends a check that cannot be made here. */
export class Skipped extends Error {
  override readonly name = 'Skipped';

  constructor(readonly reason: Text) {
    super(reason.en);
  }
}

/** What a check that threw has come to; anything but its own three ends is a fault of the checker and thrown on. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof Failed) return { kind: 'failed', seen: error.seen, cure: error.cure };
  if (error instanceof Warned) return { kind: 'warned', seen: error.seen, cure: error.cure };
  if (error instanceof Skipped) return { kind: 'skipped', reason: error.reason };
  throw error;
}
