package io.thumbnailer.scalinglab.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of the controller's published cases for stabilization. */
class RecommendationHistoryTest {
  private static final long NOW = 100_000_000;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // name | replicas@seconds ago ... | current | desired | up s | down s | result | kept
        "nothing known, down                   | ''                       | 100 |   5 |   0 |   0 |   5 | 1",
        "highest of the window holds           | 4@120 5@60               | 100 |   3 |   0 | 180 |   5 | 3",
        "lowest of the window holds            | 4@120 5@60               |   1 |   7 | 300 |   0 |   4 | 3",
        "no window for down                    | 1@120 2@60               | 100 |   3 | 300 |   0 |   3 | 3",
        "no window for up                      | 4@120 5@60               |   1 |   3 |   0 | 300 |   3 | 3",
        "obsolete entry is overwritten, down   | 10@600 9@540             | 100 |   3 |   0 |   0 |   3 | 2",
        "obsolete entry is overwritten, up     | 10@600 9@540             |   1 | 100 |   0 |   0 | 100 | 2",
        "one of the obsolete is overwritten    | 10@600 4@60 5@120 9@540  | 100 |   3 |   0 | 180 |   5 | 4",
        "old within the other window stays     | 10@6000 6@60 5@120 9@180 |   1 | 100 | 300 |   0 |   5 | 4",
        "both windows: falling does not raise  | 2@6000 3@180             |   2 |   1 | 300 | 300 |   2 | 2",
        "both windows: rising does not lower   | 2@6000 1@180             |   2 |   3 | 300 | 300 |   2 | 2",
        "exactly a window ago is out           | 9@300                    |   9 |   3 |   0 | 300 |   3 | 2",
      })
  void windowsGiveTheControllersNumbers(
      String name,
      String history,
      int current,
      int desired,
      int up,
      int down,
      int result,
      int kept) {
    RecommendationHistory recommendations = history(history);
    assertThat(recommendations.stabilize(current, desired, up * 1000L, down * 1000L, NOW))
        .isEqualTo(result);
    assertThat(recommendations.size()).isEqualTo(kept);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing known            | ''                      | 5 | 5 | 1",
        "higher ones hold         | 4@120 5@60              | 3 | 5 | 3",
        "lower ones do not        | 1@120 2@60              | 3 | 3 | 3",
        "old ones do not          | 10@600 9@540            | 3 | 3 | 2",
        "old ones are overwritten | 10@600 4@60 5@120 9@540 | 3 | 5 | 4",
      })
  void withoutBehaviorTheHighestOfFiveMinutesHolds(
      String name, String history, int desired, int result, int kept) {
    RecommendationHistory recommendations = history(history);
    assertThat(recommendations.stabilizeDown(desired, 300_000, NOW)).isEqualTo(result);
    assertThat(recommendations.size()).isEqualTo(kept);
  }

  private static RecommendationHistory history(String text) {
    RecommendationHistory history = new RecommendationHistory();
    for (String entry : text.isBlank() ? new String[0] : text.trim().split(" ", -1)) {
      String[] parts = entry.split("@", -1);
      history.record(Integer.parseInt(parts[0]), NOW - Long.parseLong(parts[1]) * 1000);
    }
    return history;
  }
}
