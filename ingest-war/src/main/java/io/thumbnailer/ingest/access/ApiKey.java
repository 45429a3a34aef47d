package io.thumbnailer.ingest.access;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key. Only its SHA-256 digest is known: sufficient for a random key of 128 bits or more,
 * which cannot be guessed, and fast, unlike password hashes.
 *
 * @param name identifies the key in limits and logs
 * @param digest SHA-256 of the key's UTF-8 bytes, in lower-case hex
 * @param role the key's role
 * @param limits of its rate and quota
 */
record ApiKey(String name, String digest, Role role, CallerLimits limits) {
  private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-fA-F]{64})");

  /**
   * Reads {@code sha256:HEX[,client|admin][,rate=100/s][,burst=200][,quota=10000/d]}.
   *
   * @throws IllegalArgumentException if it is malformed; the message does not contain it
   */
  static ApiKey parse(String name, String specification) {
    String[] parts = specification.split(",", -1);
    Matcher matcher = DIGEST.matcher(parts[0].strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must start with sha256: and 64 hexadecimal digits");
    }
    Role role = Role.CLIENT;
    CallerLimits.Builder limits = new CallerLimits.Builder();
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      switch (part) {
        case "client" -> role = Role.CLIENT;
        case "admin" -> role = Role.ADMIN;
        default -> limits.read(part);
      }
    }
    return new ApiKey(name, matcher.group(1).toLowerCase(Locale.ROOT), role, limits.build());
  }

  /** Compares a digest in constant time. */
  boolean matches(byte[] presentedDigest) {
    return MessageDigest.isEqual(HexFormat.of().parseHex(digest), presentedDigest);
  }

  /** The caller that uses this key. */
  Caller caller() {
    return new Caller(name, role, limits);
  }

  @Override
  public String toString() {
    return "ApiKey[" + name + ", " + role + "]";
  }
}
