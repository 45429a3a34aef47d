package io.thumbnailer.scalinglab.hpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One HorizontalPodAutoscaler with its state: called once per sync period, it returns the number of
 * replicas to set. Not thread-safe.
 *
 * <p>The order is the controller's: each metric makes a proposal, the greatest one wins, and the
 * stabilization windows, the rate policies and the bounds limit it.
 */
public final class HorizontalPodAutoscaler {
  private final HpaSpec spec;
  private final ControllerSettings settings;
  private final ReplicaCalculator calculator;
  private final Tolerance tolerance;
  private final RecommendationHistory recommendations = new RecommendationHistory();
  private final RateLimiter rates = new RateLimiter();

  /** Creates an autoscaler that has not decided yet. */
  public HorizontalPodAutoscaler(HpaSpec spec, ControllerSettings settings) {
    this.spec = spec;
    this.settings = settings;
    this.calculator = new ReplicaCalculator(settings);
    Optional<ScalingBehavior> behavior =
        settings.configurableTolerance() ? spec.behavior() : Optional.empty();
    this.tolerance =
        settings.tolerance(
            behavior
                .map(ScalingBehavior::scaleDown)
                .flatMap(HorizontalPodAutoscaler::own)
                .orElse(settings.tolerance()),
            behavior
                .map(ScalingBehavior::scaleUp)
                .flatMap(HorizontalPodAutoscaler::own)
                .orElse(settings.tolerance()));
  }

  private static Optional<Double> own(ScalingRules rules) {
    return rules.tolerance().isPresent()
        ? Optional.of(rules.tolerance().getAsDouble())
        : Optional.empty();
  }

  /** The spec that it was created from. */
  public HpaSpec spec() {
    return spec;
  }

  /**
   * Decides once. The decision is assumed to be carried out: it counts for the rate policies.
   *
   * @param specReplicas the target's {@code spec.replicas}
   * @param statusReplicas the target's {@code status.replicas}: its pods that do not end
   * @param pods all pods of the target, those that end as well
   */
  public Decision reconcile(
      long nowMillis,
      int specReplicas,
      int statusReplicas,
      List<PodStatus> pods,
      MetricsSource source) {
    if (recommendations.isEmpty()) {
      recommendations.record(specReplicas, nowMillis);
    }
    if (specReplicas == 0 && spec.minReplicas() != 0) {
      return unasked(0, specReplicas, Decision.Limit.SCALING_DISABLED);
    }
    if (specReplicas > spec.maxReplicas()) {
      return carryOut(
          nowMillis,
          specReplicas,
          unasked(spec.maxReplicas(), specReplicas, Decision.Limit.TOO_MANY_REPLICAS));
    }
    if (specReplicas < spec.minReplicas()) {
      return carryOut(
          nowMillis,
          specReplicas,
          unasked(spec.minReplicas(), specReplicas, Decision.Limit.TOO_FEW_REPLICAS));
    }
    List<Decision.MetricOutcome> outcomes = new ArrayList<>(spec.metrics().size());
    for (MetricSpec metric : spec.metrics()) {
      outcomes.add(propose(metric, nowMillis, specReplicas, statusReplicas, pods, source));
    }
    Optional<String> failure = failure(outcomes, specReplicas);
    if (failure.isPresent()) {
      return new Decision(
          specReplicas,
          specReplicas,
          specReplicas,
          Decision.Limit.DESIRED_WITHIN_RANGE,
          outcomes,
          failure);
    }
    int recommendation = greatest(outcomes);
    Decision decision =
        spec.behavior().isPresent()
            ? normalize(nowMillis, specReplicas, recommendation, spec.behavior().get(), outcomes)
            : normalizeWithoutBehavior(nowMillis, specReplicas, recommendation, outcomes);
    return carryOut(nowMillis, specReplicas, decision);
  }

  /**
   * One failed metric must not scale down what another still needs; scaling up on the others is
   * safe.
   */
  private static Optional<String> failure(List<Decision.MetricOutcome> outcomes, int specReplicas) {
    List<Decision.MetricOutcome> failed =
        outcomes.stream().filter(outcome -> outcome.failure().isPresent()).toList();
    boolean all = failed.size() == outcomes.size();
    boolean wouldScaleDown = !failed.isEmpty() && greatest(outcomes) < specReplicas;
    return all || wouldScaleDown ? failed.get(0).failure() : Optional.empty();
  }

  private static int greatest(List<Decision.MetricOutcome> outcomes) {
    int greatest = 0;
    for (Decision.MetricOutcome outcome : outcomes) {
      if (outcome.failure().isEmpty()) {
        greatest = Math.max(greatest, outcome.replicas());
      }
    }
    return greatest;
  }

