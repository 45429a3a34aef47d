-- ARGV: lease ms, how many, retention ms, lane, lane, ... in the order to look.
-- Returns for each message its id and its record.
local lease, wanted, retention = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local at = now()
local claimed = {}

local function expired(id)
  local life = redis.call('HMGET', record(id), 'sentAt', 'timeToLive', 'deliveries')
  return life[2] and life[3] == '0' and at > life[1] + life[2]
end

local function claim(id)
  if expired(id) then
    dequeue(id)
    redis.call('HSET', record(id), 'endedAt', at)
    enter(id, 'EXPIRED', at)
    redis.call('PEXPIRE', record(id), retention)
    return
  end
  redis.call('HINCRBY', record(id), 'deliveries', 1)
  redis.call('HINCRBY', record(id), 'fence', 1)
  redis.call('HSET', record(id), 'deliveredAt', at)
  enter(id, 'DELIVERED', at)
  redis.call('ZADD', leases, at + lease, id)
  claimed[#claimed + 1] = { id, redis.call('HGETALL', record(id)) }
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

while #claimed < wanted do
  local back = redis.call('ZPOPMIN', returned)
  if not back[1] then break end
  claim(back[1])
end
for i = 4, #ARGV do
  while #claimed < wanted do
    local entry = next_entry(ARGV[i])
    if not entry then break end
    local id = entry[2][2]
    if redis.call('HGET', record(id), 'entry') == entry[1] then
      claim(id)
    else
      redis.call('XACK', stream(ARGV[i]), GROUP, entry[1])
      redis.call('XDEL', stream(ARGV[i]), entry[1])
    end
  end
end
return claimed
