-- ARGV: lease ms, id, lease, id, lease, ... Returns the ids whose lease is no longer held.
local until_ = now() + ARGV[1]
local lost = {}
for i = 2, #ARGV, 2 do
  if holds(ARGV[i], ARGV[i + 1]) then
    redis.call('ZADD', leases, until_, ARGV[i])
  else
    lost[#lost + 1] = ARGV[i]
  end
end
return lost
