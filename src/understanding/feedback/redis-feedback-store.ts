import { type RedisConnection } from '../../redis/redis-connection';
import { type FeedbackEntry, parseEntry } from './feedback-entry';
import { FeedbackStore } from './feedback-store';

/** About so many are kept, of all replicas. */
const MAX_ENTRIES = 5000;

/** A stream of Redis, for all replicas. */
export class RedisFeedbackStore extends FeedbackStore {
  private readonly key: string;

  constructor(
    private readonly redis: RedisConnection,
    private readonly maxEntries = MAX_ENTRIES,
  ) {
    super();
    this.key = redis.key('feedback');
  }

  async add(entry: FeedbackEntry): Promise<void> {
    const json = JSON.stringify(entry);
    await this.redis.run((redis) => redis.xadd(this.key, 'MAXLEN', '~', this.maxEntries, '*', 'entry', json));
  }

  async list(): Promise<FeedbackEntry[]> {
    const records = await this.redis.run((redis) => redis.xrange(this.key, '-', '+'), { deadlineMs: 5000 });
    return records.flatMap(([, [, json = '']]) => parseEntry(json) ?? []);
  }
}
