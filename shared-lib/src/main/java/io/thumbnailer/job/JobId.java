package io.thumbnailer.job;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identifies a job: a UUID of version 7 (RFC 9562, section 5.7), so that ids sort by creation time
 * and their 74 random bits cannot be guessed.
 *
 * @param value the UUID
 */
public record JobId(UUID value) implements Comparable<JobId> {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  /** A new id with the current time in milliseconds. */
  public static JobId next() {
    return at(Instant.now());
  }

  static JobId at(Instant time) {
    long randomA = RANDOM.nextInt(1 << 12);
    long high = (time.toEpochMilli() << 16) | 0x7000L | randomA;
    long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new JobId(new UUID(high, low));
  }

  /**
   * Derives an id from a time and a secret that the caller chooses, such as the digest of an
   * idempotency key. The same input gives the same id.
   *
   * @param digest at least 10 bytes that cannot be guessed
   */
  public static JobId derived(Instant time, byte[] digest) {
    ByteBuffer bits = ByteBuffer.wrap(digest);
    long high = (time.toEpochMilli() << 16) | 0x7000L | (bits.getShort() & 0xFFF);
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new JobId(new UUID(high, low));
  }

  /** Reads the canonical lower-case form; anything else is empty, not an error. */
  public static Optional<JobId> parse(String text) {
    return CANONICAL.matcher(text).matches()
        ? Optional.of(new JobId(UUID.fromString(text)))
        : Optional.empty();
  }

  /** When the id was created, to the millisecond. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
  }

  @Override
  public int compareTo(JobId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
