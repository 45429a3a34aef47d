package io.thumbnailer.ingest.access;

import io.thumbnailer.limit.Quota;
import io.thumbnailer.limit.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits of a caller.
 *
 * @param rate of requests; none when empty
 * @param quota of accepted files; none when empty
 */
record CallerLimits(Optional<Rate> rate, Optional<Quota> quota) {
  static final CallerLimits NONE = new CallerLimits(Optional.empty(), Optional.empty());

  /** Collects {@code rate=100/s}, {@code burst=200} and {@code quota=10000/d}, in any order. */
  static final class Builder {
    private static final Pattern PER = Pattern.compile("(rate|quota)=([1-9][0-9]{0,8})/([smhd])");
    private static final Pattern BURST = Pattern.compile("burst=([1-9][0-9]{0,8})");

    private long perPeriod;
    private Duration period = Duration.ZERO;
    private long burst;
    private Optional<Quota> quota = Optional.empty();

    /** Throws {@link IllegalArgumentException} if the part is none of them. */
    void read(String part) {
      Matcher per = PER.matcher(part);
      Matcher most = BURST.matcher(part);
      if (most.matches()) {
        burst = Long.parseLong(most.group(1));
      } else if (!per.matches()) {
        throw new IllegalArgumentException(
            "the digest must be followed by client, admin, rate=N/s, burst=N or quota=N/d");
      } else if (per.group(1).equals("rate")) {
        perPeriod = Long.parseLong(per.group(2));
        period = unit(per.group(3));
      } else {
        quota = Optional.of(new Quota(Long.parseLong(per.group(2)), unit(per.group(3))));
      }
    }

    CallerLimits build() {
      if (burst > 0 && perPeriod == 0) {
        throw new IllegalArgumentException("burst requires rate");
      }
      return new CallerLimits(
          perPeriod == 0
              ? Optional.empty()
              : Optional.of(new Rate(perPeriod, period, burst == 0 ? perPeriod : burst)),
          quota);
    }

    private static Duration unit(String letter) {
      return switch (letter) {
        case "s" -> Duration.ofSeconds(1);
        case "m" -> Duration.ofMinutes(1);
        case "h" -> Duration.ofHours(1);
        default -> Duration.ofDays(1);
      };
    }
  }
}
