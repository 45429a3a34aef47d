/** Formats numbers. */

const UNITS = ["B", "KB", "MB", "GB"];

/** Bytes in steps of 1,000, as file managers and networks count: `3.1 MB`. */
export function bytes(count) {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 99.5 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** A limit as it is usually set: `25 MB` for 25 times 1,048,576 bytes, and otherwise as in `bytes`. */
export function limit(count) {
  const mebi = count / 1_048_576;
  return Number.isInteger(mebi) ? `${mebi.toLocaleString("en")} MB` : bytes(count);
}

/** Seconds in the largest fitting unit: `4.2 s`, `3 min`, `2 h`. */
export function seconds(value) {
  if (value < 10) {
    return `${value.toFixed(1)} s`;
  }
  if (value < 120) {
    return `${Math.round(value)} s`;
  }
  return value < 7200 ? `${Math.round(value / 60)} min` : `${Math.round(value / 3600)} h`;
}

/** Things per second. */
export function rate(value) {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
}

export function count(value, singular, plural = `${singular}s`) {
  return `${value.toLocaleString("en")} ${value === 1 ? singular : plural}`;
}

/** How long ago a moment was, in words. */
export function ago(instant, now = Date.now()) {
  const past = Math.max(0, (now - Date.parse(instant)) / 1000);
  return past < 5 ? "just now" : `${seconds(Math.round(past))} ago`;
}
