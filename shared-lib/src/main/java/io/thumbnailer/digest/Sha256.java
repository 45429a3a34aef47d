package io.thumbnailer.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests (FIPS 180-4). Texts are digested as UTF-8; hexadecimal digits are lower case. */
public final class Sha256 {
  private Sha256() {}

  /** Returns a new digest to be updated step by step. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the 32 bytes of a text's digest. */
  public static byte[] of(String text) {
    return newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the 64 hexadecimal digits of a text's digest. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }

  /** Returns the 64 hexadecimal digits of the digest of bytes. */
  public static String hex(byte[] content) {
    return HexFormat.of().formatHex(newDigest().digest(content));
  }

  /** Completes a digest and returns its 64 hexadecimal digits. */
  public static String hex(MessageDigest updated) {
    return HexFormat.of().formatHex(updated.digest());
  }
}
