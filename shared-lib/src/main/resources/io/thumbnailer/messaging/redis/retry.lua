-- ARGV: id, lease, delay ms, code, detail, stack, 1 when the delivery counts.
-- Returns 1, or 0 when the lease is not held.
local id, at = ARGV[1], now()
if not holds(id, ARGV[2]) then return 0 end
failed(id, at, ARGV[4], ARGV[5], ARGV[6])
leave(id)
if ARGV[7] == '0' then redis.call('HINCRBY', record(id), 'deliveries', -1) end
enter(id, 'RETRYING', at)
redis.call('ZADD', delayed, at + ARGV[3], id)
return 1
