package io.thumbnailer.scalinglab.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random cases that {@code scaling-lab/conformance/run} replayed through the real controller of
 * several versions of Kubernetes, through ours.
 */
class ControllerConformanceTest {
  private static final Path DATA = Path.of("src", "test", "resources", "conformance");
  private static final long NOW = 100_000_000;
  private static final JsonMapper JSON = JsonMapper.shared();

  record CasePod(
      String phase,
      boolean terminating,
      long started,
      String ready,
      long changed,
      long request,
      long value,
      long sampled,
      long window) {}

  record CaseRules(Integer window, String select, List<List<Integer>> policies) {}

  record Case(
      String kind,
      int current,
      long target,
      long total,
      double tolerance,
      List<CasePod> pods,
      int min,
      int max,
      boolean behavior,
      CaseRules up,
      CaseRules down,
      List<List<Long>> steps) {}

  static Stream<Path> versions() throws IOException {
    try (Stream<Path> files = Files.list(DATA)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("kubernetes-"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void ourControllerDecidesAsTheRealOne(Path version) throws IOException {
    List<String> cases = lines(DATA.resolve("cases.jsonl.gz"));
    List<String> results = lines(version);
    assertThat(results).hasSameSizeAs(cases).hasSizeGreaterThan(1000);
    int minor = minor(version);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      String ours = replay(JSON.readValue(cases.get(i), Case.class), minor);
      if (!ours.equals(results.get(i))) {
        wrong.add(cases.get(i) + "\n  theirs " + results.get(i) + ", ours " + ours);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void eachVersionHasItsResults() throws IOException {
    assertThat(versions().map(ControllerConformanceTest::minor))
        .containsExactly(31, 32, 33, 34, 35, 36);
  }

  private static int minor(Path version) {
    return Integer.parseInt(version.getFileName().toString().split("\\.", -1)[1]);
  }

  private static List<String> lines(Path file) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(file));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String replay(Case c, int minor) {
    if (c.kind.equals("sequence")) {
      return sequence(c);
    }
    try {
      ReplicaCalculator.Proposal proposal = calculate(c, ControllerSettings.forKubernetes(minor));
      return proposal.replicas() + " " + proposal.current();
    } catch (MetricsUnavailableException e) {
      return "-1";
    }
  }

  private static ReplicaCalculator.Proposal calculate(Case c, ControllerSettings settings)
      throws MetricsUnavailableException {
    ReplicaCalculator calculator = new ReplicaCalculator(settings);
    Tolerance tolerance = settings.tolerance(c.tolerance, c.tolerance);
    List<PodStatus> pods = new ArrayList<>();
    Map<String, PodMetric> samples = new HashMap<>();
    for (CasePod pod : c.pods) {
      String name = "pod-" + pods.size();
      pods.add(
          new PodStatus(
              name,
              PodStatus.Phase.valueOf(pod.phase.toUpperCase(java.util.Locale.ROOT)),
              pod.terminating,
              pod.started < 0 ? PodStatus.NEVER : NOW - pod.started,
              readiness(pod.ready),
              NOW - pod.changed,
              Map.of("cpu", pod.request)));
      if (pod.value >= 0) {
        samples.put(name, new PodMetric(pod.value, NOW - pod.sampled, pod.window));
      }
    }
    return switch (c.kind) {
      case "utilization" ->
          calculator.resourceUtilization(
              c.current,
              new MetricSpec.ResourceUtilization("cpu", (int) c.target),
              pods,
              samples,
              tolerance,
              NOW);
      case "resource" ->
          calculator.podsAverageValue(c.current, c.target, "cpu", pods, samples, tolerance, NOW);
      case "pods" ->
          calculator.podsAverageValue(c.current, c.target, "", pods, samples, tolerance, NOW);
      case "external" -> calculator.externalAverageValue(c.current, c.target, c.total, tolerance);
      default -> calculator.externalValue(c.current, c.target, c.total, pods, tolerance);
    };
  }

  private static PodStatus.Readiness readiness(String ready) {
    return switch (ready) {
      case "True" -> PodStatus.Readiness.TRUE;
      case "False" -> PodStatus.Readiness.FALSE;
      default -> PodStatus.Readiness.UNKNOWN;
    };
  }

  /** Without tolerance, and with a metric that proposes just what the case says. */
  private static String sequence(Case c) {
    HpaSpec spec =
        new HpaSpec(
            "worker",
            c.min,
            c.max,
            List.of(new MetricSpec.ExternalAverageValue("proposal", 1000)),
            c.behavior
                ? Optional.of(
                    new ScalingBehavior(
                        rules(c.up, ScalingRules.DEFAULT_UP),
                        rules(c.down, ScalingRules.DEFAULT_DOWN)))
                : Optional.empty());
    ControllerSettings settings =
        new ControllerSettings(
            Duration.ofSeconds(15),
            0,
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            35);
    HorizontalPodAutoscaler autoscaler = new HorizontalPodAutoscaler(spec, settings);
    List<String> results = new ArrayList<>();
    int current = c.current;
    long now = NOW;
    for (List<Long> step : c.steps) {
      now += step.get(0);
      current =
          autoscaler
              .reconcile(now, current, current, List.of(), new OneMetric(step.get(1) * 1000))
              .replicas();
      results.add(Integer.toString(current));
    }
    return String.join(" ", results);
  }

  private static ScalingRules rules(CaseRules rules, ScalingRules defaults) {
    if (rules == null) {
      return defaults;
    }
    List<ScalingPolicy> policies =
        rules.policies.stream()
            .map(
                p ->
                    p.get(0) == 0
                        ? ScalingPolicy.pods(p.get(1), p.get(2))
                        : ScalingPolicy.percent(p.get(1), p.get(2)))
            .toList();
    return new ScalingRules(
        rules.window == null ? defaults.stabilizationWindowSeconds() : OptionalInt.of(rules.window),
        rules.select.isEmpty()
            ? defaults.selectPolicy()
            : ScalingRules.SelectPolicy.valueOf(rules.select.toUpperCase(java.util.Locale.ROOT)),
        policies.isEmpty() ? defaults.policies() : policies,
        OptionalDouble.empty());
  }
}
