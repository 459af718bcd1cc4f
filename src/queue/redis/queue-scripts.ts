import { LuaScript } from '../../redis/lua-script';
import { SUSPECT_AFTER } from '../suspects';

/*
 * The state of a queue, under one prefix (KEYS[1]; the hash tag in it keeps all queues in one slot):
 *
 *   item:<id>     hash    lane, priority, body, tries, seq, addedAt; crashes: how often in a row its holder died
 *   lane:<lane>   list    ids in the order in which they were added; the first one is the one that is worked on
 *   ready:<p>     zset    lanes that may be claimed, by the seq of their first item; one for each priority
 *   suspects      zset    the same for lanes whose first item may be what kills its holders
 *   suspect       string  lane of the suspect that is under way: one at a time, so that the next death tells which it was
 *   delayed       zset    lanes whose first item waits for its time, by that time
 *   leases        zset    lanes that are claimed, by the end of the lease
 *   holders       hash    lane ─▶ the claim that holds it
 *   known:<id>    string  an item that ended lately
 *   dead, dead:<id>       what was set aside, by time, and the items themselves
 *   size, seq     numbers of live items and of the last item
 *   beat, grace   when a replica was last seen, and until when no lease may be taken over
 *
 * A lane with items is in exactly one of ready, suspects, delayed and leases. Times are those of Redis, in milliseconds: the
 * clocks of the replicas do not matter. Bodies stay opaque: cjson would turn empty arrays into objects.
 */
const COMMON = `
local q = KEYS[1]
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function first(lane)
  return redis.call('LINDEX', q .. ':lane:' .. lane, 0)
end

-- The lane is neither claimed nor delayed any more: whoever comes may have its first item.
local function offer(lane)
  local id = first(lane)
  while id do
    local item = redis.call('HMGET', q .. ':item:' .. id, 'priority', 'seq', 'crashes')
    if item[1] and redis.call('EXISTS', q .. ':known:' .. id) == 1 then
      -- It ended past the queue while somebody held it.
      redis.call('DEL', q .. ':item:' .. id)
      redis.call('DECR', q .. ':size')
    elseif item[1] then
      local isSuspect = tonumber(item[3] or 0) >= ${SUSPECT_AFTER}
      redis.call('ZADD', q .. (isSuspect and ':suspects' or ':ready:' .. item[1]), item[2], lane)
      return true
    end
    redis.call('LPOP', q .. ':lane:' .. lane)
    id = first(lane)
  end
  return false
end

-- Returns whether a suspect that waited for this lane may be claimed now.
local function withdraw(lane)
  redis.call('ZREM', q .. ':leases', lane)
  redis.call('HDEL', q .. ':holders', lane)
  redis.call('ZREM', q .. ':delayed', lane)
  redis.call('ZREM', q .. ':ready:answer', lane)
  redis.call('ZREM', q .. ':ready:broadcast', lane)
  redis.call('ZREM', q .. ':suspects', lane)
  if redis.call('GET', q .. ':suspect') ~= lane then return false end
  redis.call('DEL', q .. ':suspect')
  return redis.call('EXISTS', q .. ':suspects') == 1
end

local function announce(origin)
  redis.call('PUBLISH', q .. ':wake', origin)
end

-- Where no replica has come through for a while it was Redis that was away, not they: they get the time to tell what
-- they have finished meanwhile before their leases are taken over.
local function beat(gap, grace)
  local last = tonumber(redis.call('GET', q .. ':beat') or now)
  if now - last > gap then redis.call('SET', q .. ':grace', 1, 'PX', grace) end
  redis.call('SET', q .. ':beat', now)
end

-- The lane of an item that this claim may end: nobody else holds it.
local function mayEnd(id, claim)
  local lane = redis.call('HGET', q .. ':item:' .. id, 'lane')
  if not lane then return nil end
  if first(lane) == id then
    local holder = redis.call('HGET', q .. ':holders', lane)
    if holder and holder ~= claim then return nil end
  end
  return lane
end

-- Takes an item out of its lane; the next one is offered where it was the first. Returns 1 where there is something to
-- claim by that.
local function remove(id, lane, origin)
  local wasFirst = first(lane) == id
  redis.call('LREM', q .. ':lane:' .. lane, 1, id)
  redis.call('DECR', q .. ':size')
  if not wasFirst then return 0 end
  local isFreed = withdraw(lane)
  if not offer(lane) and not isFreed then return 0 end
  announce(origin)
  return 1
end

local function finish(id, claim, known, origin)
  local lane = mayEnd(id, claim)
  if not lane then return 0 end
  redis.call('DEL', q .. ':item:' .. id)
  redis.call('SET', q .. ':known:' .. id, 1, 'PX', known)
  return remove(id, lane, origin)
end

local function buryDead(keepMs, most)
  local dead = q .. ':dead'
  redis.call('ZREMRANGEBYSCORE', dead, '-inf', now - keepMs)
  for _, id in ipairs(redis.call('ZRANGE', dead, 0, -most - 1)) do
    redis.call('DEL', q .. ':dead:' .. id)
    redis.call('ZREM', dead, id)
  end
end
`;

