-- ARGV: operation, key, owner, then by operation:
--   begin: fingerprint, seed, lock ms, retention ms
--   complete: answer
--   release: nothing
-- Returns the status of the key (new, busy, other, known), its seed and its answer.
local what, owner, at = ARGV[1], ARGV[3], now()
local key = base .. 'idempotency:' .. ARGV[2]
if what == 'begin' then
  local known = redis.call('HMGET', key, 'fingerprint', 'seed', 'answer', 'owner', 'until')
  if known[1] and known[1] ~= ARGV[4] then return { 'other', '', '' } end
  if known[3] then return { 'known', known[2], known[3] } end
  if known[1] and known[4] ~= owner and at < tonumber(known[5]) then return { 'busy', '', '' } end
  local seed = known[2] or ARGV[5]
  redis.call('HSET', key, 'fingerprint', ARGV[4], 'seed', seed, 'owner', owner,
    'until', at + ARGV[6])
  if not known[1] then redis.call('PEXPIRE', key, ARGV[7]) end
  return { 'new', seed, '' }
end
if redis.call('HGET', key, 'owner') == owner then
  if what == 'complete' then
    redis.call('HSET', key, 'answer', ARGV[4])
  elseif redis.call('HEXISTS', key, 'answer') == 0 then
    redis.call('DEL', key)
  end
end
return { 'new', '', '' }
