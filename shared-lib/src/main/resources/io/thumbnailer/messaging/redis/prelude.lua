-- Prepended to every script. KEYS[1] is the prefix of all keys of a destination; its hash tag keeps
-- them in one slot of a cluster. An id found in a set may have lost its record (Redis was emptied, a
-- key was evicted or deleted): every script checks the record before it acts on an id.
local base = KEYS[1]
local leases, returned = base .. 'leases', base .. 'returned'
local delayed, dead = base .. 'delayed', base .. 'dead'
local wake, changes = base .. 'wake', base .. 'changes'
local suspects = base .. 'suspects'
local present, history = base .. 'present', base .. 'history'
local GROUP = 'consumers'
local LANES = { 'high', 'normal', 'low' }
local RATE_BUCKET, RATE_BUCKETS = 5000, 12
local STATES = { 'QUEUED', 'DELIVERED', 'RETRYING', 'ACKNOWLEDGED', 'EXPIRED', 'DEAD', 'REMOVED' }
-- The number of ids listed per state; the smallest are removed first, once per bucket of the rate and
-- whenever a message is removed.
local LISTED = 10000

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function record(id) return base .. 'message:' .. id end
local function body(id) return base .. 'body:' .. id end
local function stream(lane) return base .. 'lane:' .. lane end
local function listed(state) return base .. 'state:' .. state end
local function rate(bucket) return base .. 'rate:' .. bucket end
local function consumer_record(name) return base .. 'consumer:' .. name end

-- Reads what the transitions need of a record. A field that it lacks is false; an unknown message has
-- no state.
local function load(id)
  local known = redis.call('HMGET', record(id), 'state', 'lane', 'entry', 'deliveries', 'lease',
    'sentAt', 'timeToLive', 'lost', 'endNotice')
  return { id = id, state = known[1], lane = known[2], entry = known[3], deliveries = known[4] or '0',
    lease = known[5], sentAt = known[6], timeToLive = known[7], lost = known[8], notice = known[9] }
end

-- Every change of state goes through this function: it updates the record with the state and the given
-- fields, updates the lists of states, and publishes the change. All scores in the lists are equal,
-- so they are ordered by id.
local function enter(message, state, at, ...)
  local id, before = message.id, message.state
  message.state = state
  redis.call('HSET', record(id), 'state', state, 'updatedAt', at, ...)
  if before and before ~= state then redis.call('ZREM', listed(before), id) end
  redis.call('ZADD', listed(state), 0, id)
  redis.call('PUBLISH', changes,
    state .. ' ' .. at .. ' ' .. message.deliveries .. ' ' .. id)
end

-- One token per message wakes one idle consumer; a surplus token costs one empty fetch.
local function signal()
  if redis.call('LPUSH', wake, '1') > 100 then redis.call('LTRIM', wake, 0, 99) end
end

local function trim(state) redis.call('ZREMRANGEBYRANK', listed(state), 0, -LISTED - 1) end

-- Counts sent and ended messages in buckets of 5 s; one minute of them is read.
local function count(what, at)
  local bucket = rate(math.floor(at / RATE_BUCKET))
  if redis.call('HINCRBY', bucket, what, 1) == 1 then
    redis.call('PEXPIRE', bucket, RATE_BUCKET * (RATE_BUCKETS + 2))
    for _, state in ipairs(STATES) do trim(state) end
  end
end

