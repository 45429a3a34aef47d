-- ARGV: consumer, its capacity, ms for which it counts as present, 0 when it leaves. Returns 1.
local consumer, capacity, millis = ARGV[1], ARGV[2], tonumber(ARGV[3])
local member = capacity .. ' ' .. consumer
if millis > 0 then
  redis.call('ZADD', present, now() + millis, member)
else
  redis.call('ZREM', present, member)
end
return 1
