-- ARGV: id, fence. The delivery does not count. Returns 1, or 0 when the lease is not held.
local id, at = ARGV[1], now()
if not holds(id, ARGV[2]) then return 0 end
local deliveries = redis.call('HINCRBY', record(id), 'deliveries', -1)
give_back(id, deliveries > 0 and 'RETRYING' or 'QUEUED', at)
return 1
