package io.thumbnailer.scalinglab.study;

import static java.util.stream.Collectors.joining;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.MetricsUnavailableException;
import io.thumbnailer.scalinglab.hpa.ScalingBehavior;
import io.thumbnailer.scalinglab.manifest.ShippedManifests;
import io.thumbnailer.scalinglab.scaler.DerivedMetric;
import io.thumbnailer.scalinglab.scaler.FixedScaler;
import io.thumbnailer.scalinglab.scaler.ForecastDemand;
import io.thumbnailer.scalinglab.scaler.HpaScaler;
import io.thumbnailer.scalinglab.scaler.KedaScaler;
import io.thumbnailer.scalinglab.scaler.KedaSpec;
import io.thumbnailer.scalinglab.scaler.OracleScaler;
import io.thumbnailer.scalinglab.scaler.QueueMetrics;
import io.thumbnailer.scalinglab.scaler.Scaler;
import io.thumbnailer.scalinglab.scaler.ScheduleScaler;
import io.thumbnailer.scalinglab.scaler.StepScaler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The policies of a study. Each family of autoscalers is tried with the same scale-down windows and
 * the same rules for scaling up, so that families differ only in what they measure.
 */
public final class StandardPolicies {
  /** The metric of the formula: the required throughput of the workers, in jobs per second. */
  public static final String DEMAND = "thumbnailer_demand_rate";

  private static final String STAFFING = "thumbnailer_workers_wanted";
  private static final String FORECAST = "thumbnailer_demand_forecast";

  /** The external metrics that a simulated autoscaler can use. */
  public static final List<String> METRICS =
      List.of(
          QueueMetrics.BACKLOG,
          QueueMetrics.IN_FLIGHT,
          QueueMetrics.OLDEST_AGE,
          QueueMetrics.ARRIVAL_RATE,
          DEMAND,
          STAFFING);

  private static final List<Integer> WINDOWS = List.of(30, 120, 300);

  /** Per cent of the request, which is half of the limit: 140 is 70 % of what a worker can use. */
  private static final List<Integer> CPU_TARGETS = List.of(30, 40, 50, 70);

  private static final int FLOOR_CPU = 140;
  private static final List<Integer> BACKLOG_TARGETS = List.of(5, 10, 20, 40);
  private static final List<Integer> RATE_PERCENTS = List.of(60, 70, 80, 90);
  private static final double BACKLOG_SECONDS = 10;
  private static final int AGE_SECONDS = 20;
  private static final double SEASON_SECONDS = 3600;
  private static final double SHORTEST_RECONCILE = 0.05;
  private static final double LONGEST_RECONCILE = 0.35;

  private final ShippedManifests manifests;
  private final ControllerSettings controller;
  private final PolicyPlugin.Worker worker;
  private final Objective objective;

  /**
   * Creates the policies from the shipped settings.
   *
   * @param worker as it was measured: the policies' targets follow from it
   */
  public StandardPolicies(
      ShippedManifests manifests,
      ControllerSettings controller,
      PolicyPlugin.Worker worker,
      Objective objective) {
    this.manifests = manifests;
    this.controller = controller;
    this.worker = worker;
    this.objective = objective;
  }

  /**
   * All of them, in the order of the report.
   *
   * @param bestStatic the fixed number of workers for each shape
   */
  public List<Policy> all(Map<String, Integer> bestStatic) {
    List<Policy> policies = new ArrayList<>();
    for (int window : WINDOWS) {
      CPU_TARGETS.forEach(target -> policies.add(cpu(target, window)));
      BACKLOG_TARGETS.forEach(target -> policies.add(queue(target, window)));
      policies.addAll(latency(window));
      BACKLOG_TARGETS.forEach(target -> policies.add(both(target, window)));
      RATE_PERCENTS.forEach(percent -> policies.add(formula(percent, window)));
      policies.add(staffing(window));
      policies.add(ageAndRate(window));
      policies.add(ofThree(window));
      policies.add(forecast(0, window));
      policies.add(steps(window));
    }
    policies.add(forecast(-30, 120));
    policies.add(forecast(30, 120));
    policies.add(scheduled(0));
    policies.add(scheduled(300));
    policies.add(keda());
    policies.add(
        new Policy(
            "static",
            "no autoscaler: for each load, the fewest workers that meet the goal on average",
            Policy.Kind.STATIC,
            run -> new FixedScaler(bestStatic.get(run.shape()))));
    policies.add(
        new Policy(
            "oracle",
            "knows the demand of the next minute",
            Policy.Kind.ORACLE,
            run ->
                new OracleScaler(
                    run.demand(),
                    worker.leadSeconds(),
                    worker.minReplicas(),
                    worker.maxReplicas())));
    policies.sort(
        java.util.Comparator.comparing(Policy::kind).thenComparing(policy -> order(policy.name())));
    return policies;
  }

