import { type RedisServer } from '../../../src/redis/testing/redis-server';
import { type MainProcess } from '../../support/main-process';
import { type RoundRobin } from './round-robin';
import { addressOf, Stage, webhookAt } from './stage';

/** A stage for replicas that share a Redis and receive in turn behind one address. */
export function openBehindWebhook(balancer: RoundRobin, redis: RedisServer): Promise<Stage> {
  return Stage.open({
    people: 20,
    env: { REDIS_URL: redis.url, ...webhookAt(balancer.url) },
    telegram: { webhookPace: { retryPauseMs: 100, maxRetryPauseMs: 500 } },
  });
}

/** Starts so many replicas; resolves when each has registered the webhook and the balancer knows them. */
export async function startBehind(balancer: RoundRobin, stage: Stage, count: number): Promise<MainProcess[]> {
  const replicas = Array.from({ length: count }, () => stage.start());
  for (const replica of replicas) balancer.add(Number(new URL(await addressOf(replica)).port));
  await Promise.all(replicas.map((replica) => replica.event('webhook')));
  return replicas;
}
