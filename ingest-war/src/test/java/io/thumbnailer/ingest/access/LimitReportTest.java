package io.thumbnailer.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.limit.Quota;
import io.thumbnailer.limit.Rate;
import io.thumbnailer.limit.RateLimiter.Decision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitReportTest {
  @Test
  void theHeadersAreStructuredFieldsWithOneMemberPerLimit() {
    List<LimitReport> reports =
        List.of(
            LimitReport.of(
                new Rate(10, Duration.ofSeconds(1), 25),
                new Decision(true, 24, Duration.ofMillis(100), Duration.ZERO)),
            LimitReport.of(
                new Quota(1000, Duration.ofDays(1)),
                new Decision(false, 0, Duration.ofHours(2), Duration.ofHours(2))));

    assertThat(LimitReport.policies(reports))
        .isEqualTo("\"rate\";q=25;w=3, \"quota\";q=1000;w=86400");
    assertThat(LimitReport.states(reports)).isEqualTo("\"rate\";r=24;t=1, \"quota\";r=0;t=7200");
  }
}
