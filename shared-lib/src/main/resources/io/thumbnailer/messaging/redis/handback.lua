-- ARGV: id, lease. The delivery does not count. Returns 1, or 0 if the lease is not held.
if not holds(ARGV[1], ARGV[2]) then return 0 end
hand_back(ARGV[1], now())
return 1
