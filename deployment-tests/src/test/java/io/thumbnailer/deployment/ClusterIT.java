package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The manifests on a real Kubernetes: the quick steps of {@code cluster-check}, with the images
 * that {@link ContainersIT} built. Only with {@code -Dthumbnailer.cluster=true}, since the check
 * has not yet passed as a whole; skipped, with the reason, where neither a cluster is given nor the
 * local one is built.
 */
class ClusterIT {
  private static final int SKIPPED = 77;
  private static final Duration LIMIT = Duration.ofMinutes(20);

  @Test
  void theQuickStepsOfTheClusterCheckPass() {
    Assumptions.assumeTrue(
        Boolean.getBoolean("thumbnailer.cluster"), "asked for with -Dthumbnailer.cluster=true");
    Tool.Result result =
        new Tool(ProjectFiles.path("deployment-tests/cluster-check")).tryRun(LIMIT, "--quick");
    Assumptions.assumeFalse(result.exitCode() == SKIPPED, result.output());
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("| `workers-killed`", "| `teardown`");
  }
}
