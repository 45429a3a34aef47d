-- ARGV: id, lease. The delivery does not count. Returns 1, or 0 if the lease is not held.
local message = load(ARGV[1])
if not held_by(message, ARGV[2]) then return 0 end
hand_back(message, now())
return 1
