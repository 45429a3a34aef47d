package io.thumbnailer.devservices.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A key with the admin role for the local server. It is kept in a file that only its owner can
 * read, so that it stays the same when the server is restarted or an application is reloaded.
 */
final class LocalAdminKey {
  private static final String SETTING = "thumbnailer.access.keys.local-admin";
  private static final int BYTES = 24;

  private final String key;

  private LocalAdminKey(String key) {
    this.key = key;
  }

  /**
   * Reads the key in a directory, or creates it if it is missing; empty if the user has configured
   * access.
   */
  static Optional<LocalAdminKey> in(Path directory, UserSettings user) throws IOException {
    if (user.decideAccess()) {
      return Optional.empty();
    }
    Path file = directory.resolve("admin-key");
    Files.createDirectories(directory);
    try {
      Files.createFile(file, ownerOnly(file));
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      Files.writeString(file, HexFormat.of().formatHex(random));
    } catch (FileAlreadyExistsException e) {
      // an earlier start created it
    }
    String key = Files.readString(file).strip();
    if (!key.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
      throw new IOException("not a key: delete " + file + " to get a new one");
    }
    return Optional.of(new LocalAdminKey(key));
  }

  /** The key itself. */
  String value() {
    return key;
  }

  /** The settings with which the ingest application accepts the key. */
  Map<String, String> settings() {
    return Map.of(SETTING, "sha256:" + sha256(key) + ",admin");
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
