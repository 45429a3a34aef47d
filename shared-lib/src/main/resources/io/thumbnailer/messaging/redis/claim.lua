-- ARGV: lease, lease ms, retention ms, and for each requested message the lane to look in first.
-- Returns for each message its id, its record, its body, and 1 if it came from a lane (and not from
-- the returned messages).
local lease, millis, retention, at = ARGV[1], tonumber(ARGV[2]), ARGV[3], now()
local claimed, empty, aside = {}, {}, {}

-- A message whose consumer was lost may be the cause. A consumer handles one such message at a
-- time, so that the next loss distinguishes it from the messages that were handled beside it.
local function consumer_of(name) return string.match(name or '', '^(.*)/') end
local suspect_held = false
for _, id in ipairs(redis.call('SMEMBERS', suspects)) do
  local known = load(id)
  if known.state ~= 'DELIVERED' then
    redis.call('SREM', suspects, id)
  elseif consumer_of(known.lease) == consumer_of(lease) then
    suspect_held = true
  end
end

-- Whether the message was taken; false if there is no such message or it may not be delivered.
local function take(message, from_lane)
  local id = message.id
  if not waits(message.state) then return false end
  if message.timeToLive and message.deliveries == '0'
    and at > message.sentAt + message.timeToLive then
    close(message, at, 'EXPIRED')
    keep(id, retention)
    return false
  end
  if message.lost then
    if suspect_held then
      aside[#aside + 1] = { id, message.sentAt }
      return false
    end
    suspect_held = true
    redis.call('SADD', suspects, id)
  end
  redis.call('ZREM', returned, id)
  message.deliveries = message.deliveries + 1
  enter(message, 'DELIVERED', at, 'deliveries', message.deliveries, 'lease', lease,
    'deliveredAt', at)
  redis.call('ZADD', leases, at + millis, id)
  claimed[#claimed + 1] =
    { id, redis.call('HGETALL', record(id)), redis.call('GET', body(id)) or '', from_lane }
  return true
end

local function next_entry(lane)
  local read = redis.pcall('XREADGROUP', 'GROUP', GROUP, GROUP, 'COUNT', 1, 'STREAMS',
    stream(lane), '>')
  if type(read) == 'table' and read.err then
    redis.call('XGROUP', 'CREATE', stream(lane), GROUP, '0', 'MKSTREAM')
    read = redis.call('XREADGROUP', 'GROUP', GROUP, GROUP, 'COUNT', 1, 'STREAMS',
      stream(lane), '>')
  end
  return read and read[1] and read[1][2][1]
end

local function take_from(lane)
  while not empty[lane] do
    local entry = next_entry(lane)
    if not entry then
      empty[lane] = true
    else
      local message = load(entry[2][2])
      if message.entry ~= entry[1] then
        redis.call('XACK', stream(lane), GROUP, entry[1])
        redis.call('XDEL', stream(lane), entry[1])
      elseif take(message, 1) then
        return true
      end
    end
  end
  return false
end

local function take_next(first)
  if take_from(first) then return true end
  for _, lane in ipairs(LANES) do
    if take_from(lane) then return true end
  end
  return false
end

local wanted = #ARGV - 3
while #claimed < wanted do
  local back = redis.call('ZPOPMIN', returned)
  if not back[1] then break end
  take(load(back[1]), 0)
end
local slot = 4
while #claimed < wanted and take_next(ARGV[slot]) do slot = slot + 1 end
for _, waiting in ipairs(aside) do redis.call('ZADD', returned, waiting[2], waiting[1]) end
return claimed
