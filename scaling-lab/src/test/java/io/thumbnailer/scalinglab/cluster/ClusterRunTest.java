package io.thumbnailer.scalinglab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.scalinglab.local.JobTimes;
import io.thumbnailer.scalinglab.record.ClusterRow;
import io.thumbnailer.scalinglab.report.LabFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterRunTest {
  @TempDir Path directory;

  @Test
  void podsCountFromTheirCreationUntilTheyAreGone() {
    ClusterRun run =
        new ClusterRun(
            List.of(row(0, 0, 1, 0), row(10, 2, 1, 0), row(20, 0, 3, 0), row(30, 0, 1, 2)),
            List.of());
    assertThat(run.podSeconds(35)).isCloseTo(10 + 30 + 30 + 15, within(1e-9));
    assertThat(run.podSeconds(15)).isCloseTo(10 + 15, within(1e-9));
  }

  @Test
  void theWaitIsFromTheQueueToTheStartOfTheWork() {
    List<JobTimes> jobs =
        IntStream.rangeClosed(1, 100).mapToObj(i -> new JobTimes(i, i + i / 10.0, 300)).toList();
    ClusterRun run = new ClusterRun(List.of(), jobs);
    assertThat(run.waitSeconds(95)).isCloseTo(9.5, within(1e-9));
    assertThat(run.lastEnd()).isEqualTo(300);
    assertThat(new ClusterRun(List.of(), List.of()).waitSeconds(95)).isNaN();
  }

  @Test
  void aStoredRunIsReadAsItWas() throws IOException {
    LabFiles files = new LabFiles(directory);
    ClusterRun run =
        new ClusterRun(
            List.of(row(0, 0, 1, 0), row(2.125, 1, 2, 3)),
            List.of(new JobTimes(0.5, 1.25, 2), new JobTimes(1, 2, 3.5)));
    run.write(files, "queue-step-1");
    assertThat(ClusterRun.read(files, "queue-step-1")).isEqualTo(run);
    files.writeText("queue-step-1-jobs.csv", "other\n1\n");
    assertThatThrownBy(() -> ClusterRun.read(files, "queue-step-1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("queue-step-1-jobs.csv");
  }

  static ClusterRow row(double seconds, int pending, int running, int terminating) {
    return new ClusterRow(
        seconds,
        pending + running,
        pending + running,
        "True ReadyForNewScale",
        "True ValidMetricFound",
        "",
        pending,
        running,
        running,
        terminating,
        12.5,
        4,
        0.25);
  }
}
