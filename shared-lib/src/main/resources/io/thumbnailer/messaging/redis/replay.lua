-- ARGV: id, code of messages that are not replayed or ''. The failure is kept as history. Returns 1, or 0 if there is no such dead letter.
local id, at = ARGV[1], now()
if ARGV[2] ~= '' and redis.call('HGET', record(id), 'failureCode') == ARGV[2] then return 0 end
if redis.call('ZREM', dead, id) == 0 then return 0 end
local message = load(id)
if message.state ~= 'DEAD' then return 0 end
redis.call('HINCRBY', record(id), 'replays', 1)
redis.call('HDEL', record(id), 'endedAt', 'lost')
message.deliveries = '0'
enter(message, 'RETRYING', at, 'deliveries', 0, 'entry', add(message))
count('sent', at)
return 1
