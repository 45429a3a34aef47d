/** Calls the API: adds the key, turns every failure into a {@link Problem}. */

/** A failed call. `retryAfter` is in seconds, undefined if the server named none. */
export class Problem extends Error {
  constructor({ code, title, detail, status }, retryAfter) {
    super(detail ?? title ?? code);
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** A problem without an answer. */
  static unreachable() {
    return new Problem({ code: "unreachable" });
  }

  /** The problem of an answer whose body is a problem detail, or something else if a proxy wrote it. */
  static of(status, body, retryAfter) {
    const seconds = /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) : undefined;
    const described = body && typeof body === "object" && typeof body.code === "string" ? body : undefined;
    return new Problem(described ?? { ...ofStatus(status), status }, seconds);
  }
}

function ofStatus(status) {
  const code = { 401: "unauthorized", 403: "forbidden", 404: "not-found", 413: "too-large", 429: "rate-limited" }[status];
  if (code) {
    return { code };
  }
  return [502, 503, 504].includes(status)
    ? { code: "unreachable" }
    : { code: `http-${status}`, title: `The server responded with ${status}` };
}

export function authorization(key) {
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/** Fetches; throws a {@link Problem} unless the answer is 2xx. An abort stays an `AbortError`. */
export async function call(path, { key, headers, ...options } = {}) {
  let response;
  try {
    response = await fetch(path, {
      cache: "no-store",
      ...options,
      headers: { ...headers, ...authorization(key) },
    });
  } catch (error) {
    throw error.name === "AbortError" ? error : Problem.unreachable();
  }
  if (!response.ok) {
    const body = await response.json().catch(() => null);
    throw Problem.of(response.status, body, response.headers.get("Retry-After"));
  }
  return response;
}
