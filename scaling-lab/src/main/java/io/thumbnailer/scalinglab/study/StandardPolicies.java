package io.thumbnailer.scalinglab.study;

import static java.util.stream.Collectors.joining;

import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.hpa.ScalingBehavior;
import io.thumbnailer.scalinglab.manifest.ShippedManifests;
import io.thumbnailer.scalinglab.scaler.FixedScaler;
import io.thumbnailer.scalinglab.scaler.HpaScaler;
import io.thumbnailer.scalinglab.scaler.KedaScaler;
import io.thumbnailer.scalinglab.scaler.KedaSpec;
import io.thumbnailer.scalinglab.scaler.OracleScaler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The policies of a study: what is shipped, its neighbours, and the yardsticks. */
public final class StandardPolicies {
  private static final String BACKLOG = "thumbnailer_queue_backlog";
  private static final String OLDEST_AGE = "thumbnailer_queue_oldest_age_seconds";
  private static final List<Integer> CPU_TARGETS = List.of(50, 70, 140);
  private static final List<Integer> BACKLOG_TARGETS = List.of(2, 5, 10, 20, 40);
  private static final List<Integer> DOWN_WINDOWS = List.of(30, 120, 300);

  /** Per cent of the request, which is half of the limit: 70 % of what a worker can use. */
  private static final int FLOOR_CPU = 140;

  private static final List<Integer> FLOORED_TARGETS = List.of(10, 20, 40);
  private static final List<Integer> AGE_TARGETS = List.of(10, 20);

  private final ShippedManifests manifests;
  private final ControllerSettings controller;

  /** On the settings that are shipped. */
  public StandardPolicies(ShippedManifests manifests, ControllerSettings controller) {
    this.manifests = manifests;
    this.controller = controller;
  }

  /**
   * All of them, in the order of the report.
   *
   * @param bestStatic the fixed number of workers for each shape
   * @param leadSeconds how early the oracle starts a worker
   */
  public List<Policy> all(Map<String, Integer> bestStatic, double leadSeconds) {
    List<Policy> policies = new ArrayList<>();
    for (int target : CPU_TARGETS) {
      policies.add(
          hpa(
              "cpu-" + target,
              "HPA on CPU at " + target + " % of the request, behavior of hpa-cpu",
              Policy.Kind.CPU,
              manifests.cpu().withMetric(new MetricSpec.ResourceUtilization("cpu", target))));
    }
    for (int target : BACKLOG_TARGETS) {
      for (int window : DOWN_WINDOWS) {
        policies.add(queue(target, window));
      }
    }
    for (int target : FLOORED_TARGETS) {
      for (int window : DOWN_WINDOWS) {
        policies.add(both(target, window));
      }
    }
    for (int target : AGE_TARGETS) {
      policies.add(
          hpa(
              "age-" + target,
              "HPA on the oldest job's age, " + target + " s, behavior of hpa-queue",
              Policy.Kind.AGE,
              manifests
                  .queue()
                  .withMetric(new MetricSpec.ExternalValue(OLDEST_AGE, target * 1000L))));
    }
    policies.add(keda());
    policies.add(
        new Policy(
            "static",
            "no autoscaler: for each load the fewest workers that keep the objective in the mean",
            Policy.Kind.STATIC,
            (demand, shape, random) -> new FixedScaler(bestStatic.get(shape))));
    policies.add(
        new Policy(
            "oracle",
            "knows the demand of the next minute",
            Policy.Kind.ORACLE,
            (demand, shape, random) ->
                new OracleScaler(
                    demand,
                    leadSeconds,
                    manifests.queue().minReplicas(),
                    manifests.queue().maxReplicas())));
    return policies;
  }

  /** The name of the policy that {@code hpa-queue} holds now, if it is among the standard. */
  public String shippedQueue() {
    List<MetricSpec> metrics = manifests.queue().metrics();
    int target =
        metrics.stream()
            .filter(MetricSpec.ExternalAverageValue.class::isInstance)
            .map(MetricSpec.ExternalAverageValue.class::cast)
            .mapToInt(metric -> (int) (metric.targetMilli() / 1000))
            .findFirst()
            .orElse(0);
    int window =
        manifests
            .queue()
            .behavior()
            .map(b -> b.scaleDown().stabilizationWindowSeconds().orElse(300))
            .orElse(300);
    return name(metrics.size() > 1 ? "both" : "queue", target, window);
  }

  private static String name(String kind, int target, int window) {
    return kind + "-" + target + "-down-" + window;
  }

  private Policy both(int target, int window) {
    HpaSpec queue = backlog(target, window);
    return hpa(
        name("both", target, window),
        "HPA on the backlog, "
            + target
            + " jobs for each worker, and on CPU at "
            + FLOOR_CPU
            + " % of the request, of which the greater wins; scale-down window "
            + window
            + " s",
        Policy.Kind.BOTH,
        new HpaSpec(
            queue.name(),
            queue.minReplicas(),
            queue.maxReplicas(),
            List.of(queue.metrics().get(0), new MetricSpec.ResourceUtilization("cpu", FLOOR_CPU)),
            queue.behavior()));
  }

  private Policy queue(int target, int window) {
    return hpa(
        name("queue", target, window),
        "HPA on the backlog, "
            + target
            + " jobs for each worker, scale-down window "
            + window
            + " s",
        Policy.Kind.QUEUE,
        backlog(target, window));
  }

  private HpaSpec backlog(int target, int window) {
    HpaSpec shipped = manifests.queue();
    ScalingBehavior behavior = shipped.behavior().orElse(ScalingBehavior.DEFAULT);
    return shipped
        .withMetric(new MetricSpec.ExternalAverageValue(BACKLOG, target * 1000L))
        .withBehavior(
            new ScalingBehavior(behavior.scaleUp(), behavior.scaleDown().withWindow(window)));
  }

  private Policy keda() {
    KedaSpec spec = manifests.keda();
    return new Policy(
        "keda",
        "KEDA as in components/keda: "
            + spec.hpa().metrics().stream().map(MetricSpec::label).collect(joining(" and "))
            + ", to "
            + spec.minReplicas()
            + " workers after "
            + spec.cooldownPeriod().toSeconds()
            + " s without a job",
        Policy.Kind.KEDA,
        (demand, shape, random) ->
            new KedaScaler(
                spec,
                controller,
                random.nextDouble() * syncSeconds(),
                random.nextDouble() * spec.pollingInterval().toSeconds()));
  }

  private Policy hpa(String name, String description, Policy.Kind kind, HpaSpec spec) {
    return new Policy(
        name,
        description,
        kind,
        (demand, shape, random) ->
            new HpaScaler(spec, controller, random.nextDouble() * syncSeconds()));
  }

  private double syncSeconds() {
    return controller.syncPeriod().toMillis() / 1000.0;
  }
}
