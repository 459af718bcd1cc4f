import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Logger } from '@nestjs/common';
import { readEnvironmentFile } from '../src/config/read-environment';
import { RedisConnection } from '../src/redis/redis-connection';
import { type FeedbackEntry } from '../src/understanding/feedback/feedback-entry';
import { FileFeedbackStore } from '../src/understanding/feedback/file-feedback-store';
import { labelledLines, TO_BE_LABELLED } from '../src/understanding/feedback/labelled-lines';
import { RedisFeedbackStore } from '../src/understanding/feedback/redis-feedback-store';

const USAGE = `Usage: npm run -s feedback [-- --data-dir DIR | --redis-url URL] >> messages.jsonl

Prints the messages that were not understood, a labelled line each, the latest last. Where "intents" is ["${TO_BE_LABELLED}"],
fill in what was asked. Without options the settings of the bot are used: REDIS_URL, else DATA_DIR (./data).`;

interface Place {
  dataDir: string;
  redisUrl?: string;
}

function placeOf(args: string[]): Place {
  const { values } = parseArgs({
    args,
    options: { 'data-dir': { type: 'string' }, 'redis-url': { type: 'string' } },
  });
  readEnvironmentFile();
  const { REDIS_URL, REDIS_URL_FILE, DATA_DIR } = process.env;
  if (values['data-dir'] !== undefined) return { dataDir: values['data-dir'] };
  const fromFile = REDIS_URL_FILE ? readFileSync(REDIS_URL_FILE, 'utf8').trim() : undefined;
  const redisUrl = values['redis-url'] ?? (REDIS_URL?.trim() || fromFile);
  return { dataDir: DATA_DIR?.trim() || './data', ...(redisUrl && { redisUrl }) };
}

async function entriesOf({ dataDir, redisUrl }: Place): Promise<FeedbackEntry[]> {
  if (redisUrl === undefined) return new FileFeedbackStore(dataDir).list();
  const redis = new RedisConnection(redisUrl);
  try {
    await redis.open();
    return await new RedisFeedbackStore(redis).list();
  } finally {
    redis.close();
  }
}

async function main(): Promise<number> {
  // What the connection tells the operator of a running bot would stand among the lines.
  Logger.overrideLogger(false);
  let place: Place;
  try {
    place = placeOf(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const where = place.redisUrl === undefined ? place.dataDir : 'Redis';
  try {
    const lines = labelledLines(await entriesOf(place));
    for (const line of lines) console.log(line);
    if (lines.length === 0) console.error(`Nothing to learn from in ${where} yet`);
    return 0;
  } catch (error) {
    console.error(`The messages in ${where} cannot be read: ${(error as Error).message}`);
    return 1;
  }
}

void main().then((code) => (process.exitCode = code));
