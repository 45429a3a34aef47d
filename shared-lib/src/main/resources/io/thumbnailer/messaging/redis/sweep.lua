-- ARGV: lane, entry to start after, how many. Deletes entries without a record, which would
-- count as backlog forever. Returns the last entry examined, '' at the end, and the number of deleted
-- entries.
local lane, swept = ARGV[1], 0
local entries = redis.call('XRANGE', stream(lane), '(' .. ARGV[2], '+', 'COUNT', ARGV[3])
for _, entry in ipairs(entries) do
  if redis.call('HGET', record(entry[2][2]), 'entry') ~= entry[1] then
    redis.call('XACK', stream(lane), GROUP, entry[1])
    redis.call('XDEL', stream(lane), entry[1])
    swept = swept + 1
  end
end
local last = entries[#entries]
return { #entries == tonumber(ARGV[3]) and last[1] or '', tostring(swept) }
