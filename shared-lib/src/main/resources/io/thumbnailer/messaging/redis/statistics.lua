-- Returns the result of measure(), with rates over the last minute.
return measure(now(), RATE_BUCKETS)
