package io.thumbnailer.scalinglab.study;

/**
 * Whether a policy keeps the objective on one shape.
 *
 * @param latePercent mean share of the jobs that waited too long
 * @param pass whether even the upper end of the mean's 95 % confidence interval keeps the objective
 */
public record Verdict(double latePercent, boolean pass) {
  /**
   * Computes the verdict from the runs.
   *
   * @param allowedPercent late jobs that the objective allows
   */
  static Verdict of(Estimate latePercent, double allowedPercent) {
    return new Verdict(latePercent.mean(), latePercent.upper() <= allowedPercent);
  }
}
