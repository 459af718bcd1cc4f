import { Injectable } from '@nestjs/common';
import { withinDeadline } from '../redis/within-deadline';
import { type DurableQueue, type QueueBody, type QueueCounts, QueueUnavailableError } from './durable-queue';
import { Inbox } from './inbox';
import { Outbox } from './outbox';
import { Promised } from './promised';

/** A store that has not answered by then counts as away. */
const DEADLINE_MS = 500;

export interface QueueCensusEntry {
  name: 'inbox' | 'outbox' | 'promised';
  /** Whether the store answers, and took what was written to it last. */
  isUp: boolean;
  /** Missing where the store did not answer in time. */
  counts?: QueueCounts;
}

/** What lies in the queues, for those who watch: never waits longer than half a second, and never fails. */
@Injectable()
export class QueueCensus {
  private readonly read: readonly (() => Promise<QueueCensusEntry>)[];

  constructor(inbox: Inbox, outbox: Outbox, promised: Promised) {
    this.read = [reader('inbox', inbox), reader('outbox', outbox), reader('promised', promised)];
  }

  take(): Promise<QueueCensusEntry[]> {
    return Promise.all(this.read.map((read) => read()));
  }
}

/** Asks a store once for all who want to know at the same time, one that hangs included. */
function reader(name: QueueCensusEntry['name'], queue: DurableQueue<QueueBody>): () => Promise<QueueCensusEntry> {
  let asked: Promise<QueueCounts> | undefined;
  return async () => {
    asked ??= queue.counts().finally(() => (asked = undefined));
    const late = () => new QueueUnavailableError(`no answer within ${DEADLINE_MS} ms`);
    try {
      const counts = await withinDeadline(asked, DEADLINE_MS, late);
      return { name, counts, isUp: queue.writeFailure() === undefined };
    } catch {
      return { name, isUp: false };
    }
  };
}
