package io.thumbnailer.devservices.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.DevServicesMain;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevServicesProcessTest {
  private static final String DATA = "thumbnailer.dev-services.data";

  @TempDir Path directory;

  @Test
  void startsOnlyServicesThatTheUserHasNotConfigured() throws IOException, InterruptedException {
    System.setProperty(DATA, directory.toString());
    UserSettings user =
        new UserSettings(
            Map.of("REDIS_URL", "redis://mine"),
            Map.of("AWS_ACCESS_KEY_ID", "mine", "AWS_SECRET_ACCESS_KEY", "my secret"));
    try (DevServicesProcess process = DevServicesProcess.launch(user)) {
      assertThat(process.awaitReady())
          .doesNotContainKey("REDIS_URL")
          .containsEntry("AWS_ACCESS_KEY_ID", "mine")
          .containsEntry("AWS_SECRET_ACCESS_KEY", "my secret")
          .containsKeys("AWS_ENDPOINT_URL_S3", "AWS_S3_BUCKET_NAME");
    } finally {
      System.clearProperty(DATA);
    }
  }

  @Test
  void findsTheFilesBehindClassLoaders() throws IOException {
    assertThat(ChildClassPath.of(DevServicesMain.class).split(File.pathSeparator))
        .anyMatch(file -> file.contains("dev-services"))
        .anyMatch(file -> file.contains("s3proxy"));
    Path jar = Files.createFile(directory.resolve("a b.jar"));
    URI url = URI.create("jar:" + jar.toUri() + "!/META-INF/MANIFEST.MF");
    assertThat(ChildClassPath.file(url.toURL())).contains(jar);
    Path manifest = Files.createDirectories(directory.resolve("META-INF")).resolve("MANIFEST.MF");
    assertThat(ChildClassPath.file(manifest.toUri().toURL())).contains(directory);
    assertThat(ChildClassPath.file(URI.create("http://a/b.jar").toURL())).isEmpty();
  }
}
