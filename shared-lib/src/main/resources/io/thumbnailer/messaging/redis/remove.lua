-- ARGV: id, required state or '', retention ms. Returns 1, or 0 if there is no such message.
local message = load(ARGV[1])
if not message.state or (ARGV[2] ~= '' and ARGV[2] ~= message.state) then return 0 end
if message.state ~= 'REMOVED' then remove(message, now(), ARGV[3]) end
return 1
