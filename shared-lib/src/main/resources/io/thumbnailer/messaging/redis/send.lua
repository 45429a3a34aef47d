-- ARGV: id, lane, delay ms, body, time to live ms or '', 1 for an end notice.
-- Returns 1, or 0 if the id is known.
local id, lane, delay, text, life, notice = unpack(ARGV)
if redis.call('EXISTS', record(id)) == 1 then return 0 end
local message, at = { id = id, lane = lane, deliveries = '0' }, now()
-- Remains of a lost record with this id must not become part of this message: it would be delivered
-- before its delay is over.
leave(message)
local fields = { 'lane', lane, 'deliveries', 0, 'sentAt', at }
local function set(name, value)
  fields[#fields + 1] = name
  fields[#fields + 1] = value
end
if life ~= '' then set('timeToLive', life) end
if notice == '1' then set('endNotice', 1) end
if tonumber(delay) > 0 then
  redis.call('ZADD', delayed, at + delay, id)
else
  set('entry', add(message))
end
redis.call('SET', body(id), text)
enter(message, 'QUEUED', at, unpack(fields))
count('sent', at)
return 1
