package io.thumbnailer.scalinglab.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for a young pod's CPU, at their edges. */
class PodGroupsTest {
  private static final long NOW = 10_000_000;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // name, started s ago, readiness, changed s ago, sample's window s, sample's age s, counts
    "ready for the whole sample while young,                 60, TRUE,   30, 30,   0, true",
    "ready for less than the sample while young,             60, TRUE,   30, 60,   0, false",
    "unready while young,                                    60, FALSE,  30, 30,   0, false",
    "no condition yet,                                       60, UNKNOWN, 0, 30,   0, false",
    "one millisecond before it is old counts as young,      299, TRUE,   10, 30,   0, false",
    "five minutes old counts whatever its sample,           300, TRUE,   10, 60, 120, true",
    "unready since within 30 s of its start: never ready,   600, FALSE, 590, 30,   0, false",
    "unready since 30 s after its start: was ready once,    600, FALSE, 570, 30,   0, true",
    "was ready long and became unready,                     600, FALSE, 100, 30,   0, true",
  })
  void cpuOfAYoungPodCountsOnlyWhenItWasReadyForTheWholeSample(
      String name,
      long startedAgo,
      PodStatus.Readiness readiness,
      long changedAgo,
      long window,
      long sampleAge,
      boolean counts) {
    PodStatus pod =
        new PodStatus(
            "pod",
            PodStatus.Phase.RUNNING,
            false,
            NOW - startedAgo * 1000,
            readiness,
            NOW - changedAgo * 1000,
            Map.of("cpu", 1000L));
    Map<String, PodMetric> samples =
        Map.of("pod", new PodMetric(1, NOW - sampleAge * 1000, window * 1000));
    PodGroups groups = PodGroups.of(List.of(pod), samples, "cpu", ControllerSettings.DEFAULTS, NOW);
    assertThat(groups.readyCount()).isEqualTo(counts ? 1 : 0);
    assertThat(groups.unready()).hasSize(counts ? 0 : 1);
    assertThat(
            PodGroups.of(List.of(pod), samples, "memory", ControllerSettings.DEFAULTS, NOW)
                .readyCount())
        .as("readiness counts for cpu alone")
        .isEqualTo(1);
  }
}
