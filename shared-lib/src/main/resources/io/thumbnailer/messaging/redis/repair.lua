-- ARGV: ids. Enqueues each message again whose record says that it is waiting or held but which is
-- in no lane or set. Returns for each id its state, '' if unknown, and finally the number of repaired
-- messages.
local states, repaired, at = {}, 0, now()

local function in_lane(message)
  local entry = message.entry
  if not entry then return false end
  local lane = stream(message.lane)
  if #redis.call('XRANGE', lane, entry, entry) == 0 then return false end
  local pending = redis.pcall('XPENDING', lane, GROUP, entry, entry, 1)
  local delivered = not pending.err and #pending > 0
  return not delivered or redis.call('ZSCORE', returned, message.id)
end

local function lost(message)
  if message.state == 'DELIVERED' then return not redis.call('ZSCORE', leases, message.id) end
  return waits(message.state) and not redis.call('ZSCORE', delayed, message.id)
    and not in_lane(message)
end

for i, id in ipairs(ARGV) do
  local message = load(id)
  states[i] = message.state or ''
  if lost(message) then
    leave(message)
    states[i] = waits(message.state) and message.state or 'RETRYING'
    enter(message, states[i], at, 'entry', add(message))
    repaired = repaired + 1
  elseif message.state == 'DEAD' then
    redis.call('ZADD', dead, 'NX', at, id)
  end
end
states[#states + 1] = tostring(repaired)
return states
