-- ARGV: operation, task, owner, ms. One owner at a time holds the task's lease; after it has ended
-- the lease, nobody gets the next one for ms. Returns 1 if the owner holds the lease.
local what, owner, millis = ARGV[1], ARGV[3], ARGV[4]
local holder, rest = base .. 'task:' .. ARGV[2], base .. 'rest:' .. ARGV[2]
if what == 'begin' then
  if redis.call('EXISTS', rest) == 1 then return 0 end
  if redis.call('SET', holder, owner, 'NX', 'PX', millis) then return 1 end
  return redis.call('GET', holder) == owner and 1 or 0
end
if redis.call('GET', holder) ~= owner then return 0 end
if what == 'extend' then
  redis.call('PEXPIRE', holder, millis)
else
  redis.call('DEL', holder)
  redis.call('SET', rest, '1', 'PX', millis)
end
return 1
