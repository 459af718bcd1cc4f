import { conflict, type BotApiError } from '../bot-api-error';
import { type PendingUpdate, type UpdateQueue } from './update-queue';

export interface PollRequest {
  offset: number;
  limit: number;
  timeoutMs: number;
  /** Tells when the bot hung up. */
  onHangUp(listener: () => void): void;
}

interface WaitingPoll extends PollRequest {
  answer(updates: PendingUpdate[]): void;
  refuse(error: BotApiError): void;
}

const OTHER_POLLER = 'terminated by other getUpdates request; make sure that only one bot instance is running';

/** getUpdates: one bot waits at a time, a second one turns the first away. */
export class LongPoll {
  private waiting: WaitingPoll | undefined;
  private wakeUp: NodeJS.Immediate | undefined;

  constructor(private readonly queue: UpdateQueue) {
    queue.onPush(() => {
      // Updates of one burst leave in one batch.
      this.wakeUp ??= setImmediate(() => {
        this.wakeUp = undefined;
        this.answerWaiting();
      });
    });
  }

  /** @returns the updates at once where there are some, else as soon as one comes or the time is over */
  poll(request: PollRequest): PendingUpdate[] | Promise<PendingUpdate[]> {
    const updates = this.queue.read(request.offset, request.limit);
    if (updates.length > 0 || request.timeoutMs === 0) {
      return updates;
    }
    this.interrupt(OTHER_POLLER);
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        if (this.waiting === poll) {
          this.waiting = undefined;
        }
      };
      const poll: WaitingPoll = {
        ...request,
        // What was read above is confirmed already: a negative offset must not forget what comes from now on.
        offset: Math.max(request.offset, 0),
        answer: (batch) => {
          done();
          resolve(batch);
        },
        refuse: (error) => {
          done();
          reject(error);
        },
      };
      const timer = setTimeout(() => poll.answer([]), request.timeoutMs);
      this.waiting = poll;
      request.onHangUp(() => poll.answer([]));
    });
  }

  /** Ends the waiting request with 409. */
  interrupt(reason: string): void {
    this.waiting?.refuse(conflict(reason));
  }

  close(): void {
    clearImmediate(this.wakeUp);
    this.waiting?.answer([]);
  }

  private answerWaiting(): void {
    const updates = this.waiting === undefined ? [] : this.queue.read(this.waiting.offset, this.waiting.limit);
    if (updates.length > 0) {
      this.waiting?.answer(updates);
    }
  }
}
