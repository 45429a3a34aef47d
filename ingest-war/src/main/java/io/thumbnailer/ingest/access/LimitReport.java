package io.thumbnailer.ingest.access;

import io.thumbnailer.limit.Quota;
import io.thumbnailer.limit.Rate;
import io.thumbnailer.limit.RateLimiter.Decision;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The decision of a limit, for the {@code RateLimit-Policy} and {@code RateLimit} headers as
 * draft-ietf-httpapi-ratelimit-headers-10 has them.
 *
 * @param policy name of the limit
 * @param most in one window
 * @param windowSeconds of the limit
 * @param decision the decision
 */
record LimitReport(String policy, long most, long windowSeconds, Decision decision) {

  static LimitReport of(Rate rate, Decision decision) {
    return new LimitReport("rate", rate.burst(), rate.secondsToFill(), decision);
  }

  static LimitReport of(Quota quota, Decision decision) {
    return new LimitReport("quota", quota.most(), quota.window().toSeconds(), decision);
  }

  static String policies(List<LimitReport> reports) {
    return reports.stream()
        .map(r -> "\"%s\";q=%d;w=%d".formatted(r.policy, r.most, r.windowSeconds))
        .collect(Collectors.joining(", "));
  }

  static String states(List<LimitReport> reports) {
    return reports.stream()
        .map(
            r ->
                "\"%s\";r=%d;t=%d"
                    .formatted(r.policy, r.decision.remaining(), seconds(r.decision.reset())))
        .collect(Collectors.joining(", "));
  }

  /** Whole seconds, rounded up. */
  static long seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }
}
