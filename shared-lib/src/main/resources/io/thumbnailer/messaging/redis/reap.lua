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
  local message = load(id)
  if message.state ~= 'DELIVERED' then
    redis.call('ZREM', leases, id)
  else
    local lost = redis.call('HINCRBY', record(id), 'lost', 1)
    if lost >= tonumber(ARGV[5]) then
      failed(id, at, 'worker-killed',
        'consumers of this message were lost ' .. lost .. ' times', '')
      bury(message, at)
    elseif tonumber(message.deliveries) >= most then
      failed(id, at, 'consumer-lost', 'the consumer stopped renewing its lease', '')
      bury(message, at)
    else
      failed(id, at, 'consumer-lost', 'the consumer stopped renewing its lease', '')
      give_back(message, 'RETRYING', at)
    end
  end
end

local due = overdue(delayed, at)
for _, id in ipairs(due) do
  redis.call('ZREM', delayed, id)
  local message = load(id)
  if waits(message.state) then redis.call('HSET', record(id), 'entry', add(message)) end
end

local old = overdue(dead, at - ARGV[3])
for _, id in ipairs(old) do
  local message = load(id)
  if message.state == 'DEAD' then
    remove(message, at, ARGV[4])
  else
    redis.call('ZREM', dead, id)
  end
end
return { #expired, #expired + #due + #old }
