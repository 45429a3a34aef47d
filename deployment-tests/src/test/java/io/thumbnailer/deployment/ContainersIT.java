package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The Dockerfile and compose.yaml in real containers, on stand-ins for the images of a registry.
 * Needs podman, and root on a Debian; elsewhere it is skipped and says what was missing.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainersIT {
  private static final int SKIPPED = 77;
  private static final Duration LIMIT = Duration.ofMinutes(12);

  @Test
  @Order(1)
  void aPhotoGoesThroughTheImagesReadOnlyNotAsRootAndOnHalfACore() {
    assertThat(outputOf("container-check")).contains("passed: both containers processed a photo");
  }

  /** Runs after the test above, which builds the images. */
  @Test
  @Order(2)
  void aPhotoGoesThroughComposeWithTwoWorkersWhichPrometheusSees() {
    assertThat(outputOf("compose-check"))
        .contains("passed: compose.yaml processed a photo with two workers");
  }

  private static String outputOf(String script) {
    Tool.required("podman");
    Tool.Result result =
        new Tool(ProjectFiles.path("deployment-tests").resolve(script)).tryRun(LIMIT);
    Assumptions.assumeFalse(result.exitCode() == SKIPPED, result.output());
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }
}
