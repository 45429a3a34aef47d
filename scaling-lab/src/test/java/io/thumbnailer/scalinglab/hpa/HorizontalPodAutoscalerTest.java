package io.thumbnailer.scalinglab.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HorizontalPodAutoscalerTest {
  private static final String BACKLOG = "backlog";
  private static final long SYNC = 15_000;

  private final FakeMetrics metrics = new FakeMetrics();

  @Test
  void aBurstIsFollowedAsWorkedOutByHand() {
    HorizontalPodAutoscaler autoscaler =
        new HorizontalPodAutoscaler(
            queue(10, 1, 20, ScalingBehavior.DEFAULT), ControllerSettings.DEFAULTS);
    // backlog -> wanted; up: at most 4 more or as many again in 15 s; down: the highest of 5 min
    long[] backlog = {5, 200, 200, 200, 200, 40, 5, 5};
    int[] expected = {1, 5, 10, 20, 20, 20, 20, 20};
    int replicas = 1;
    for (int i = 0; i < backlog.length; i++) {
      replicas = reconcile(autoscaler, i * SYNC, replicas, backlog[i]).replicas();
      assertThat(replicas).as("sync " + i).isEqualTo(expected[i]);
    }
    // The last recommendation of 20 was at 60 s; it holds until 360 s are over.
    for (long now = 8 * SYNC; now < 360_000; now += SYNC) {
      replicas = reconcile(autoscaler, now, replicas, 5).replicas();
      assertThat(replicas).as("at " + now).isEqualTo(20);
    }
    // Then that of 4 at 75 s, and 15 s later those of 1.
    replicas = reconcile(autoscaler, 360_000, replicas, 5).replicas();
    assertThat(replicas).isEqualTo(4);
    assertThat(reconcile(autoscaler, 375_000, replicas, 5).replicas()).isEqualTo(1);
  }

  @Test
  void withoutBehaviorAtMostTwiceAsManyOrFourAreStarted() {
    HorizontalPodAutoscaler autoscaler =
        new HorizontalPodAutoscaler(
            new HpaSpec(
                "test",
                1,
                100,
                List.of(new MetricSpec.ExternalAverageValue(BACKLOG, 1000)),
                Optional.empty()),
            ControllerSettings.DEFAULTS);
    int replicas = 1;
    for (int expected : new int[] {4, 8, 16, 32, 64, 100}) {
      Decision decision = reconcile(autoscaler, 0, replicas, 1000);
      assertThat(decision.replicas()).isEqualTo(expected);
      assertThat(decision.limit())
          .isEqualTo(
              expected == 100 ? Decision.Limit.TOO_MANY_REPLICAS : Decision.Limit.SCALE_UP_LIMIT);
      replicas = decision.replicas();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "within the range, 5, 7, 3, 8, 7, DESIRED_WITHIN_RANGE",
    "below the minimum, 3, 1, 2, 8, 2, TOO_FEW_REPLICAS",
    "down to zero, 1, 0, 0, 10, 0, DESIRED_WITHIN_RANGE",
    "far over the maximum already, 20, 1000, 1, 10, 10, TOO_MANY_REPLICAS",
    "far too fast, 3, 1000, 1, 2000, 7, SCALE_UP_LIMIT",
  })
  void boundsCutTheRecommendation(
      String name, int current, int wanted, int min, int max, int result, Decision.Limit limit) {
    HorizontalPodAutoscaler autoscaler =
        new HorizontalPodAutoscaler(
            queue(
                1,
                min,
                max,
                new ScalingBehavior(
                    ScalingRules.DEFAULT_UP, ScalingRules.DEFAULT_DOWN.withWindow(0))),
            ControllerSettings.DEFAULTS);
    Decision decision = reconcile(autoscaler, 0, current, wanted);
    assertThat(decision.replicas()).isEqualTo(result);
    assertThat(decision.limit()).isEqualTo(limit);
  }

  @Test
  void theGreatestOfSeveralMetricsWins() {
    HpaSpec spec =
        new HpaSpec(
            "test",
            1,
            20,
            List.of(
                new MetricSpec.ExternalAverageValue("small", 1000),
                new MetricSpec.ExternalAverageValue("large", 1000)),
            Optional.of(ScalingBehavior.DEFAULT));
    HorizontalPodAutoscaler autoscaler =
        new HorizontalPodAutoscaler(spec, ControllerSettings.DEFAULTS);
    metrics.set("small", 2);
    metrics.set("large", 5);
    assertThat(reconcile(autoscaler, 0, 3).replicas()).isEqualTo(5);
  }

  @Test
  void aFailedMetricForbidsScalingDownAndAllowsScalingUp() {
    HpaSpec spec =
        new HpaSpec(
            "test",
            1,
            20,
            List.of(
                new MetricSpec.ExternalAverageValue("there", 1000),
                new MetricSpec.ExternalAverageValue("missing", 1000)),
            Optional.of(
                new ScalingBehavior(
                    ScalingRules.DEFAULT_UP, ScalingRules.DEFAULT_DOWN.withWindow(0))));
    HorizontalPodAutoscaler autoscaler =
        new HorizontalPodAutoscaler(spec, ControllerSettings.DEFAULTS);
    metrics.set("there", 6);
    assertThat(reconcile(autoscaler, 0, 4).replicas()).isEqualTo(6);
    metrics.set("there", 2);
    Decision down = reconcile(autoscaler, SYNC, 6);
    assertThat(down.replicas()).isEqualTo(6);
    assertThat(down.failure()).contains("no metric missing");
  }

  @Test
  void zeroReplicasSwitchItOff() {
    HorizontalPodAutoscaler autoscaler =
        new HorizontalPodAutoscaler(
            queue(1, 1, 20, ScalingBehavior.DEFAULT), ControllerSettings.DEFAULTS);
    Decision decision = reconcile(autoscaler, 0, 0, 100);
    assertThat(decision.replicas()).isZero();
    assertThat(decision.limit()).isEqualTo(Decision.Limit.SCALING_DISABLED);
  }

  @Test
  void aDirectionsOwnToleranceCounts() {
    ScalingRules eager =
        new ScalingRules(
            OptionalInt.of(0),
            ScalingRules.SelectPolicy.MAX,
            ScalingRules.DEFAULT_UP.policies(),
            OptionalDouble.of(0));
    HorizontalPodAutoscaler autoscaler =
        new HorizontalPodAutoscaler(
            queue(100, 1, 20, new ScalingBehavior(eager, ScalingRules.DEFAULT_DOWN)),
            ControllerSettings.DEFAULTS);
    // 1001 of 1000: over by a thousandth; the default of a tenth would leave it
    assertThat(reconcile(autoscaler, 0, 10, 1001).replicas()).isEqualTo(11);
    HorizontalPodAutoscaler withoutTheGate =
        new HorizontalPodAutoscaler(autoscaler.spec(), ControllerSettings.forKubernetes(34));
    assertThat(reconcile(withoutTheGate, 0, 10, 1001).replicas()).isEqualTo(10);
  }

  /** Random specs and backlogs; what must hold for all of them. */
  @RepeatedTest(200)
  void limitsHoldWhateverHappens(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    ScalingBehavior behavior = new ScalingBehavior(rules(random), rules(random));
    int min = random.nextInt(0, 4);
    int max = min + random.nextInt(1, 60);
    HpaSpec spec = queue(1 + random.nextInt(20), min, max, behavior);
    HorizontalPodAutoscaler autoscaler =
        new HorizontalPodAutoscaler(spec, ControllerSettings.DEFAULTS);
    List<int[]> changes = new ArrayList<>();
    List<int[]> recommendations = new ArrayList<>();
    int replicas = Math.max(1, min);
    recommendations.add(new int[] {0, replicas});
    for (int sync = 0; sync < 300; sync++) {
      long backlog = random.nextInt(4) == 0 ? 0 : random.nextInt(40 * (1 + sync % 7));
      if (replicas == 0) {
        replicas = 1;
      }
      Decision decision = reconcile(autoscaler, sync * SYNC, replicas, backlog);
      int now = sync * 15;
      boolean asked = !decision.metrics().isEmpty();
      assertThat(decision.replicas()).isBetween(min, max);
      if (asked) {
        recommendations.add(new int[] {now, decision.recommendation()});
        checkStabilization(decision, replicas, now, recommendations, behavior);
        checkRates(decision, replicas, now, changes, behavior);
      }
      changes.add(new int[] {now, decision.replicas() - replicas});
      replicas = decision.replicas();
    }
  }

  /** Up only to what every recommendation of the window allows, down only below none of it. */
  private static void checkStabilization(
      Decision decision, int before, int now, List<int[]> all, ScalingBehavior behavior) {
    int up = behavior.scaleUp().stabilizationWindowSeconds().orElse(0);
    int down = behavior.scaleDown().stabilizationWindowSeconds().orElse(300);
    for (int[] recommendation : all) {
      if (decision.replicas() > before && recommendation[0] > now - up) {
        assertThat(decision.replicas()).isLessThanOrEqualTo(recommendation[1]);
      }
      if (decision.replicas() < before && recommendation[0] > now - down) {
        assertThat(decision.replicas()).isGreaterThanOrEqualTo(Math.min(before, recommendation[1]));
      }
    }
  }

  /** No policy that counts is exceeded in the window that ends now. */
  private static void checkRates(
      Decision decision, int before, int now, List<int[]> changes, ScalingBehavior behavior) {
    int step = decision.replicas() - before;
    if (step == 0) {
      return;
    }
    ScalingRules rules = step > 0 ? behavior.scaleUp() : behavior.scaleDown();
    assertThat(rules.selectPolicy()).isNotEqualTo(ScalingRules.SelectPolicy.DISABLED);
    boolean all = rules.selectPolicy() == ScalingRules.SelectPolicy.MIN;
    List<Boolean> kept = new ArrayList<>();
    for (ScalingPolicy policy : rules.policies()) {
      int net = 0;
      for (int[] change : changes) {
        net += change[0] > now - policy.periodSeconds() ? change[1] : 0;
      }
      int start = before - net;
      kept.add(
          step > 0
              ? decision.replicas() <= policy.ceiling(start)
              : decision.replicas() >= policy.floor(start));
    }
    assertThat(all ? !kept.contains(false) : kept.contains(true))
        .as("from " + before + " to " + decision.replicas() + " by " + rules)
        .isTrue();
  }

  private static ScalingRules rules(SplittableRandom random) {
    List<ScalingPolicy> policies = new ArrayList<>();
    // One period for all: then no change is forgotten before it is out of every window.
    int period = 15 * (1 + random.nextInt(12));
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      policies.add(
          random.nextBoolean()
              ? ScalingPolicy.pods(1 + random.nextInt(10), period)
              : ScalingPolicy.percent(1 + random.nextInt(150), period));
    }
    return new ScalingRules(
        OptionalInt.of(15 * random.nextInt(20)), select(random), policies, OptionalDouble.empty());
  }

  private static ScalingRules.SelectPolicy select(SplittableRandom random) {
    if (random.nextInt(20) == 0) {
      return ScalingRules.SelectPolicy.DISABLED;
    }
    return random.nextBoolean() ? ScalingRules.SelectPolicy.MAX : ScalingRules.SelectPolicy.MIN;
  }

  private static HpaSpec queue(long perPod, int min, int max, ScalingBehavior behavior) {
    return new HpaSpec(
        "test",
        min,
        max,
        List.of(new MetricSpec.ExternalAverageValue(BACKLOG, perPod * 1000)),
        Optional.of(behavior));
  }

  private Decision reconcile(
      HorizontalPodAutoscaler autoscaler, long now, int replicas, long backlog) {
    metrics.set(BACKLOG, backlog);
    return reconcile(autoscaler, now, replicas);
  }

  private Decision reconcile(HorizontalPodAutoscaler autoscaler, long now, int replicas) {
    return autoscaler.reconcile(now, replicas, replicas, List.of(), metrics);
  }

  /** External metrics by name. */
  private static final class FakeMetrics implements MetricsSource {
    private final Map<String, Long> values = new java.util.HashMap<>();

    void set(String metric, long value) {
      values.put(metric, value);
    }

    @Override
    public Map<String, PodMetric> resource(String resource) {
      return Map.of();
    }

    @Override
    public Map<String, PodMetric> pods(String metric) {
      return Map.of();
    }

    @Override
    public long external(String metric) throws MetricsUnavailableException {
      if (!values.containsKey(metric)) {
        throw new MetricsUnavailableException("no metric " + metric);
      }
      return values.get(metric) * 1000;
    }
  }
}
