package io.thumbnailer.scalinglab.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The expected numbers are those of Kubernetes' documentation and of the published test cases of
 * its controller ({@code replica_calculator_test.go}); each is worked out in the row's name.
 */
class ReplicaCalculatorTest {
  private static final Tolerance TEN_PERCENT = new Tolerance(0.1, 0.1, false);

  private final ReplicaCalculator calculator = new ReplicaCalculator(ControllerSettings.DEFAULTS);

  record Case(String name, int current, int target, Pods pods, int replicas, int utilization) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> utilizationCases() {
    return Stream.of(
        // 1500m / 3000m = 50 %; 50/30 x 3 = 5
        new Case("scale up", 3, 30, Pods.of(1000, 300, 500, 700), 5, 50),
        // ready: 60 %; with the unready pod as idle 40 %; 40/30 x 3 = 4
        new Case(
            "an unready pod lessens scaling up",
            3,
            30,
            new Pods().unready(1000, 300).running(1000, 500).running(1000, 700),
            4,
            60),
        new Case(
            "a pod that just started lessens scaling up",
            3,
            30,
            new Pods().hot(1000, 300).running(1000, 500).running(1000, 700),
            4,
            60),
        // 40 % of one ready pod; with two idle ones 13 %: the direction would turn
        new Case(
            "unready pods never turn the direction",
            3,
            30,
            new Pods().running(1000, 400).unready(1000, 500).unready(1000, 700),
            3,
            40),
        new Case(
            "failed pods do not exist",
            2,
            30,
            new Pods().running(1000, 500).running(1000, 700).failed(1000).failed(1000),
            4,
            60),
        new Case(
            "ending pods do not exist",
            2,
            30,
            new Pods().running(1000, 500).running(1000, 700).terminating(1000).terminating(1000),
            4,
            60),
        // 1400 / 5000 = 28 %; 28/50 x 5 = 2.8
        new Case("scale down", 5, 50, Pods.of(1000, 100, 300, 500, 250, 250), 3, 28),
        // 900 / 3000 = 30 %; 30/50 x 3 = 1.8: unready pods are not counted down
        new Case(
            "scale down counts ready pods only",
            5,
            50,
            new Pods()
                .running(1000, 100)
                .running(1000, 300)
                .running(1000, 500)
                .unready(1000, 250)
                .unready(1000, 250),
            2,
            30),
        new Case(
            "unscheduled pods do not hold scaling down",
            5,
            50,
            new Pods().running(1000, 100).pending(1000).pending(1000).pending(1000).pending(1000),
            1,
            10),
        new Case(
            "pods that just started do not hold scaling down",
            5,
            50,
            Pods.of(1000, 100, 300, 500).hot(1000, 250).hot(1000, 250),
            2,
            30),
        // 3060 / 3000 = 102 %
        new Case(
            "within the tolerance",
            3,
            100,
            new Pods().running(900, 1010).running(1000, 1030).running(1100, 1020),
            3,
            102),
        // pods 0 to 3: 23500 / 4000 = 587 %; 5.87 x 4 = 23.48
        new Case(
            "samples of unknown pods are left out",
            4,
            100,
            Pods.of(1000, 4000, 9500, 3000, 7000).stray(3200).stray(2000),
            24,
            587),
        // 495 / 2000 = 24 % (truncated); missing pods at 100 %: 2495 / 4000 = 62 %; 0.62 x 4
        new Case(
            "missing metrics lessen scaling down",
            4,
            100,
            Pods.of(1000, 400, 95).missing(1000).missing(1000),
            3,
            24),
        new Case("missing, at the target", 2, 100, Pods.of(1000, 1000).missing(1000), 2, 100),
        // 190 %, with an idle one 95 %: within the tolerance
        new Case("missing, above", 2, 100, Pods.of(1000, 1900).missing(1000), 2, 190),
        // 60 %, with a full one 80 %; 0.8 x 2 = 1.6
        new Case("missing, below", 2, 100, Pods.of(1000, 600).missing(1000), 2, 60),
        // 45 % of 50 %; missing pod at 100 %: 72 %: the direction would turn
        new Case(
            "missing and unready",
            3,
            50,
            new Pods().unready(1000, 100).running(1000, 450).missing(1000),
            3,
            45),
        // 200 %; 2000 / 3000 = 66 %; 66/50 x 3 = 3.96
        new Case(
            "missing and unready, scaling up",
            3,
            50,
            new Pods().unready(1000, 100).running(1000, 2000).missing(1000),
            4,
            200),
        // 10 %; missing at 100 %: 1200 / 3000 = 40 %; 40/50 x 3 = 2.4
        new Case(
            "missing and unready, scaling down",
            4,
            50,
            new Pods().unready(1000, 100).running(1000, 100).running(1000, 100).missing(1000),
            3,
            10),
        // 10 %; with the missing one full 40 %; 0.8 x 3 = 2.4 would be more than the 2 there are
        new Case(
            "a surge pod never turns the direction",
            2,
            50,
            Pods.of(1000, 100, 100).missing(1000),
            2,
            10),
        // 40 % of 50: down; the missing pod takes the request: 220 / 400 = 55 %, ratio 1.1
        new Case(
            "assumed values on the tolerance's edge",
            4,
            50,
            Pods.of(100, 40, 40, 40).missing(100),
            4,
            40),
        // 5.2; the unready pod's request of 300m counts: 260 / 400 = 65 %; 1.3 x 2 = 2.6
        new Case(
            "an unready pod's own request counts",
            2,
            50,
            new Pods().running(100, 260).unready(300, 50),
            3,
            260),
        // a target over 100 %: missing pods are assumed at the target, not at 100 %
        new Case(
            "a missing pod at a target over 100 %",
            3, 200, Pods.of(1000, 1000, 1000).missing(1000), 2, 100));
  }

