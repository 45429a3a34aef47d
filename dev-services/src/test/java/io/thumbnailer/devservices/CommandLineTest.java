package io.thumbnailer.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  private static final Path DATA = Path.of("data");

  @Test
  void readsEveryOption() {
    CommandLine line =
        CommandLine.parse(
            List.of(
                "--data=/a=b",
                "--redis-port=1",
                "--s3-port=65535",
                "--bucket=photos",
                "--no-redis",
                "--no-s3",
                "--foreground"),
            Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret"),
            DATA);
    assertThat(line.foreground()).isTrue();
    assertThat(line.settings())
        .isEqualTo(
            new DevServicesSettings(
                Path.of("/a=b"), 1, 65_535, "photos", "key", "secret", false, false));
  }

  @Test
  void hasTheUsualPortsAsDefault() {
    CommandLine line = CommandLine.parse(List.of(), Map.of("AWS_ACCESS_KEY_ID", "half"), DATA);
    assertThat(line).isEqualTo(new CommandLine(DevServicesSettings.in(DATA), false));
    assertThat(line.settings().redisPort()).isEqualTo(6379);
    assertThat(line.settings().s3Port()).isEqualTo(9000);
  }

  @Test
  void refusesUnknownOptions() {
    for (String wrong : List.of("--port=1", "--redis-port=0", "--s3-port=65536", "--s3-port=x")) {
      assertThatExceptionOfType(DevServicesException.class)
          .isThrownBy(() -> CommandLine.parse(List.of(wrong), Map.of(), DATA))
          .withMessageContaining(wrong);
    }
  }

  @Test
  void findsTheDataDirectory(@TempDir Path directory) throws IOException {
    Map<String, String> variable = Map.of("THUMBNAILER_DEV_SERVICES_DATA", "/variable");
    Path inside = Files.createDirectories(directory.resolve("project/target/servers"));
    Path temporary = directory.resolve("tmp");
    assertThat(DataLocation.resolve(variable, Optional.of("/property"), inside, temporary))
        .isEqualTo(Path.of("/property"));
    assertThat(DataLocation.resolve(variable, Optional.empty(), inside, temporary))
        .isEqualTo(Path.of("/variable"));
    assertThat(DataLocation.resolve(Map.of(), Optional.empty(), inside, temporary))
        .isEqualTo(temporary.resolve("thumbnailer.dev-services"));
    Files.createFile(directory.resolve("project/mvnw"));
    assertThat(DataLocation.resolve(Map.of(), Optional.empty(), inside, temporary))
        .isEqualTo(directory.resolve("project/.dev-services"));
  }
}
