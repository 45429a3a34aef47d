-- ARGV: consumer, its capacity, ms for which it counts as present, 0 when it leaves, its version, when
-- it started in ms since 1970, and how many deliveries it ended in the last minute. Returns 1.
local consumer, capacity, millis = ARGV[1], ARGV[2], tonumber(ARGV[3])
local member = capacity .. ' ' .. consumer
if millis > 0 then
  redis.call('ZADD', present, now() + millis, member)
  redis.call('HSET', consumer_record(consumer), 'version', ARGV[4], 'since', ARGV[5],
    'perMinute', ARGV[6])
  redis.call('PEXPIRE', consumer_record(consumer), millis)
else
  redis.call('ZREM', present, member)
  redis.call('DEL', consumer_record(consumer))
end
return 1
