-- ARGV: id, lane, delay ms, body, time to live ms or '', 1 for an end notice.
-- Returns 1, or 0 if the id is known.
local id, lane, delay, text, life, notice = unpack(ARGV)
if redis.call('EXISTS', record(id)) == 1 then return 0 end
-- Remains of a lost record with this id must not become part of this message: it would be delivered
-- before its delay is over.
leave(id)
local at = now()
redis.call('HSET', record(id), 'lane', lane, 'deliveries', 0, 'sentAt', at)
if life ~= '' then redis.call('HSET', record(id), 'timeToLive', life) end
if notice == '1' then redis.call('HSET', record(id), 'endNotice', 1) end
redis.call('SET', body(id), text)
enter(id, 'QUEUED', at)
count('sent', at)
if tonumber(delay) > 0 then
  redis.call('ZADD', delayed, at + delay, id)
else
  enqueue(id)
end
return 1
