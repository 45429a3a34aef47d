-- ARGV: id. Clears the tombstone of a removed message.
local id = ARGV[1]
redis.call('ZREM', listed('REMOVED'), id)
if redis.call('HGET', record(id), 'state') == 'REMOVED' then redis.call('DEL', record(id)) end
return 1
