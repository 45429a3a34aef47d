-- ARGV: id, fence. The delivery does not count. Returns 1, or 0 when the lease is not held.
local id, at = ARGV[1], now()
if not holds(id, ARGV[2]) then return 0 end
local deliveries = redis.call('HINCRBY', record(id), 'deliveries', -1)
redis.call('HSET', record(id), 'state', deliveries > 0 and 'RETRYING' or 'QUEUED')
give_back(id, at)
return 1
