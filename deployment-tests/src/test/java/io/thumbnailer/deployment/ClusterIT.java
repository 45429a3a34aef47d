package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The manifests on a real Kubernetes: the quick steps of {@code cluster-check}. Always on the local
 * cluster, never on that of {@code KUBECONFIG}, because it deploys and removes everything. Skipped,
 * with the reason, where the local cluster is not built or already runs.
 */
class ClusterIT {
  private static final int SKIPPED = 77;
  private static final Duration LIMIT = Duration.ofMinutes(40);
  private static final Path STATE =
      Path.of(System.getenv().getOrDefault("CLUSTER_STATE", "/var/tmp/local-cluster"));

  @Test
  void theQuickStepsOfTheClusterCheckPass() {
    Assumptions.assumeFalse(
        Files.exists(STATE.resolve("kubeconfig")),
        "the local cluster runs; deployment-tests/local-cluster/down removes it");
    Tool.Result result =
        new Tool(Path.of("/usr/bin/env"))
            .tryRun(
                LIMIT,
                "-u",
                "KUBECONFIG",
                ProjectFiles.path("deployment-tests/cluster-check").toString(),
                "--quick");
    Assumptions.assumeFalse(result.exitCode() == SKIPPED, result.output());
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("| `workers-killed`", "| `teardown`");
  }
}
