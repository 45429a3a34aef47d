-- ARGV: ids. Enqueues each message again whose record says that it is waiting or held but which is
-- in no lane or set. Returns for each id its state, '' if unknown, and finally the number of repaired
-- messages.
local states, repaired, at = {}, 0, now()

local function in_lane(id, lane, entry)
  if not entry or #redis.call('XRANGE', stream(lane), entry, entry) == 0 then return false end
  local pending = redis.pcall('XPENDING', stream(lane), GROUP, entry, entry, 1)
  local delivered = not pending.err and #pending > 0
  return not delivered or redis.call('ZSCORE', returned, id)
end

local function lost(id, known)
  if known[1] == 'DELIVERED' then return not redis.call('ZSCORE', leases, id) end
  return waits(known[1]) and not redis.call('ZSCORE', delayed, id)
    and not in_lane(id, known[2], known[3])
end

for i, id in ipairs(ARGV) do
  local known = redis.call('HMGET', record(id), 'state', 'lane', 'entry')
  states[i] = known[1] or ''
  if lost(id, known) then
    leave(id)
    states[i] = waits(known[1]) and known[1] or 'RETRYING'
    enter(id, states[i], at)
    enqueue(id)
    repaired = repaired + 1
  elseif known[1] == 'DEAD' then
    redis.call('ZADD', dead, 'NX', at, id)
  end
end
states[#states + 1] = tostring(repaired)
return states