  private Decision.MetricOutcome propose(
      MetricSpec metric,
      long nowMillis,
      int specReplicas,
      int statusReplicas,
      List<PodStatus> pods,
      MetricsSource source) {
    try {
      ReplicaCalculator.Proposal proposal =
          calculate(metric, nowMillis, specReplicas, statusReplicas, pods, source);
      return new Decision.MetricOutcome(
          metric, proposal.replicas(), proposal.current(), Optional.empty());
    } catch (MetricsUnavailableException e) {
      return new Decision.MetricOutcome(metric, specReplicas, 0, Optional.of(e.getMessage()));
    }
  }

  private ReplicaCalculator.Proposal calculate(
      MetricSpec metric,
      long nowMillis,
      int specReplicas,
      int statusReplicas,
      List<PodStatus> pods,
      MetricsSource source)
      throws MetricsUnavailableException {
    if (metric instanceof MetricSpec.ResourceUtilization m) {
      return calculator.resourceUtilization(
          specReplicas, m, pods, source.resource(m.resource()), tolerance, nowMillis);
    } else if (metric instanceof MetricSpec.ResourceAverageValue m) {
      return calculator.podsAverageValue(
          specReplicas,
          m.targetMilli(),
          m.resource(),
          pods,
          source.resource(m.resource()),
          tolerance,
          nowMillis);
    } else if (metric instanceof MetricSpec.PodsAverageValue m) {
      return calculator.podsAverageValue(
          specReplicas, m.targetMilli(), "", pods, source.pods(m.metric()), tolerance, nowMillis);
    } else if (metric instanceof MetricSpec.ExternalAverageValue m) {
      return calculator.externalAverageValue(
          statusReplicas, m.targetMilli(), source.external(m.metric()), tolerance);
    } else if (metric instanceof MetricSpec.ExternalValue m) {
      return calculator.externalValue(
          specReplicas, m.targetMilli(), source.external(m.metric()), pods, tolerance);
    }
    throw new IllegalStateException("unknown kind of metric: " + metric);
  }

  private Decision normalize(
      long nowMillis,
      int current,
      int recommendation,
      ScalingBehavior behavior,
      List<Decision.MetricOutcome> outcomes) {
    int stabilized =
        recommendations.stabilize(
            current,
            recommendation,
            behavior.scaleUp().stabilizationWindowSeconds().orElse(0) * 1000L,
            behavior.scaleDown().stabilizationWindowSeconds().isPresent()
                ? behavior.scaleDown().stabilizationWindowSeconds().getAsInt() * 1000L
                : settings.downscaleStabilization().toMillis(),
            nowMillis);
    int replicas = stabilized;
    Decision.Limit limit = Decision.Limit.DESIRED_WITHIN_RANGE;
    if (stabilized > current) {
      int ceiling = rates.ceiling(current, behavior.scaleUp(), nowMillis);
      int allowed = Math.min(spec.maxReplicas(), ceiling);
      if (stabilized > allowed) {
        replicas = allowed;
        limit =
            spec.maxReplicas() > ceiling
                ? Decision.Limit.SCALE_UP_LIMIT
                : Decision.Limit.TOO_MANY_REPLICAS;
      }
    } else if (stabilized < current) {
      int floor = rates.floor(current, behavior.scaleDown(), nowMillis);
      int allowed = Math.max(spec.minReplicas(), floor);
      if (stabilized < allowed) {
        replicas = allowed;
        limit =
            spec.minReplicas() < floor
                ? Decision.Limit.SCALE_DOWN_LIMIT
                : Decision.Limit.TOO_FEW_REPLICAS;
      }
    }
    return new Decision(replicas, recommendation, stabilized, limit, outcomes, Optional.empty());
  }

  /** Limits a step to twice the replicas or to four, whichever is more; there is no other limit. */
  private Decision normalizeWithoutBehavior(
      long nowMillis, int current, int recommendation, List<Decision.MetricOutcome> outcomes) {
    int stabilized =
        recommendations.stabilizeDown(
            recommendation, settings.downscaleStabilization().toMillis(), nowMillis);
    int ceiling = Math.max(2 * current, 4);
    int replicas = stabilized;
    Decision.Limit limit = Decision.Limit.DESIRED_WITHIN_RANGE;
    if (stabilized < spec.minReplicas()) {
      replicas = spec.minReplicas();
      limit = Decision.Limit.TOO_FEW_REPLICAS;
    } else if (stabilized > Math.min(ceiling, spec.maxReplicas())) {
      replicas = Math.min(ceiling, spec.maxReplicas());
      limit =
          spec.maxReplicas() > ceiling
              ? Decision.Limit.SCALE_UP_LIMIT
              : Decision.Limit.TOO_MANY_REPLICAS;
    }
    return new Decision(replicas, recommendation, stabilized, limit, outcomes, Optional.empty());
  }

  private Decision carryOut(long nowMillis, int current, Decision decision) {
    spec.behavior()
        .ifPresent(behavior -> rates.record(current, decision.replicas(), behavior, nowMillis));
    return decision;
  }

  private static Decision unasked(int replicas, int current, Decision.Limit limit) {
    return new Decision(replicas, current, replicas, limit, List.of(), Optional.empty());
  }
}
