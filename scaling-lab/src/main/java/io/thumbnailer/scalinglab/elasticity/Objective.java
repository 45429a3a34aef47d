package io.thumbnailer.scalinglab.elasticity;

/**
 * The service level objective: a share of the jobs starts within a time.
 *
 * @param waitSeconds from the upload to the start of the work, above 0
 * @param share of all jobs, above 0 and below 1
 */
public record Objective(double waitSeconds, double share) {
  /** 95 % of the jobs start within 30 s. */
  public static final Objective DEFAULT = new Objective(30, 0.95);

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public Objective {
    if (!(waitSeconds > 0 && share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "the objective must be a time above 0 and a share in 0..1");
    }
  }
}
