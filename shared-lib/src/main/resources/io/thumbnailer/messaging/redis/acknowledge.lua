-- ARGV: id, lease, outcome in the form that is appended to the body, retention ms. Returns 1, or 0 if the lease
-- is not held. Safe to repeat with the same lease: clients replay commands after a reconnect.
local id, lease, at = ARGV[1], ARGV[2], now()
local message = load(id)
if not held_by(message, lease) then
  return acknowledged_by(message, lease) and 1 or 0
end
close(message, at, 'ACKNOWLEDGED')
redis.call('APPEND', body(id), ARGV[3])
keep(id, ARGV[4])
return 1