  @ParameterizedTest
  @MethodSource("utilizationCases")
  void utilizationGivesTheControllersNumbers(Case c) throws Exception {
    ReplicaCalculator.Proposal proposal =
        calculator.resourceUtilization(
            c.current,
            new MetricSpec.ResourceUtilization("cpu", c.target),
            c.pods.list(),
            c.pods.samples(),
            TEN_PERCENT,
            Pods.NOW);
    assertThat(proposal.replicas()).isEqualTo(c.replicas);
    assertThat(proposal.current()).isEqualTo(c.utilization);
  }

  @Test
  void toleranceIsCrossedAtTheSmallestStep() throws Exception {
    // 1500m used of 3000m, spread unevenly: 50 %. Target 56: 50/56 = 0.893, under 0.9; target 55:
    // 50/55 = 0.909, within.
    long[] requests = {400, 200, 310, 290, 302, 298, 301, 299, 300, 300};
    Pods pods = new Pods();
    Arrays.stream(requests).forEach(request -> pods.running(request, 150));
    assertThat(utilization(10, 56, pods)).isEqualTo(9);
    assertThat(utilization(10, 55, pods)).isEqualTo(10);
  }

  @Test
  void documentedExamplesHold() throws Exception {
    // "if the current metric value is 200m, and the desired value is 100m, the number of replicas
    // will be doubled"; at 50m it is halved
    assertThat(podsMean(4, 100, Pods.of(1000, 200, 200, 200, 200))).isEqualTo(8);
    assertThat(podsMean(4, 100, Pods.of(1000, 50, 50, 50, 50))).isEqualTo(2);
    // 50 replicas at 90 % of a target of 75 %: 60
    long[] ninety = new long[50];
    Arrays.fill(ninety, 900);
    assertThat(utilization(50, 75, Pods.of(1000, ninety))).isEqualTo(60);
  }

  @ParameterizedTest(name = "{0}: {1} replicas, target {2}m, total {3}m -> {4}")
  @CsvSource({
    "scale up, 3, 2150, 8600, 4",
    "scale down, 5, 2867, 8600, 3",
    "within the tolerance, 3, 2900, 8600, 3",
    "object per pod up, 3, 5000, 20000, 4",
    "object per pod down, 5, 2000, 6000, 3",
    "object per pod tolerated, 4, 5000, 20166, 4",
    "on the tolerance's edge, 10, 1000, 11000, 10",
    "over the tolerance's edge, 10, 1000, 11001, 12",
    "nothing waits, 7, 1000, 0, 0",
    "from zero, 0, 1000, 2500, 3",
    "nothing from zero, 0, 1000, 0, 0",
  })
  void externalAverageValueSharesTheTotal(
      String name, int status, long target, long total, int replicas) {
    assertThat(calculator.externalAverageValue(status, target, total, TEN_PERCENT).replicas())
        .as(name)
        .isEqualTo(replicas);
  }

