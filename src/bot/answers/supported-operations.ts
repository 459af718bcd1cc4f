import { Injectable } from '@nestjs/common';
import { AccountingService } from '../../cache/accounting.service';
import { type Operation, OPERATIONS } from '../../onec/contract';

/** An accounting system is extended now and then: after so long it is asked anew what it serves. */
const ASK_AGAIN_MS = 10 * 60 * 1000;
const PATIENCE_MS = 1000;

const ALL = Object.keys(OPERATIONS) as Operation[];

/** What the accounting system serves (contract, `ping` and `not_supported`); the bot does not offer the rest. */
@Injectable()
export class SupportedOperations {
  private readonly lacking = new Set<Operation>();
  private askedAt = 0;

  constructor(private readonly accounting: AccountingService) {}

  has(operation: Operation): boolean {
    return !this.lacking.has(operation);
  }

  current(): ReadonlySet<Operation> {
    return new Set(ALL.filter((operation) => this.has(operation)));
  }

  /** What is served by the accounting system's own word, where it can be had soon; else what is known so far. */
  async ask(now: number): Promise<ReadonlySet<Operation>> {
    if (now - this.askedAt >= ASK_AGAIN_MS) {
      try {
        const { operations } = await this.accounting.ping({ signal: AbortSignal.timeout(PATIENCE_MS) });
        this.askedAt = now;
        this.lacking.clear();
        if (operations) for (const operation of ALL) if (!operations.includes(operation)) this.lacking.add(operation);
      } catch {
        // Whether it answers or not, help is given; the failure is in the log of the call.
      }
    }
    return this.current();
  }

  /** The accounting system said `not_supported`. */
  lacks(operation: Operation): void {
    this.lacking.add(operation);
  }
}
