-- ARGV: 'rate', microseconds per token, burst; or 'quota', window ms, most, amount.
-- Returns 1 if allowed or 0, the remaining amount, ms until all of it is available again, ms until it
-- would be allowed.
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]

local function rate(interval, burst)
  local key = base .. 'rate'
  local arrival = math.max(micros, tonumber(redis.call('GET', key) or 0))
  local next_arrival, latest = arrival + interval, micros + burst * interval
  local allowed, wait = next_arrival <= latest, 0
  if allowed then
    arrival = next_arrival
    redis.call('SET', key, string.format('%.0f', arrival), 'PX',
      math.ceil((arrival - micros) / 1000))
  else
    wait = math.ceil((next_arrival - latest) / 1000)
  end
  return { allowed and 1 or 0, math.floor((latest - arrival) / interval),
    math.ceil((arrival - micros) / 1000), wait }
end

local function quota(window, most, amount)
  local millis = math.floor(micros / 1000)
  local number = math.floor(millis / window)
  local key = base .. 'quota:' .. string.format('%.0f', number)
  local used, rest = tonumber(redis.call('GET', key) or 0), (number + 1) * window - millis
  if used + amount > most then return { 0, math.max(0, most - used), rest, rest } end
  redis.call('INCRBY', key, amount)
  redis.call('PEXPIRE', key, rest)
  return { 1, most - used - amount, rest, 0 }
end

if ARGV[1] == 'rate' then return rate(tonumber(ARGV[2]), tonumber(ARGV[3])) end
return quota(tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]))
