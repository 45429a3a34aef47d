-- ARGV: id. The failure stays as history. Returns 1, or 0 when there is no such dead letter.
local id, at = ARGV[1], now()
if redis.call('ZREM', dead, id) == 0 then return 0 end
redis.call('HSET', record(id), 'state', 'RETRYING', 'deliveries', 0, 'updatedAt', at)
redis.call('HDEL', record(id), 'endedAt')
enqueue(id)
return 1
