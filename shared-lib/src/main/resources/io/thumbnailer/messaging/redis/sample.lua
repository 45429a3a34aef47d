-- ARGV: none. Keeps one sample per bucket of the rate, for an hour. Returns 1 if this call made it.
local at = now()
local bucket = math.floor(at / RATE_BUCKET) * RATE_BUCKET
if redis.call('ZCOUNT', history, bucket, bucket) > 0 then return 0 end
local KEPT = 3600000
redis.call('ZADD', history, bucket, bucket .. ' ' .. table.concat(measure(at, 1), ' '))
redis.call('ZREMRANGEBYSCORE', history, '-inf', bucket - KEPT)
redis.call('PEXPIRE', history, KEPT)
return 1