-- Length per lane, then leases, delayed, dead, the oldest age in ms, how many messages were sent and
-- how many ended in the last whole buckets of the rate, consumers present, and their capacity.
local function measure(at, buckets)
  local counts, oldest = {}, nil
  for _, lane in ipairs(LANES) do
    counts[#counts + 1] = redis.call('XLEN', stream(lane))
    local first = redis.call('XRANGE', stream(lane), '-', '+', 'COUNT', 1)[1]
    if first then
      local entered = tonumber(string.match(first[1], '^%d+'))
      if not oldest or entered < oldest then oldest = entered end
    end
  end
  counts[#counts + 1] = redis.call('ZCARD', leases)
  counts[#counts + 1] = redis.call('ZCARD', delayed)
  counts[#counts + 1] = redis.call('ZCARD', dead)
  counts[#counts + 1] = oldest and math.max(0, at - oldest) or 0
  local sent, ended, current = 0, 0, math.floor(at / RATE_BUCKET)
  for bucket = current - buckets, current - 1 do
    local both = redis.call('HMGET', rate(bucket), 'sent', 'ended')
    sent = sent + (both[1] or 0)
    ended = ended + (both[2] or 0)
  end
  counts[#counts + 1] = sent
  counts[#counts + 1] = ended
  redis.call('ZREMRANGEBYSCORE', present, '-inf', at)
  local consumers = redis.call('ZRANGE', present, 0, -1)
  local capacity = 0
  for _, consumer in ipairs(consumers) do
    capacity = capacity + tonumber(string.match(consumer, '^%d+'))
  end
  counts[#counts + 1] = #consumers
  counts[#counts + 1] = capacity
  return counts
end

local function waits(state) return state == 'QUEUED' or state == 'RETRYING' end

-- Adds a message to its lane and returns the entry, which the caller must store in the record.
local function add(message)
  local entry = redis.call('XADD', stream(message.lane or 'normal'), '*', 'id', message.id)
  signal()
  return entry
end

-- Removes a message from its lane and from the sets that it can be in. A delivered message is only in
-- the set of leases.
local function leave(message)
  local id = message.id
  if message.lane and message.entry then
    redis.call('XACK', stream(message.lane), GROUP, message.entry)
    redis.call('XDEL', stream(message.lane), message.entry)
    redis.call('HDEL', record(id), 'entry')
  end
  redis.call('ZREM', leases, id)
  if message.state ~= 'DELIVERED' then
    redis.call('ZREM', returned, id)
    redis.call('ZREM', delayed, id)
  end
end

local function failed(id, at, code, detail, stack)
  redis.call('HSETNX', record(id), 'firstFailedAt', at)
  redis.call('HSET', record(id), 'lastFailedAt', at, 'failureCode', code,
    'failureDetail', detail, 'failureStack', stack)
end

local function close(message, at, state)
  leave(message)
  -- The end notice, if the sender asked for it; stays until it is marked as done.
  if message.notice then
    redis.call('ZADD', base .. 'ended', at, at .. ' ' .. message.id)
  end
  enter(message, state, at, 'endedAt', at)
  count('ended', at)
end

local function keep(id, millis)
  redis.call('PEXPIRE', record(id), millis)
  redis.call('PEXPIRE', body(id), millis)
end

local function bury(message, at)
  close(message, at, 'DEAD')
  redis.call('ZADD', dead, at, message.id)
end

-- Leaves a tombstone: the id cannot be sent again, and a consumer that holds the message can tell
-- that it was removed and not taken over.
local function remove(message, at, retention)
  local id = message.id
  leave(message)
  redis.call('ZREM', dead, id)
  redis.call('DEL', record(id), body(id))
  message.deliveries = '0'
  enter(message, 'REMOVED', at, 'deliveries', 0, 'sentAt', at, 'endedAt', at)
  redis.call('PEXPIRE', record(id), retention)
  trim('REMOVED')
end

-- The entry stays in the stream; the next claim takes the message first.
local function give_back(message, state, at)
  redis.call('ZREM', leases, message.id)
  redis.call('ZADD', returned, message.sentAt or at, message.id)
  enter(message, state, at, 'deliveries', message.deliveries)
  signal()
end

-- Hands back a delivery, which then does not count as an attempt.
local function hand_back(message, at)
  message.deliveries = message.deliveries - 1
  give_back(message, message.deliveries > 0 and 'RETRYING' or 'QUEUED', at)
end

local function held_by(message, lease)
  return message.state == 'DELIVERED' and message.lease == lease
end

local function acknowledged_by(message, lease)
  return message.state == 'ACKNOWLEDGED' and message.lease == lease
end
