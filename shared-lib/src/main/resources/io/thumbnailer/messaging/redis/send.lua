-- ARGV: id, lane, delay ms, field, value, ... Returns 1, or 0 when the id is known.
local id, lane, delay = ARGV[1], ARGV[2], tonumber(ARGV[3])
if redis.call('EXISTS', record(id)) == 1 then return 0 end
local at = now()
redis.call('HSET', record(id), 'lane', lane, 'deliveries', 0, 'fence', 0, 'sentAt', at,
  unpack(ARGV, 4))
enter(id, 'QUEUED', at)
if delay > 0 then
  redis.call('ZADD', delayed, at + delay, id)
else
  enqueue(id)
end
return 1
