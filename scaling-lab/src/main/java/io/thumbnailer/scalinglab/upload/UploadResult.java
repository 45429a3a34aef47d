package io.thumbnailer.scalinglab.upload;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The results of the uploads.
 *
 * @param offered uploads that were due
 * @param seconds from the first moment to the last response
 * @param loadSeconds in which uploads were due
 * @param latency from when an upload was due to its response, in microseconds, for all responses
 * @param accepted in the order of their responses
 * @param errors other responses and failures, with their counts
 */
public record UploadResult(
    int offered,
    double seconds,
    double loadSeconds,
    Histogram latency,
    List<Accepted> accepted,
    Map<String, Integer> errors) {

  public UploadResult {
    accepted = List.copyOf(accepted);
    errors = Map.copyOf(errors);
  }

  /** Uploads per second that were due. */
  public double offeredRate() {
    return offered / loadSeconds;
  }

  /** Uploads per second that were accepted, until the last response. */
  public double achievedRate() {
    return accepted.size() / seconds;
  }
}
