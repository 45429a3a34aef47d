package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.Objective;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The policy to ship.
 *
 * @param policy its name
 * @param reason in one sentence, with the figures
 */
public record Recommendation(String policy, String reason) {
  /**
   * Of the queue policies, those that keep the objective over all shapes even at the upper end of
   * the confidence interval; of these the cheapest. If none keeps it, the one with the fewest late
   * jobs.
   */
  public static Recommendation of(List<SummaryRow> summary, Objective objective) {
    double allowed = 100 * (1 - objective.share());
    List<SummaryRow> candidates =
        summary.stream()
            .filter(row -> row.shape().equals(SummaryRow.ALL))
            .filter(row -> row.kind() == Policy.Kind.QUEUE)
            .toList();
    return candidates.stream()
        .filter(row -> row.latePercent().upper() <= allowed)
        .min(Comparator.comparingDouble(row -> row.podHours().mean()))
        .map(
            row ->
                new Recommendation(
                    row.policy(),
                    String.format(
                        Locale.ROOT,
                        "the cheapest of the %d queue policies that keep the objective over all"
                            + " loads: %.1f %% (at most %.1f %%) of the jobs wait longer than %.0f s,"
                            + " %.1f pod-hours a run",
                        candidates.size(),
                        row.latePercent().mean(),
                        row.latePercent().upper(),
                        objective.waitSeconds(),
                        row.podHours().mean())))
        .orElseGet(
            () ->
                candidates.stream()
                    .min(Comparator.comparingDouble(row -> row.latePercent().mean()))
                    .map(
                        row ->
                            new Recommendation(
                                row.policy(),
                                String.format(
                                    Locale.ROOT,
                                    "no queue policy keeps the objective; this one misses it least:"
                                        + " %.1f %% of the jobs wait longer than %.0f s",
                                    row.latePercent().mean(),
                                    objective.waitSeconds())))
                    .orElseThrow(
                        () -> new IllegalArgumentException("there is no queue policy to choose")));
  }
}