const ADD_ITEMS = `
local added = 0
for at = from, #ARGV, 4 do
  local id, lane, priority, body = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local item = q .. ':item:' .. id
  if redis.call('EXISTS', item, q .. ':known:' .. id) == 0 then
    local seq = redis.call('INCR', q .. ':seq')
    redis.call('HSET', item, 'lane', lane, 'priority', priority, 'body', body, 'tries', 0, 'seq', seq, 'addedAt', now)
    redis.call('INCR', q .. ':size')
    if redis.call('RPUSH', q .. ':lane:' .. lane, id) == 1 then
      redis.call('ZADD', q .. ':ready:' .. priority, seq, lane)
    end
    added = added + 1
  end
end
if added > 0 then announce(origin) end
`;

const script = (source: string) => new LuaScript(COMMON + source);

/** ARGV: origin, then id, lane, priority and body of each item. Returns how many were new. */
export const ADD = script(`
local origin, from = ARGV[1], 2
${ADD_ITEMS}
return added
`);

/**
 * DONE in the queue of KEYS[2] and ADD in that of KEYS[1], both or none.
 * ARGV: origin, id, claim, how long the id stays known, then the new items. Returns 1 where something can be claimed from KEYS[2] by that.
 */
export const HAND_OVER = script(`
local origin, id, claim, known, from = ARGV[1], ARGV[2], ARGV[3], ARGV[4], 5
${ADD_ITEMS}
q = KEYS[2]
return finish(id, claim, known, origin)
`);

/**
 * ARGV: name of the claim, limit, lease, gap and grace in milliseconds. Returns the time until the next delayed item
 * (-1: none), then id, lane, priority, body, tries and addedAt of each item claimed.
 */
export const CLAIM = script(`
local claim, limit, lease = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
beat(tonumber(ARGV[4]), tonumber(ARGV[5]))
if redis.call('EXISTS', q .. ':grace') == 0 then
  for _, lane in ipairs(redis.call('ZRANGEBYSCORE', q .. ':leases', '-inf', now, 'LIMIT', 0, 1000)) do
    withdraw(lane)
    local id = first(lane)
    if id and redis.call('EXISTS', q .. ':item:' .. id) == 1 then redis.call('HINCRBY', q .. ':item:' .. id, 'crashes', 1) end
    offer(lane)
  end
end
for _, lane in ipairs(redis.call('ZRANGEBYSCORE', q .. ':delayed', '-inf', now, 'LIMIT', 0, 1000)) do
  withdraw(lane)
  offer(lane)
end
local answer = { -1 }
-- Claims the first item of the lane. Returns whether it had one.
local function take(lane)
  local id = first(lane)
  local item = id and redis.call('HMGET', q .. ':item:' .. id, 'body', 'addedAt', 'priority')
  if not (item and item[1]) then
    offer(lane)
    return false
  end
  redis.call('ZADD', q .. ':leases', now + lease, lane)
  redis.call('HSET', q .. ':holders', lane, claim)
  local tries = redis.call('HINCRBY', q .. ':item:' .. id, 'tries', 1)
  for _, field in ipairs({ id, lane, item[3], item[1], tries, item[2] }) do answer[#answer + 1] = field end
  limit = limit - 1
  return true
end
local suspect = redis.call('GET', q .. ':suspect')
while limit > 0 and not (suspect and redis.call('ZSCORE', q .. ':leases', suspect)) do
  local lane = redis.call('ZPOPMIN', q .. ':suspects')[1]
  if not lane then break end
  if take(lane) then
    suspect = lane
    redis.call('SET', q .. ':suspect', lane)
  end
end
for _, priority in ipairs({ 'answer', 'broadcast' }) do
  while limit > 0 do
    local lane = redis.call('ZPOPMIN', q .. ':ready:' .. priority)[1]
    if not lane then break end
    take(lane)
  end
end
local due = redis.call('ZRANGE', q .. ':delayed', 0, 0, 'WITHSCORES')[2]
if due then answer[1] = math.max(0, due - now) end
return answer
`);