  /** A user's autoscaler, with the control loops of the others. */
  public Policy own(String name, String description, HpaSpec spec) {
    return hpa(name, description, Policy.Kind.PLUGIN, spec, this::queries);
  }

  /** A user's ScaledObject, with the control loops of the others. */
  public Policy own(String name, String description, KedaSpec spec) {
    return new Policy(name, description, Policy.Kind.PLUGIN, run -> keda(spec, run.random()));
  }

  /** Sorts numbers within names by their value. */
  private static String order(String name) {
    StringBuilder padded = new StringBuilder();
    for (String part : name.split("-", -1)) {
      padded.append(part.matches("\\d+") ? String.format("%05d", Integer.parseInt(part)) : part);
    }
    return padded.toString();
  }

  /** The name of the policy that {@code hpa-queue} holds now, if it is among the standard. */
  public String shippedQueue() {
    List<MetricSpec> metrics = manifests.queue().metrics();
    int window =
        manifests
            .queue()
            .behavior()
            .map(b -> b.scaleDown().stabilizationWindowSeconds().orElse(300))
            .orElse(300);
    for (MetricSpec metric : metrics) {
      if (metric instanceof MetricSpec.ExternalAverageValue value) {
        if (value.metric().equals(DEMAND)) {
          long percent = Math.round(value.targetMilli() / 10.0 / worker.rate());
          return name("formula", (int) percent, window);
        }
        return name(
            metrics.size() > 1 ? "both" : "queue", (int) (value.targetMilli() / 1000), window);
      }
    }
    return "";
  }

  private static String name(String kind, int target, int window) {
    return kind + "-" + target + "-down-" + window;
  }

  private Policy cpu(int target, int window) {
    return hpa(
        name("cpu", target, window),
        "HPA on CPU at " + target + " % of the request",
        Policy.Kind.CPU,
        window,
        List.of(new MetricSpec.ResourceUtilization("cpu", target)));
  }

  private Policy queue(int target, int window) {
    return hpa(
        name("queue", target, window),
        "HPA on the backlog, " + target + " jobs per worker",
        Policy.Kind.QUEUE,
        window,
        List.of(new MetricSpec.ExternalAverageValue(QueueMetrics.BACKLOG, target * 1000L)));
  }

  /**
   * The backlog that a worker can do within the objective (AWS: acceptable backlog per instance),
   * and within what the reaction of the loop leaves of it, at least a second.
   */
  private List<Policy> latency(int window) {
    double reaction = controller.syncPeriod().toSeconds() + worker.leadSeconds();
    double left = Math.max(1, objective.waitSeconds() - reaction);
    return List.of(
        latency("latency", objective.waitSeconds(), window), latency("reaction", left, window));
  }

  private Policy latency(String name, double seconds, int window) {
    long jobs = Math.max(1, Math.round(seconds * worker.rate()));
    return hpa(
        name + "-down-" + window,
        String.format(
            java.util.Locale.ROOT,
            "HPA on the backlog; per worker, the %2$d jobs that it finishes in %1$.0f s",
            seconds,
            jobs),
        Policy.Kind.LATENCY,
        window,
        List.of(new MetricSpec.ExternalAverageValue(QueueMetrics.BACKLOG, jobs * 1000)));
  }

  private Policy both(int target, int window) {
    return hpa(
        name("both", target, window),
        "HPA on the backlog, "
            + target
            + " jobs per worker, and on CPU at "
            + FLOOR_CPU
            + " % of the request; the larger result applies",
        Policy.Kind.BOTH,
        window,
        List.of(
            new MetricSpec.ExternalAverageValue(QueueMetrics.BACKLOG, target * 1000L),
            new MetricSpec.ResourceUtilization("cpu", FLOOR_CPU)));
  }

  private Policy formula(int percent, int window) {
    return hpa(
        name("formula", percent, window),
        "HPA on (arrival rate + backlog / 10 s), per worker "
            + percent
            + " % of the rate of a worker",
        Policy.Kind.FORMULA,
        window,
        List.of(atRate(DEMAND, percent)));
  }

  private Policy staffing(int window) {
    return hpa(
        "staffing-down-" + window,
        "HPA on R + sqrt(R) workers, with R = (arrival rate + backlog / 10 s) / a worker's rate",
        Policy.Kind.STAFFING,
        window,
        List.of(new MetricSpec.ExternalAverageValue(STAFFING, 1000)));
  }

  private Policy ageAndRate(int window) {
    return hpa(
        name("age", AGE_SECONDS, window),
        "HPA on the oldest job's age, "
            + AGE_SECONDS
            + " s, and on the arrival rate at 90 % of a worker's rate; the larger result applies",
        Policy.Kind.AGE,
        window,
        List.of(
            new MetricSpec.ExternalValue(QueueMetrics.OLDEST_AGE, AGE_SECONDS * 1000L),
            atRate(QueueMetrics.ARRIVAL_RATE, 90)));
  }

