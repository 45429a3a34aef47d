-- ARGV: lease ms, id, lease, id, lease, ... Returns the ids whose lease was lost. One
-- that its holder gave up by acknowledging is not lost: the response may still be in transit.
local until_ = now() + ARGV[1]
local lost = {}
for i = 2, #ARGV, 2 do
  local message = load(ARGV[i])
  if held_by(message, ARGV[i + 1]) then
    redis.call('ZADD', leases, until_, ARGV[i])
  elseif not acknowledged_by(message, ARGV[i + 1]) then
    lost[#lost + 1] = ARGV[i]
  end
end
return lost
