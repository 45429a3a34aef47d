package io.thumbnailer.devservices.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAdminKeyTest {
  private static final UserSettings NOTHING_SET = new UserSettings(Map.of(), Map.of());

  @TempDir Path directory;

  @Test
  void theKeyIsTheSameAfterAnotherStartAndOnlyItsOwnerCanReadIt() throws IOException {
    LocalAdminKey first = key(NOTHING_SET).orElseThrow();
    LocalAdminKey second = key(NOTHING_SET).orElseThrow();
    assertThat(first.value()).hasSize(48).isEqualTo(second.value());
    assertThat(first.settings()).isEqualTo(second.settings());
    assertThat(first.settings().toString()).contains("sha256:").doesNotContain(first.value());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void noKeyIsCreatedIfTheUserConfiguredAccess() throws IOException {
    assertThat(key(new UserSettings(Map.of("THUMBNAILER_ACCESS", "api-keys"), Map.of()))).isEmpty();
    assertThat(key(new UserSettings(Map.of("THUMBNAILER_ACCESS_KEYS_OPS", "sha256:x"), Map.of())))
        .isEmpty();
    assertThat(file()).doesNotExist();
  }

  @Test
  void aBrokenFileIsNotTakenForAKey() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "");
    assertThatThrownBy(() -> key(NOTHING_SET)).hasMessageContaining("delete");
  }

  @Test
  void theSummaryNamesEveryAddress() {
    String text =
        StartSummary.text(
            URI.create("http://localhost:9080/"),
            Optional.of("secret"),
            Map.of("REDIS_URL", "redis://localhost:6379"));
    assertThat(text)
        .contains("http://localhost:9080/operator", "secret", "redis://localhost:6379")
        .containsPattern("S3 +as configured");
  }

  private Path file() {
    return directory.resolve("data/admin-key");
  }

  private Optional<LocalAdminKey> key(UserSettings user) throws IOException {
    return LocalAdminKey.in(directory.resolve("data"), user);
  }
}