  private Policy ofThree(int window) {
    return hpa(
        "max-of-three-down-" + window,
        "HPA on the formula at 90 %, CPU at 140 % and the oldest job's age at 20 s; the largest"
            + " result applies",
        Policy.Kind.MAX,
        window,
        List.of(
            atRate(DEMAND, 90),
            new MetricSpec.ResourceUtilization("cpu", FLOOR_CPU),
            new MetricSpec.ExternalValue(QueueMetrics.OLDEST_AGE, AGE_SECONDS * 1000L)));
  }

  private Policy forecast(int errorPercent, int window) {
    double horizon = controller.syncPeriod().toSeconds() + worker.leadSeconds();
    return hpa(
        "forecast"
            + (errorPercent == 0 ? "" : errorPercent < 0 ? "-low" : "-high")
            + "-down-"
            + window,
        "HPA on a Holt-Winters forecast of the arrival rate plus backlog / 10 s, at 90 %"
            + (errorPercent == 0 ? "" : ", each forecast wrong by " + errorPercent + " %"),
        Policy.Kind.PREDICTIVE,
        spec(window, List.of(atRate(FORECAST, 90))),
        () ->
            Map.of(
                FORECAST,
                new ForecastDemand(
                    SEASON_SECONDS, horizon, BACKLOG_SECONDS, errorPercent / 100.0)));
  }

  private Policy steps(int window) {
    return new Policy(
        "step-down-" + window,
        "step scaling: 1, 3 or 6 more workers, depending on the backlog per worker (20 jobs); one"
            + " fewer "
            + window
            + " s after the last change",
        Policy.Kind.STEP,
        run ->
            new StepScaler(
                20,
                window,
                run.random().nextDouble() * 60,
                worker.minReplicas(),
                worker.maxReplicas()));
  }

  private Policy scheduled(int lateSeconds) {
    return new Policy(
        "schedule" + (lateSeconds == 0 ? "" : "-late-" + lateSeconds),
        "the demand of another run of the same load, in steps of five minutes"
            + (lateSeconds == 0 ? "" : "; the load comes " + lateSeconds + " s late"),
        Policy.Kind.SCHEDULED,
        run ->
            new ScheduleScaler(
                run.history(),
                worker.leadSeconds(),
                lateSeconds,
                worker.minReplicas(),
                worker.maxReplicas()));
  }

  private MetricSpec atRate(String metric, int percent) {
    return new MetricSpec.ExternalAverageValue(metric, Math.round(10 * percent * worker.rate()));
  }

  private HpaSpec spec(int window, List<MetricSpec> metrics) {
    ScalingBehavior behavior = manifests.queue().behavior().orElse(ScalingBehavior.DEFAULT);
    return new HpaSpec(
        manifests.queue().name(),
        worker.minReplicas(),
        worker.maxReplicas(),
        metrics,
        java.util.Optional.of(
            new ScalingBehavior(behavior.scaleUp(), behavior.scaleDown().withWindow(window))));
  }

  private Policy hpa(
      String name, String description, Policy.Kind kind, int window, List<MetricSpec> metrics) {
    return hpa(name, description, kind, spec(window, metrics), this::queries);
  }

  private Policy hpa(
      String name,
      String description,
      Policy.Kind kind,
      HpaSpec spec,
      Supplier<Map<String, DerivedMetric>> derived) {
    return new Policy(
        name,
        description,
        kind,
        run ->
            new HpaScaler(
                spec, controller, phase(run.random()), reconciles(run.random()), derived.get()));
  }

  /** The metrics that an adapter's query computes. */
  private Map<String, DerivedMetric> queries() {
    return Map.of(
        DEMAND,
        (seconds, metrics) -> demand(metrics),
        STAFFING,
        (seconds, metrics) -> {
          double load = demand(metrics) / worker.rate();
          return load + Math.sqrt(load);
        });
  }

  private static double demand(MetricsSource metrics) throws MetricsUnavailableException {
    return metrics.external(QueueMetrics.ARRIVAL_RATE) / 1000.0
        + metrics.external(QueueMetrics.BACKLOG) / 1000.0 / BACKLOG_SECONDS;
  }

  private double phase(RandomGenerator random) {
    return random.nextDouble() * controller.syncPeriod().toMillis() / 1000.0;
  }

  private static DoubleSupplier reconciles(RandomGenerator random) {
    return () ->
        SHORTEST_RECONCILE + random.nextDouble() * (LONGEST_RECONCILE - SHORTEST_RECONCILE);
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
        run -> keda(spec, run.random()));
  }

  private Scaler keda(KedaSpec spec, RandomGenerator random) {
    double phase = phase(random);
    double poll = random.nextDouble() * spec.pollingInterval().toSeconds();
    return new KedaScaler(spec, controller, phase, poll, reconciles(random), queries());
  }
}
