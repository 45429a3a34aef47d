package io.thumbnailer.scalinglab.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of the controller's published cases for rate policies. */
class RateLimiterTest {
  private static final long NOW = 100_000_000;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // name | pods/s | percent/s | ups (last 120 s) | downs | current | ceiling
        "one per cent still gives one pod     |        | 1/60      |            |       |   3 |   4",
        "pods allow more than per cent        | 100/60 | 100/60    |            |       |  10 | 110",
        "per cent allows more than pods       | 2/60   | 100/60    |            |       |  10 |  20",
        "pods alone                           | 30/60  |           |            |       |  10 |  40",
        "per cent alone                       |        | 200/60    |            |       |  10 |  30",
        "half of the events are in the period | 300/60 |           | 1 5 9      |       | 100 | 391",
        "what was added counts                | 150/120|           | 1 5 9      |       | 100 | 235",
        "per cent of what there was           |        | 200/120   | 1 5 9      |       | 100 | 255",
        "more was added than is allowed       | 5/120  |           | 1 5 9      |       | 100 | 100",
        "what was deleted counts too          |        | 300/300   | 4          | 2     |   6 |  16",
      })
  void ceilingsAreTheControllers(
      String name, String pods, String percent, String ups, String downs, int current, int result) {
    ScalingRules rules = rules(pods, percent);
    assertThat(limiter(ups, downs).ceiling(current, rules, NOW)).isEqualTo(result);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "pods alone                           | 20/60  |           |            |       | 1000 | 980",
        "pods allow more than per cent        | 20/60  | 1/60      |            |       | 100 |  80",
        "pods of two or one per cent          | 2/60   | 1/60      |            |       | 100 |  98",
        "per cent alone                       |        | 50/60     |            |       |  10 |   5",
        "all of it                            |        | 100/120   |            | 1 5 9 | 100 |   0",
        "more was deleted than is allowed     | 5/120  |           |            | 1 5 9 | 100 | 100",
        "per cent of what there was           |        | 50/120    |            | 2 4 6 | 100 |  56",
        "what was added counts too            |        | 50/180    | 2          | 4     |  10 |   6",
        "more deleted than ten per cent       |        | 10/120    |            | 10 10 10 | 100 | 100",
        "a thousand per cent is below zero    |        | 1000/120  |            | 10 10 10 |  10 | -360",
      })
  void floorsAreTheControllers(
      String name, String pods, String percent, String ups, String downs, int current, int result) {
    ScalingRules rules = rules(pods, percent);
    assertThat(limiter(ups, downs).floor(current, rules, NOW)).isEqualTo(result);
  }

  @Test
  void minimumTakesTheSmallestChange() {
    ScalingRules rules =
        ScalingRules.DEFAULT_UP.withPolicies(
            ScalingRules.SelectPolicy.MIN,
            ScalingPolicy.pods(2, 60),
            ScalingPolicy.percent(50, 60));
    // 1 + 2 = 3 pods, or ceil(1 x 1.5) = 2
    assertThat(new RateLimiter().ceiling(1, rules, NOW)).isEqualTo(2);
    // 5 - 2 = 3 pods, or 5 x 0.5 = 2.5: 2
    assertThat(new RateLimiter().floor(5, rules, NOW)).isEqualTo(3);
  }

  @Test
  void disabledForbidsAnyChange() {
    ScalingRules rules =
        ScalingRules.DEFAULT_UP.withPolicies(
            ScalingRules.SelectPolicy.DISABLED, ScalingPolicy.pods(100, 60));
    assertThat(new RateLimiter().ceiling(7, rules, NOW)).isEqualTo(7);
    assertThat(new RateLimiter().floor(7, rules, NOW)).isEqualTo(7);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // name | change@seconds ago | longest s | changed within 60 s | kept after one more
        "nothing known            | ''              |  60 |  0 | 1",
        "an old one is replaced   | 7@61            |  60 |  0 | 1",
        "a new one stays          | 7@58            |  60 |  7 | 2",
        "one of two is replaced   | 7@61 6@59       |  60 |  6 | 2",
        "only one is replaced     | 8@29 6@59 7@61 9@61 | 60 | 14 | 4",
        "both stay                | 7@58 6@59       | 120 | 13 | 3",
      })
  void oldEventsAreReplacedOneAtATime(
      String name, String history, int longest, int within, int kept) {
    ScaleEvents events = new ScaleEvents();
    for (String entry : history.isBlank() ? new String[0] : history.trim().split(" ", -1)) {
      String[] parts = entry.split("@", -1);
      events.add(
          Integer.parseInt(parts[0]), NOW - Long.parseLong(parts[1]) * 1000, Integer.MAX_VALUE);
    }
    assertThat(events.changedWithin(60, NOW)).isEqualTo(within);
    events.add(5, NOW, longest);
    assertThat(events.size()).isEqualTo(kept);
  }

  private static RateLimiter limiter(String ups, String downs) {
    RateLimiter limiter = new RateLimiter();
    // Windows long enough that nothing is replaced.
    ScalingRules unlimited =
        ScalingRules.DEFAULT_UP.withPolicies(
            ScalingRules.SelectPolicy.MAX, ScalingPolicy.pods(1, 1800));
    ScalingBehavior behavior = new ScalingBehavior(unlimited, unlimited);
    spread(ups).forEach(e -> limiter.record(0, e[0], behavior, NOW - e[1] * 1000L));
    spread(downs).forEach(e -> limiter.record(e[0], 0, behavior, NOW - e[1] * 1000L));
    return limiter;
  }

  /** Events in the middles of equal parts of the last two minutes, oldest first. */
  private static List<int[]> spread(String changes) {
    List<int[]> events = new ArrayList<>();
    if (changes != null) {
      String[] parts = changes.trim().split(" ", -1);
      double segment = 120.0 / parts.length;
      for (int i = 0; i < parts.length; i++) {
        events.add(
            new int[] {Integer.parseInt(parts[i]), (int) (120 - segment * (i + 1) + segment / 2)});
      }
    }
    return events;
  }

  private static ScalingRules rules(String pods, String percent) {
    List<ScalingPolicy> policies = new ArrayList<>();
    if (pods != null) {
      String[] parts = pods.split("/", -1);
      policies.add(ScalingPolicy.pods(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
    }
    if (percent != null) {
      String[] parts = percent.split("/", -1);
      policies.add(ScalingPolicy.percent(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
    }
    return ScalingRules.DEFAULT_UP.withPolicies(
        ScalingRules.SelectPolicy.MAX, policies.toArray(ScalingPolicy[]::new));
  }
}
