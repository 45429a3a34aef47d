-- ARGV: lanes. Returns length per lane, then leases, delayed, dead, and the oldest age in ms.
local counts = {}
for i, lane in ipairs(ARGV) do counts[i] = redis.call('XLEN', stream(lane)) end
counts[#counts + 1] = redis.call('ZCARD', leases)
counts[#counts + 1] = redis.call('ZCARD', delayed)
counts[#counts + 1] = redis.call('ZCARD', dead)
local oldest = redis.call('ZRANGE', open, 0, 0, 'WITHSCORES')
counts[#counts + 1] = oldest[2] and now() - oldest[2] or 0
return counts
