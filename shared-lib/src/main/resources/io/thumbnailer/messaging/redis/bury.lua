-- ARGV: id, lease, code, detail, stack. Returns 1, or 0 if the lease is not held.
local message, at = load(ARGV[1]), now()
if not held_by(message, ARGV[2]) then return 0 end
failed(message.id, at, ARGV[3], ARGV[4], ARGV[5])
bury(message, at)
return 1
