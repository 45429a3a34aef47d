package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.Objective;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The verdicts on the candidates so far. Loads that every candidate fails beyond chance do not
 * count.
 */
final class Screening {
  private final Map<String, Map<String, Verdict>> verdicts = new HashMap<>();

  Screening(List<SummaryRow> summary, Objective objective) {
    Map<String, Map<String, Verdict>> all =
        Study.passes(summary.stream().filter(row -> row.kind().isCandidate()).toList(), objective);
    all.forEach(
        (policy, own) -> {
          Map<String, Verdict> attainable = new LinkedHashMap<>(own);
          attainable
              .keySet()
              .removeIf(load -> all.values().stream().allMatch(v -> v.get(load).surelyFails()));
          verdicts.put(policy, attainable);
        });
  }

  /** Whether a policy is a candidate that fails no load beyond chance. */
  boolean mayPass(Policy policy) {
    return policy.kind().isCandidate()
        && verdicts.get(policy.name()).values().stream().noneMatch(Verdict::surelyFails);
  }

  /** Whether a policy is a candidate that passes every load beyond chance. */
  boolean surelyPasses(Policy policy) {
    return policy.kind().isCandidate()
        && verdicts.get(policy.name()).values().stream().allMatch(Verdict::surelyPasses);
  }

  /** The loads on which more runs could change the verdict on a candidate. */
  List<String> open(Policy policy) {
    return verdicts.get(policy.name()).entrySet().stream()
        .filter(entry -> entry.getValue().open())
        .map(Map.Entry::getKey)
        .toList();
  }
}
