-- ARGV: most deliveries, how many. Takes back what has an expired lease, and puts what is due in
-- its lane. Returns how many leases had expired.
local most, limit, at = tonumber(ARGV[1]), ARGV[2], now()
local expired = redis.call('ZRANGEBYSCORE', leases, 0, at, 'LIMIT', 0, limit)
for _, id in ipairs(expired) do
  failed(id, at, 'worker-lost', 'the consumer of the message fell silent', '')
  if tonumber(redis.call('HGET', record(id), 'deliveries')) >= most then
    bury(id, at)
  else
    give_back(id, 'RETRYING', at)
  end
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', delayed, 0, at, 'LIMIT', 0, limit)) do
  redis.call('ZREM', delayed, id)
  enqueue(id)
end
return #expired
