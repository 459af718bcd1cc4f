import { LuaScript } from '../../redis/lua-script';
import { type RedisConnection } from '../../redis/redis-connection';
import { type Priority } from '../durable-queue';
import { EmbeddedSendLimits } from '../embedded/embedded-send-limits';
import { CHAT_BURST, SendLimits, type SendRates, shareOf, SPREAD_MS, WINDOW_MS } from '../send-limits';

/** Longer pauses than a sender can wait for are of no use; Telegram is known to ask for hours. */
const MAX_PAUSE_MS = 24 * 60 * 60 * 1000;

/**
 * The rules of EmbeddedSendLimits over all replicas, by the clock of Redis.
 *
 * KEYS: pause of all, pause of the chat, chat (GCRA), times of the last messages (newest first), times to come back.
 * ARGV: priority, messages a second, its share, a second to a chat, burst, window, spread. Returns milliseconds to wait.
 */
const TAKE = new LuaScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local priority = ARGV[1]
local perSecond, share, perChat = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local burst, window, spread = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])

local paused = math.max(redis.call('PTTL', KEYS[1]), redis.call('PTTL', KEYS[2]))
if paused > 0 then return paused end

local used = 0
if perChat > 0 then
  used = tonumber(redis.call('GET', KEYS[3]) or 0)
  local wait = used - (burst - 1) * 1000 / perChat - now
  if wait > 0 then return math.ceil(wait) end
end

if perSecond > 0 then
  local spacing = window / share
  local earlier = redis.call('LINDEX', KEYS[4], share - 1)
  local free = earlier and earlier + window or 0
  if priority == 'broadcast' then
    free = math.max(free, (redis.call('LINDEX', KEYS[4], 0) or 0) + spacing)
  end
  if free > now then
    local comeBack = tonumber(redis.call('HGET', KEYS[5], priority) or 0)
    if comeBack < free or comeBack > free + spread then comeBack = free end
    redis.call('HSET', KEYS[5], priority, comeBack + spacing)
    redis.call('PEXPIRE', KEYS[5], 2 * spread)
    return math.ceil(comeBack - now)
  end
  redis.call('LPUSH', KEYS[4], now)
  redis.call('LTRIM', KEYS[4], 0, perSecond - 1)
  redis.call('PEXPIRE', KEYS[4], 2 * window)
end

if perChat > 0 then
  used = math.max(used, now) + 1000 / perChat
  redis.call('SET', KEYS[3], used, 'PX', math.ceil(used - now))
end
return 0
`);

/** KEYS[1]: a pause. ARGV: milliseconds. A longer pause is not cut short. */
const PAUSE = new LuaScript(`
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], 1, 'PX', ARGV[1]) end
return 0
`);

/** The limits over all replicas, in Redis. While Redis is away each replica keeps to the limits by itself. */
export class RedisSendLimits extends SendLimits {
  private readonly alone: EmbeddedSendLimits;

  constructor(
    private readonly redis: RedisConnection,
    private readonly rates: SendRates,
  ) {
    super();
    this.alone = new EmbeddedSendLimits(rates);
  }

  async take(chatId: number, priority: Priority): Promise<number> {
    const { perSecond, perChatPerSecond } = this.rates;
    const keys = ['pause', `pause:${chatId}`, `chat:${chatId}`, 'sent', 'come-back'].map((name) => this.key(name));
    const share = shareOf(priority, perSecond);
    const args = [priority, perSecond, share, perChatPerSecond, CHAT_BURST, WINDOW_MS, SPREAD_MS];
    try {
      return (await this.redis.run((redis) => TAKE.run(redis, keys, args))) as number;
    } catch {
      return this.alone.take(chatId, priority);
    }
  }

  async pauseAll(ms: number): Promise<void> {
    await this.alone.pauseAll(ms);
    await this.pause('pause', ms);
  }

  async pauseChat(chatId: number, ms: number): Promise<void> {
    await this.alone.pauseChat(chatId, ms);
    await this.pause(`pause:${chatId}`, ms);
  }

  private async pause(name: string, ms: number): Promise<void> {
    const lifetime = Math.min(Math.ceil(ms), MAX_PAUSE_MS);
    if (lifetime <= 0) return;
    await this.redis.run((redis) => PAUSE.run(redis, [this.key(name)], [lifetime])).catch(() => undefined);
  }

  private key(name: string): string {
    return this.redis.key(`{send-limits}:${name}`);
  }
}
