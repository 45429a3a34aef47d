-- Returns what measure() does, with rates over the last minute.
return measure(now(), RATE_BUCKETS)
