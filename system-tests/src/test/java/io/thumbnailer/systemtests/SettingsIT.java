package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An invalid setting stops a server at its start with a message of one line. */
class SettingsIT {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INGEST | THUMBNAILER_UPLOAD_MAX_BYTES | lots | thumbnailer.upload.max-bytes",
        "INGEST | THUMBNAILER_UPLOAD_MAX_DISK_BYTES | 9 | thumbnailer.upload.max-disk-bytes",
        "INGEST | THUMBNAILER_ACCESS          | shut | thumbnailer.access",
        "WORKER | THUMBNAILER_WORKER_LEASE     | PT1S | thumbnailer.worker.lease"
      })
  void aWrongSettingStopsTheServerWithOneLine(
      ServerRole role, String name, String value, String key) throws Exception {
    try (Deployment deployment = Deployment.start(directory)) {
      LibertyServer server = deployment.launchServer(role, Map.of(name, value));
      assertThat(server.process().waitFor(Deployment.START_LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isTrue();
      assertThat(server.process().exitValue()).isNotZero();
      assertThat(lines(server))
          .filteredOn(line -> line.contains("Thumbnailer cannot start"))
          .singleElement()
          .asString()
          .contains("setting " + key + ": ");
    }
  }

  private static java.util.List<String> lines(LibertyServer server) throws IOException {
    return Files.readAllLines(server.log());
  }
}
