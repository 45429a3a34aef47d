-- Returns for each consumer that is present its name, version, capacity, leases held, start in ms
-- since 1970, and deliveries ended in the last minute. A lease is named after its holder.
local at = now()
redis.call('ZREMRANGEBYSCORE', present, '-inf', at)
local busy = {}
for _, id in ipairs(redis.call('ZRANGE', leases, 0, -1)) do
  local holder = string.match(redis.call('HGET', record(id), 'lease') or '', '^(.*)/[^/]*/[^/]*$')
  if holder then busy[holder] = (busy[holder] or 0) + 1 end
end
local found = {}
for _, member in ipairs(redis.call('ZRANGE', present, 0, -1)) do
  local capacity, name = string.match(member, '^(%d+) (.*)$')
  local known = redis.call('HMGET', consumer_record(name), 'version', 'since', 'perMinute')
  found[#found + 1] = { name, known[1] or '', capacity, tostring(busy[name] or 0),
    known[2] or tostring(at), known[3] or '0' }
end
return found
