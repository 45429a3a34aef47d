-- Returns length per lane, then leases, delayed, dead, the oldest age in ms, and how many messages
-- were sent and how many ended in the last whole minute, consumers present, and their capacity.
local at, counts, oldest = now(), {}, nil
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
for bucket = current - RATE_BUCKETS, current - 1 do
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
