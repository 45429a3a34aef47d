package io.thumbnailer.scalinglab.upload;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The results of the uploads.
 *
 * @param offered uploads that were due
 * @param seconds from the first moment to the last answer
 * @param loadSeconds in which uploads were due
 * @param latency from when it was due to its answer, microseconds, of all answers
 * @param accepted in the order of their answers
 * @param errors other answers and failures, with their counts
 */
public record UploadResult(
    int offered,
    double seconds,
    double loadSeconds,
    Histogram latency,
    List<Accepted> accepted,
    Map<String, Integer> errors) {

  /** Takes copies. */
  public UploadResult {
    accepted = List.copyOf(accepted);
    errors = Map.copyOf(errors);
  }

  /** Uploads a second that were due. */
  public double offeredRate() {
    return offered / loadSeconds;
  }

  /** Uploads a second that were accepted, until the last answer. */
  public double achievedRate() {
    return accepted.size() / seconds;
  }
}
