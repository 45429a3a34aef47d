package io.thumbnailer.scalinglab.study;

/**
 * Whether a policy keeps the objective on one shape.
 *
 * @param latePercent mean share of the jobs that waited too long
 * @param pass whether the mean keeps the objective
 * @param open whether the mean's 95 % confidence interval holds the limit, so that more runs could
 *     change the verdict
 */
public record Verdict(double latePercent, boolean pass, boolean open) {
  /**
   * Creates the verdict from the runs.
   *
   * @param allowedPercent late jobs that the objective allows
   */
  static Verdict of(Estimate latePercent, double allowedPercent) {
    return new Verdict(
        latePercent.mean(),
        latePercent.mean() <= allowedPercent,
        latePercent.lower() <= allowedPercent && latePercent.upper() > allowedPercent);
  }

  /** Whether it passes beyond chance. */
  boolean surelyPasses() {
    return pass && !open;
  }

  /** Whether it fails beyond chance. */
  boolean surelyFails() {
    return !pass && !open;
  }
}
