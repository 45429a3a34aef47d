package io.thumbnailer.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevServicesTest {
  @TempDir Path directory;

  private final List<String> lines = new ArrayList<>();

  @Test
  void takesAnotherPortThanABusyOneAndSaysSo() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, LocalPort.loopback())) {
      DevServicesSettings settings =
          DevServicesSettings.in(directory)
              .withPorts(busy.getLocalPort(), LocalPort.free())
              .withoutS3();
      try (DevServices services = DevServices.start(settings, lines::add)) {
        int port = URI.create(services.environment().get("REDIS_URL")).getPort();
        assertThat(port).isNotEqualTo(busy.getLocalPort());
        assertThat(lines)
            .contains(
                "Port " + busy.getLocalPort() + " for Redis is in use; using " + port + " instead");
        assertThat(services.environment()).containsOnlyKeys("REDIS_URL");
      }
    }
  }

  @Test
  void describesBothServicesAsEnvironment() {
    DevServicesSettings settings = anyPorts(directory).withBucket("photos");
    try (DevServices services = DevServices.start(settings, lines::add)) {
      assertThat(services.environment())
          .containsEntry("REDIS_URL", "redis://127.0.0.1:" + settings.redisPort())
          .containsEntry("AWS_S3_BUCKET_NAME", "photos")
          .containsEntry("AWS_REGION", "us-east-1")
          .containsEntry("AWS_ACCESS_KEY_ID", "test")
          .containsEntry("AWS_SECRET_ACCESS_KEY", "testtest")
          .containsEntry("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + settings.s3Port())
          .hasSize(6);
    }
    assertThat(LocalPort.isFree(settings.redisPort())).isTrue();
    assertThat(LocalPort.isFree(settings.s3Port())).isTrue();
  }

  @Test
  void takesASiblingOfADirectoryInUse() {
    Path data = directory.resolve("data");
    try (DevServices first = DevServices.start(anyPorts(data).withoutS3(), lines::add);
        DevServices second = DevServices.start(anyPorts(data).withoutS3(), lines::add)) {
      assertThat(second.environment()).isNotEqualTo(first.environment());
      assertThat(lines)
          .contains(
              "Data directory "
                  + data
                  + " is in use; using "
                  + directory.resolve("data-2")
                  + " instead");
    }
    try (DevServices again = DevServices.start(anyPorts(data).withoutS3(), lines::add)) {
      assertThat(lines.get(lines.size() - 1)).endsWith(data.resolve("redis").toString());
      assertThat(again.environment()).isNotEmpty();
    }
  }

  private static DevServicesSettings anyPorts(Path data) {
    return DevServicesSettings.in(data).withPorts(LocalPort.free(), LocalPort.free());
  }
}
