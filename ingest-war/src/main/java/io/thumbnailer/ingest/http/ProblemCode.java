package io.thumbnailer.ingest.http;

/** The stable error codes of the HTTP contract. */
public enum ProblemCode {
  NO_FILE(400, "no-file", "No file"),
  BAD_REQUEST(400, "bad-request", "Bad request"),
  UNAUTHORIZED(401, "unauthorized", "Unauthorized"),
  FORBIDDEN(403, "forbidden", "Forbidden"),
  NOT_FOUND(404, "not-found", "Not found"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "Method not allowed"),
  NOT_ACCEPTABLE(406, "not-acceptable", "Not acceptable"),
  REQUEST_TIMEOUT(408, "request-timeout", "Request timeout"),
  IDEMPOTENCY_CONFLICT(409, "idempotency-conflict", "Idempotency key conflict"),
  TOO_LARGE(413, "too-large", "File too large"),
  UNSUPPORTED_TYPE(415, "unsupported-type", "Unsupported type"),
  UNREADABLE_IMAGE(422, "unreadable-image", "Unreadable image"),
  TRUNCATED_IMAGE(422, "truncated-image", "Truncated image"),
  TOO_MANY_PIXELS(422, "too-many-pixels", "Too many pixels"),
  RATE_LIMITED(429, "rate-limited", "Too many requests"),
  INTERNAL_ERROR(500, "internal-error", "Internal error"),
  OVERLOADED(503, "overloaded", "Overloaded"),
  QUEUE_FULL(503, "queue-full", "Queue full"),
  STORAGE_UNAVAILABLE(503, "storage-unavailable", "Storage unavailable"),
  QUEUE_UNAVAILABLE(503, "queue-unavailable", "Queue unavailable");

  private final int status;
  private final String code;
  private final String title;

  ProblemCode(int status, String code, String title) {
    this.status = status;
    this.code = code;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The code as clients see it. */
  public String code() {
    return code;
  }

  /** A short title, the same for every occurrence. */
  public String title() {
    return title;
  }
}
