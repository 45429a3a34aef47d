-- ARGV: id, lease, delay ms, code, detail, stack, 1 if the delivery counts.
-- Returns 1, or 0 if the lease is not held.
local message, at = load(ARGV[1]), now()
if not held_by(message, ARGV[2]) then return 0 end
failed(message.id, at, ARGV[4], ARGV[5], ARGV[6])
leave(message)
if ARGV[7] == '0' then message.deliveries = message.deliveries - 1 end
enter(message, 'RETRYING', at, 'deliveries', message.deliveries)
redis.call('ZADD', delayed, at + ARGV[3], message.id)
return 1
