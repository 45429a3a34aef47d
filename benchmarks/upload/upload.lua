-- wrk sends the photo of the environment's PHOTO as multipart/form-data; prints one line of tab-separated
-- uploads, microseconds, p50 and p99 in microseconds, and answers that were not 2xx or not there.
local boundary = 'thumbnailer-benchmark-boundary'
local file = assert(io.open(os.getenv('PHOTO'), 'rb'))
local photo = file:read('*a')
file:close()

wrk.method = 'POST'
wrk.headers['Content-Type'] = 'multipart/form-data; boundary=' .. boundary
wrk.body = '--' .. boundary .. '\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
  .. 'Content-Type: image/jpeg\r\n\r\n' .. photo .. '\r\n--' .. boundary .. '--\r\n'

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('RESULT %d\t%d\t%d\t%d\t%d\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
