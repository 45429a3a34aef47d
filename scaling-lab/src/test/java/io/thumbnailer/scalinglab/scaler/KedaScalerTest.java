package io.thumbnailer.scalinglab.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.hpa.ScalingBehavior;
import io.thumbnailer.scalinglab.hpa.ScalingRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KedaScalerTest {
  private double now;
  private int replicas;
  private long backlog;

  @Test
  void theFirstJobWakesOneWorkerAtTheNextPoll() {
    KedaScaler keda = new KedaScaler(spec(0, OptionalInt.empty()), settings(), 1, 10);
    replicas = 0;
    runTo(keda, 60);
    assertThat(replicas).isZero();
    backlog = 100;
    // Polls at 10, 40, 70: nothing before 70, then one, and the HPA decides at 76 (1 + 5 x 15).
    runTo(keda, 69.9);
    assertThat(replicas).isZero();
    runTo(keda, 70);
    assertThat(replicas).isEqualTo(1);
    runTo(keda, 76);
    assertThat(replicas).isEqualTo(5);
  }

  @Test
  void theLastWorkerGoesAfterTheCooldown() {
    KedaScaler keda = new KedaScaler(spec(0, OptionalInt.empty()), settings(), 1, 10);
    replicas = 1;
    backlog = 1;
    runTo(keda, 100);
    assertThat(replicas).isEqualTo(1);
    backlog = 0;
    // Last seen active at the poll of 100 s; more than 300 s later is the poll of 430 s.
    runTo(keda, 429.9);
    assertThat(replicas).isEqualTo(1);
    runTo(keda, 430);
    assertThat(replicas).isZero();
  }

  @Test
  void aScaledObjectWithAMinimumNeverScalesToZero() {
    KedaScaler keda = new KedaScaler(spec(2, OptionalInt.empty()), settings(), 1, 10);
    replicas = 2;
    runTo(keda, 2000);
    assertThat(replicas).isEqualTo(2);
  }

  @Test
  void idleReplicasStandInForZero() {
    KedaScaler keda = new KedaScaler(spec(3, OptionalInt.of(0)), settings(), 1, 10);
    replicas = 3;
    runTo(keda, 400);
    assertThat(replicas).isZero();
    backlog = 1;
    runTo(keda, 430);
    assertThat(replicas).isEqualTo(3);
  }

  private void runTo(KedaScaler keda, double seconds) {
    while (keda.nextSeconds() <= seconds) {
      now = keda.nextSeconds();
      replicas = keda.decide(new SteadyCluster(now, replicas, backlog * 1000));
    }
  }

  private static ControllerSettings settings() {
    return ControllerSettings.DEFAULTS;
  }

  private static KedaSpec spec(int min, OptionalInt idle) {
    HpaSpec hpa =
        new HpaSpec(
            "worker",
            Math.max(1, min),
            20,
            List.of(new MetricSpec.ExternalAverageValue("backlog", 10_000)),
            Optional.of(
                new ScalingBehavior(
                    ScalingRules.DEFAULT_UP, ScalingRules.DEFAULT_DOWN.withWindow(0))));
    return new KedaSpec(
        hpa,
        min,
        idle,
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        "backlog",
        0);
  }
}
