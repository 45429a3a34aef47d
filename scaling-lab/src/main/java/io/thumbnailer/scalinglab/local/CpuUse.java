package io.thumbnailer.scalinglab.local;

import java.util.List;

/**
 * The measured CPU use of a worker, as it is stored.
 *
 * @param s3 the delay of each call to S3, in words
 * @param jobSeconds CPU of a job, a mean for each batch
 * @param shares of the jobs' time in which the CPU was used, one for each batch
 * @param idleCores used by a worker without a job
 * @param bootCores used on average from the start of the process to its first job
 */
public record CpuUse(
    String s3, List<Double> jobSeconds, List<Double> shares, double idleCores, double bootCores) {
  public CpuUse {
    jobSeconds = List.copyOf(jobSeconds);
    shares = List.copyOf(shares);
  }

  /** The mean of the batches. */
  public double share() {
    return shares.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** The smallest of the batches. */
  public double leastShare() {
    return shares.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The largest of the batches. */
  public double mostShare() {
    return shares.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