/** ARGV: lease, gap and grace in milliseconds, then lane and claim of each lane held. Returns the lanes that are lost. */
export const RENEW = script(`
beat(tonumber(ARGV[2]), tonumber(ARGV[3]))
local lost = {}
for at = 4, #ARGV, 2 do
  local lane = ARGV[at]
  if redis.call('HGET', q .. ':holders', lane) == ARGV[at + 1] then
    redis.call('ZADD', q .. ':leases', now + tonumber(ARGV[1]), lane)
  else
    lost[#lost + 1] = lane
  end
end
return lost
`);

/** ARGV: origin, id, claim, how long the id stays known. Returns 1 where something can be claimed by that. */
export const DONE = script(`
local origin, id, claim, known = unpack(ARGV)
local goesOn = finish(id, claim, known, origin)
-- What ended past the queue, or was taken over, is not to be stored by whoever works on it a second time.
redis.call('SET', q .. ':known:' .. id, 1, 'PX', known)
return goesOn
`);

/** ARGV: origin, id, how long the id stays known. Returns 1 where it was there and nobody was working on it. */
export const REMOVE = script(`
local origin, id, known = unpack(ARGV)
local lane = redis.call('HGET', q .. ':item:' .. id, 'lane')
if not lane or (first(lane) == id and redis.call('HEXISTS', q .. ':holders', lane) == 1) then return 0 end
finish(id, '', known, origin)
return 1
`);

/** ARGV: lane. Returns how many items it has. */
export const LANE_LENGTH = script(`
return redis.call('LLEN', q .. ':lane:' .. ARGV[1])
`);

/** ARGV: as DONE, then reason, how long and how many dead are kept. Returns 1 where something can be claimed by that. */
export const DEAD = script(`
local origin, id, claim, known, reason, keep, most = unpack(ARGV)
local lane = mayEnd(id, claim)
if not lane then return 0 end
local dead = q .. ':dead:' .. id
redis.call('RENAME', q .. ':item:' .. id, dead)
redis.call('HSET', dead, 'reason', reason, 'at', now)
redis.call('PEXPIRE', dead, keep)
redis.call('ZADD', q .. ':dead', now, id)
buryDead(tonumber(keep), tonumber(most))
redis.call('SET', q .. ':known:' .. id, 1, 'PX', known)
return remove(id, lane, origin)
`);

/** ARGV: origin, id, claim, delay in milliseconds, 1 where the try counts, reason. Returns 1 where something can be claimed now. */
export const AGAIN = script(`
local origin, id, claim, delay, counts, reason = unpack(ARGV)
local item = q .. ':item:' .. id
local lane = redis.call('HGET', item, 'lane')
if not lane or first(lane) ~= id or redis.call('HGET', q .. ':holders', lane) ~= claim then return 0 end
if counts == '0' then redis.call('HINCRBY', item, 'tries', -1) else redis.call('HDEL', item, 'crashes') end
redis.call('HSET', item, 'reason', reason)
local isFreed = withdraw(lane)
if tonumber(delay) > 0 then
  redis.call('ZADD', q .. ':delayed', now + tonumber(delay), lane)
  if not isFreed then return 0 end
else
  offer(lane)
end
announce(origin)
return 1
`);

/** ARGV: how long and how many dead are kept. Returns live, claimed, dead. */
export const COUNTS = script(`
buryDead(tonumber(ARGV[1]), tonumber(ARGV[2]))
return {
  tonumber(redis.call('GET', q .. ':size') or 0),
  redis.call('ZCARD', q .. ':leases'),
  redis.call('ZCARD', q .. ':dead')
}
`);

/** ARGV: limit, how long and how many dead are kept. Returns id, lane, tries, reason and time of each. */
export const LIST_DEAD = script(`
buryDead(tonumber(ARGV[2]), tonumber(ARGV[3]))
local answer = {}
for _, id in ipairs(redis.call('ZRANGE', q .. ':dead', 0, tonumber(ARGV[1]) - 1, 'REV')) do
  local item = redis.call('HMGET', q .. ':dead:' .. id, 'lane', 'tries', 'reason', 'at')
  if item[1] then
    for _, field in ipairs({ id, item[1], item[2], item[3], item[4] }) do answer[#answer + 1] = field end
  end
end
return answer
`);