  @Test
  void externalValueCountsReadyPodsOnly() throws Exception {
    Pods oneReady = new Pods().unready(1000, 0).running(1000, 0).unready(1000, 0);
    // 8600 / 4400 = 1.95 of one ready pod
    assertThat(externalValue(3, 4400, 8600, oneReady)).isEqualTo(2);
    assertThat(externalValue(3, 8888, 8600, oneReady)).isEqualTo(3);
    assertThat(externalValue(5, 14334, 8600, Pods.of(1000, 0, 0, 0, 0, 0))).isEqualTo(3);
    assertThat(externalValue(0, 4400, 8600, new Pods())).isEqualTo(2);
  }

  @Test
  void customMetricIgnoresReadinessButCountsPendingPodsAsIdle() throws Exception {
    assertThat(podsMean(3, 15_000, Pods.of(0, 20_000, 10_000, 30_000))).isEqualTo(4);
    assertThat(
            podsMean(
                3, 15_000, new Pods().running(0, 50_000).running(0, 10_000).unready(0, 30_000)))
        .isEqualTo(6);
    assertThat(podsMean(3, 20_000, Pods.of(0, 20_000, 21_000, 21_000))).isEqualTo(3);
    // 30 a pod; with the pending one idle 20; 20/15 x 3 = 4
    assertThat(podsMean(3, 15_000, Pods.of(0, 30_000, 30_000).pending(0))).isEqualTo(4);
  }

  @Test
  void uncountableMetricsAreErrors() {
    assertThatThrownBy(() -> utilization(1, 100, new Pods().missing(1000)))
        .isInstanceOf(MetricsUnavailableException.class)
        .hasMessageContaining("no metrics returned");
    assertThatThrownBy(() -> utilization(1, 100, new Pods().running(0, 200)))
        .isInstanceOf(MetricsUnavailableException.class)
        .hasMessageContaining("missing request for cpu in pod pod-0");
    assertThatThrownBy(() -> utilization(1, 100, new Pods().unready(1000, 200)))
        .isInstanceOf(MetricsUnavailableException.class)
        .hasMessageContaining("pods might be unready");
    assertThatThrownBy(() -> utilization(1, 100, new Pods().missing(1000).stray(100)))
        .isInstanceOf(MetricsUnavailableException.class)
        .hasMessageContaining("matched known pods");
    assertThatThrownBy(() -> utilization(1, 100, new Pods().stray(100)))
        .isInstanceOf(MetricsUnavailableException.class)
        .hasMessageContaining("no pods returned");
  }

  @Test
  void toleranceCanDifferPerDirection() {
    Tolerance onlyDown = new Tolerance(0.3, 0, false);
    assertThat(onlyDown.covers(1.001)).isFalse();
    assertThat(onlyDown.covers(0.7)).isTrue();
    assertThat(onlyDown.covers(0.69)).isFalse();
    assertThat(onlyDown.covers(Double.NaN)).isFalse();
  }

  private int utilization(int current, int target, Pods pods) throws Exception {
    return calculator
        .resourceUtilization(
            current,
            new MetricSpec.ResourceUtilization("cpu", target),
            pods.list(),
            pods.samples(),
            TEN_PERCENT,
            Pods.NOW)
        .replicas();
  }

  private int podsMean(int current, long target, Pods pods) throws Exception {
    return calculator
        .podsAverageValue(current, target, "", pods.list(), pods.samples(), TEN_PERCENT, Pods.NOW)
        .replicas();
  }

  private int externalValue(int current, long target, long total, Pods pods) throws Exception {
    return calculator.externalValue(current, target, total, pods.list(), TEN_PERCENT).replicas();
  }

  @Test
  void missingPodsDoNotCountWhenTheOthersAreExactlyAtTheTarget() throws Exception {
    // 100 and 100 of 100; a missing pod as 0 would make it 67 and two replicas of three
    Pods pods = new Pods().running(500, 100).running(500, 100).missing(500);
    ReplicaCalculator.Proposal proposal =
        calculator.podsAverageValue(
            3, 100, "cpu", pods.list(), pods.samples(), new Tolerance(0, 0, false), Pods.NOW);
    assertThat(proposal.replicas()).isEqualTo(3);
  }
}
