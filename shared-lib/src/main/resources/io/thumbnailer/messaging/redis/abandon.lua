-- ARGV: lease. Hands back all messages of a claim whose response was lost. Returns their number.
local count_, at = 0, now()
for _, id in ipairs(redis.call('ZRANGE', leases, 0, -1)) do
  local message = load(id)
  if held_by(message, ARGV[1]) then
    hand_back(message, at)
    count_ = count_ + 1
  end
end
return count_
