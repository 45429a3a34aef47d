-- ARGV: id, state that it must be in or '', retention ms. Returns 1, or 0 when there is no such
-- message. A tombstone stays: the id cannot be sent again, and a consumer that has the message can
-- tell that it was removed and not taken over.
local id, at = ARGV[1], now()
local state = redis.call('HGET', record(id), 'state')
if not state or (ARGV[2] ~= '' and ARGV[2] ~= state) then return 0 end
if state == 'REMOVED' then return 1 end
dequeue(id)
redis.call('ZREM', delayed, id)
redis.call('ZREM', dead, id)
redis.call('ZREM', listed(state), id)
redis.call('DEL', record(id))
redis.call('HSET', record(id), 'deliveries', 0, 'fence', 0, 'sentAt', at, 'endedAt', at)
enter(id, 'REMOVED', at)
redis.call('PEXPIRE', record(id), ARGV[3])
return 1
