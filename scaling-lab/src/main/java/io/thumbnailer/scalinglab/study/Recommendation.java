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
  private static final double AS_CHEAP = 1.1;

  /**
   * Of the policies that {@code hpa-queue} could hold, those that keep the objective over all
   * shapes, even at the upper end of the confidence interval; of these the ones that cost at most a
   * tenth more than the cheapest; of these the one with the shortest p95 wait. If none keeps the
   * objective, the one with the fewest late jobs.
   *
   * @throws IllegalArgumentException when there is no such policy
   */
  public static Recommendation of(List<SummaryRow> summary, Objective objective) {
    List<SummaryRow> candidates =
        summary.stream()
            .filter(row -> row.shape().equals(SummaryRow.ALL))
            .filter(row -> row.kind().isCandidate())
            .toList();
    double allowed = 100 * (1 - objective.share());
    List<SummaryRow> keeping =
        candidates.stream().filter(row -> row.latePercent().upper() <= allowed).toList();
    return keeping.isEmpty() ? leastLate(candidates, objective) : best(candidates, keeping);
  }

  private static Recommendation best(List<SummaryRow> candidates, List<SummaryRow> keeping) {
    double cheapest =
        keeping.stream().mapToDouble(row -> row.podHours().mean()).min().orElseThrow();
    SummaryRow best =
        keeping.stream()
            .filter(row -> row.podHours().mean() <= AS_CHEAP * cheapest)
            .min(Comparator.comparingDouble(row -> row.p95Wait().mean()))
            .orElseThrow();
    return new Recommendation(
        best.policy(),
        text(
            "of %d candidates %d keep the objective over all loads; of those that cost at most a"
                + " tenth more than the cheapest of them (%.1f pod-hours a run) it has the shortest"
                + " p95 wait: %.1f s, at %.1f pod-hours, with %.1f %% of the jobs late (at most"
                + " %.1f %%)",
            candidates.size(),
            keeping.size(),
            cheapest,
            best.p95Wait().mean(),
            best.podHours().mean(),
            best.latePercent().mean(),
            best.latePercent().upper()));
  }

  private static Recommendation leastLate(List<SummaryRow> candidates, Objective objective) {
    return candidates.stream()
        .min(Comparator.comparingDouble(row -> row.latePercent().mean()))
        .map(
            row ->
                new Recommendation(
                    row.policy(),
                    text(
                        "none of %d candidates keeps the objective; this one misses it least: %.1f"
                            + " %% of the jobs wait longer than %.0f s",
                        candidates.size(), row.latePercent().mean(), objective.waitSeconds())))
        .orElseThrow(() -> new IllegalArgumentException("there is no policy to choose"));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
