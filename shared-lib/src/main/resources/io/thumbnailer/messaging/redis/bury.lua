-- ARGV: id, lease, code, detail, stack. Returns 1, or 0 if the lease is not held.
local id, at = ARGV[1], now()
if not holds(id, ARGV[2]) then return 0 end
failed(id, at, ARGV[3], ARGV[4], ARGV[5])
bury(id, at)
return 1
