import { type Provider } from '@nestjs/common';
import { Settings } from '../config/settings';
import { EmbeddedHandover } from './embedded/embedded-handover';
import { QueueFile } from './embedded/queue-file';
import { SqliteQueue } from './embedded/sqlite-queue';
import { Handover } from './handover';
import { Inbox, type InboxUpdate } from './inbox';
import { Outbox, type OutboxMessage } from './outbox';

/** The two queues of the process and the way between them. */
export abstract class Queues {
  abstract readonly inbox: Inbox;
  abstract readonly outbox: Outbox;
  abstract readonly handover: Handover;
}

/** Where the queues are kept: in a file under DATA_DIR. */
export function createQueues(settings: Pick<Settings, 'dataDir'>): Queues {
  return embeddedQueues(settings.dataDir);
}

function embeddedQueues(folder: string): Queues {
  const file = new QueueFile(folder);
  const inbox = new SqliteQueue<InboxUpdate>(file, 'inbox');
  const outbox = new SqliteQueue<OutboxMessage>(file, 'outbox');
  return { inbox, outbox, handover: new EmbeddedHandover(file, inbox, outbox) };
}

export const queueProviders: Provider[] = [
  { provide: Queues, inject: [Settings], useFactory: createQueues },
  { provide: Inbox, inject: [Queues], useFactory: ({ inbox }: Queues) => inbox },
  { provide: Outbox, inject: [Queues], useFactory: ({ outbox }: Queues) => outbox },
  { provide: Handover, inject: [Queues], useFactory: ({ handover }: Queues) => handover },
];
