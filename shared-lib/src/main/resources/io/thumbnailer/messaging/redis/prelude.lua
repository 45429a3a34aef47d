-- Stands before every script. KEYS[1] is what all keys of a destination begin with; its hash tag
-- keeps them in one slot of a cluster.
local base = KEYS[1]
local leases, returned = base .. 'leases', base .. 'returned'
local delayed, dead, open = base .. 'delayed', base .. 'dead', base .. 'open'
local wake = base .. 'wake'
local changes = base .. 'changes'
local GROUP = 'consumers'
-- How many ids are listed per state; the smallest leave the list first.
local LISTED = 10000

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function record(id) return base .. 'message:' .. id end
local function stream(lane) return base .. 'lane:' .. lane end
local function listed(state) return base .. 'state:' .. state end

-- Every change of state goes through here: into the record and the list of the state, and out to
-- whoever watches. The lists have one score, so they are ordered by id.
local function enter(id, state, at)
  local before = redis.call('HGET', record(id), 'state')
  if before and before ~= state then redis.call('ZREM', listed(before), id) end
  redis.call('HSET', record(id), 'state', state, 'updatedAt', at)
  redis.call('ZADD', listed(state), 0, id)
  redis.call('ZREMRANGEBYRANK', listed(state), 0, -LISTED - 1)
  redis.call('PUBLISH', changes, state .. ' ' .. at .. ' '
    .. redis.call('HGET', record(id), 'deliveries') .. ' ' .. id)
end

-- One token a message wakes one idle consumer; a surplus costs an empty look.
local function signal()
  redis.call('LPUSH', wake, '1')
  redis.call('LTRIM', wake, 0, 99)
end

local function enqueue(id)
  local lane = redis.call('HGET', record(id), 'lane')
  local entry = redis.call('XADD', stream(lane), '*', 'id', id)
  redis.call('HSET', record(id), 'entry', entry)
  redis.call('ZADD', open, redis.call('HGET', record(id), 'sentAt'), id)
  signal()
end

local function dequeue(id)
  local place = redis.call('HMGET', record(id), 'lane', 'entry')
  if place[1] and place[2] then
    redis.pcall('XACK', stream(place[1]), GROUP, place[2])
    redis.call('XDEL', stream(place[1]), place[2])
    redis.call('HDEL', record(id), 'entry')
  end
  redis.call('ZREM', leases, id)
  redis.call('ZREM', returned, id)
  redis.call('ZREM', open, id)
end

local function failed(id, at, code, detail, stack)
  redis.call('HSETNX', record(id), 'firstFailedAt', at)
  redis.call('HSET', record(id), 'lastFailedAt', at, 'failureCode', code,
    'failureDetail', detail, 'failureStack', stack)
end

local function bury(id, at)
  dequeue(id)
  redis.call('HSET', record(id), 'endedAt', at)
  enter(id, 'DEAD', at)
  redis.call('ZADD', dead, at, id)
end

-- The entry keeps its place in the stream; whoever looks next takes it first.
local function give_back(id, state, at)
  redis.call('ZREM', leases, id)
  redis.call('ZADD', returned, redis.call('HGET', record(id), 'sentAt'), id)
  enter(id, state, at)
  signal()
end

local function holds(id, fence)
  local current = redis.call('HMGET', record(id), 'state', 'fence')
  return current[1] == 'DELIVERED' and current[2] == fence
end
