package io.thumbnailer.scalinglab.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.hpa.ScalingBehavior;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HpaScalerTest {
  @Test
  void theNextReconcileIsDueAPeriodAfterTheEndOfTheLast() {
    HpaScaler scaler =
        new HpaScaler(spec("backlog"), ControllerSettings.DEFAULTS, 3, () -> 0.25, Map.of());
    assertThat(scaler.nextSeconds()).isEqualTo(3);
    // Asked late, as by a busy controller: the phase moves.
    scaler.decide(at(4));
    assertThat(scaler.nextSeconds()).isEqualTo(4 + 0.25 + 15);
  }

  @Test
  void aQueryComputesItsMetricFromOthers() {
    HpaScaler scaler =
        new HpaScaler(
            spec("demand"),
            ControllerSettings.DEFAULTS,
            0,
            () -> 0,
            Map.of(
                "demand",
                (seconds, metrics) -> metrics.external("backlog") / 1000.0 / 20 + seconds));
    // 60 jobs / 20 s + 1 of the time: 4, one for each worker
    assertThat(scaler.decide(at(1))).isEqualTo(4);
  }

  private static HpaSpec spec(String metric) {
    return new HpaSpec(
        "worker",
        1,
        20,
        List.of(new MetricSpec.ExternalAverageValue(metric, 1000)),
        Optional.of(ScalingBehavior.DEFAULT));
  }

  private static ClusterView at(double seconds) {
    return new SteadyCluster(seconds, 1, 60_000);
  }
}
