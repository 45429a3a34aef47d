-- ARGV: most deliveries, how many, retention of dead letters ms, retention ms,
-- most lost consumers. Takes back
-- messages with an expired lease, moves due messages to their lanes, and removes dead letters past
-- their retention. Returns the number of expired leases, and the number of messages examined.
local most, limit, at = tonumber(ARGV[1]), ARGV[2], now()

local function overdue(set, before)
  return redis.call('ZRANGEBYSCORE', set, 0, before, 'LIMIT', 0, limit)
end

local expired = overdue(leases, at)
for _, id in ipairs(expired) do
  local known = redis.call('HMGET', record(id), 'state', 'deliveries')
  if known[1] ~= 'DELIVERED' then
    redis.call('ZREM', leases, id)
  else
    local lost = redis.call('HINCRBY', record(id), 'lost', 1)
    if lost >= tonumber(ARGV[5]) then
      failed(id, at, 'worker-killed',
        'consumers of this message were lost ' .. lost .. ' times', '')
      bury(id, at)
    elseif tonumber(known[2]) >= most then
      failed(id, at, 'consumer-lost', 'the consumer stopped renewing its lease', '')
      bury(id, at)
    else
      failed(id, at, 'consumer-lost', 'the consumer stopped renewing its lease', '')
      give_back(id, 'RETRYING', at)
    end
  end
end

local due = overdue(delayed, at)
for _, id in ipairs(due) do
  redis.call('ZREM', delayed, id)
  if waits(redis.call('HGET', record(id), 'state')) then enqueue(id) end
end

local old = overdue(dead, at - ARGV[3])
for _, id in ipairs(old) do
  if redis.call('HGET', record(id), 'state') == 'DEAD' then
    remove(id, at, ARGV[4])
  else
    redis.call('ZREM', dead, id)
  end
end
return { #expired, #expired + #due + #old }
