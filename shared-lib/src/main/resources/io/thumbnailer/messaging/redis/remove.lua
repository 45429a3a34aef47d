-- ARGV: id, required state or '', retention ms. Returns 1, or 0 if there is no such message.
local id = ARGV[1]
local state = redis.call('HGET', record(id), 'state')
if not state or (ARGV[2] ~= '' and ARGV[2] ~= state) then return 0 end
if state ~= 'REMOVED' then remove(id, now(), ARGV[3]) end
return 1
