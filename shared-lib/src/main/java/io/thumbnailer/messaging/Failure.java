package io.thumbnailer.messaging;

import java.time.Instant;

/**
 * Why an attempt failed.
 *
 * @param code stable and machine-readable, such as {@code unreadable-image}
 * @param detail one sentence for a human reader
 * @param stackSummary the first frames of the exception, one per line; may be empty
 * @param firstAt when the message failed for the first time
 * @param lastAt when it last failed
 */
public record Failure(
    String code, String detail, String stackSummary, Instant firstAt, Instant lastAt) {}
