-- ARGV: id, fence, outcome, retention ms. Returns 1, or 0 when the lease is not held.
-- Repeating it with the same fence is harmless: clients replay commands after a reconnect.
local id, fence, at = ARGV[1], ARGV[2], now()
if not holds(id, fence) then
  local done = redis.call('HMGET', record(id), 'state', 'fence')
  return done[1] == 'ACKNOWLEDGED' and done[2] == fence and 1 or 0
end
dequeue(id)
redis.call('HSET', record(id), 'outcome', ARGV[3], 'endedAt', at)
enter(id, 'ACKNOWLEDGED', at)
redis.call('PEXPIRE', record(id), ARGV[4])
return 1
