package io.thumbnailer.scalinglab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.scalinglab.cluster.ClusterRun;
import io.thumbnailer.scalinglab.cluster.Comparison;
import io.thumbnailer.scalinglab.local.CpuUse;
import io.thumbnailer.scalinglab.local.JobTimes;
import io.thumbnailer.scalinglab.local.WorkerCalibration;
import io.thumbnailer.scalinglab.record.ClusterRow;
import io.thumbnailer.scalinglab.report.LabFiles;
import io.thumbnailer.scalinglab.simulation.WorkerModel.WarmUp;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final Path SHIPPED = Path.of("..", "kubernetes");
  private static final double SECONDS = 100;

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private LabFiles files;

  @BeforeEach
  void measuredWorker() throws IOException {
    files = new LabFiles(directory);
    Files.copy(SHIPPED.resolve("base/worker.yaml"), directory.resolve("worker.yaml"));
    Files.copy(
        SHIPPED.resolve("components/hpa-queue/autoscaler/hpa.yaml"),
        directory.resolve("queue.yaml"));
    files.writeJson(
        "worker.json",
        new WorkerCalibration(
            1,
            "1x1:1",
            List.of(10.0),
            List.of(0.5, 0.5),
            List.of(0.5),
            WarmUp.NONE,
            1,
            new CpuUse("none", List.of(0.15), List.of(0.3), 0.02, 1),
            "a machine"));
  }

  /** One job every 2 s, each of 0.5 s, is no reason for a second worker. */
  @Test
  void aRunAsTheModelExpectsItHasNoError() throws IOException {
    run("queue-step-3", 1);
    assertThat(compare()).as(err.toString()).isZero();
    Comparison only = files.readCsv("comparison.csv", Comparison.class).get(0);
    assertThat(only.policy()).isEqualTo("queue");
    assertThat(only.shape()).isEqualTo("step");
    assertThat(only.seed()).isEqualTo(3);
    assertThat(only.jobs()).isEqualTo(51);
    assertThat(only.podSecondsError()).isCloseTo(0, within(1.0));
    assertThat(only.traceError()).isCloseTo(0, within(1e-6));
    assertThat(out.toString()).contains("| queue | step | 1 |").doesNotContain("±");
  }

  @Test
  void workersThatTheModelDoesNotExpectAreAnError() throws IOException {
    run("queue-step-3", 4);
    assertThat(compare()).as(err.toString()).isZero();
    Comparison only = files.readCsv("comparison.csv", Comparison.class).get(0);
    assertThat(only.podSecondsError()).isCloseTo(-75, within(1.0));
    assertThat(only.traceError()).isCloseTo(75, within(1e-6));
  }

  @Test
  void aDirectoryWithoutRunsIsAnError() {
    assertThat(compare()).isOne();
    assertThat(err.toString()).contains(directory + " has no runs");
  }

  private void run(String name, int workers) throws IOException {
    List<ClusterRow> rows = new ArrayList<>();
    List<JobTimes> jobs = new ArrayList<>();
    for (int second = 0; second < SECONDS; second += 2) {
      rows.add(
          new ClusterRow(second, workers, workers, "", "", "", 0, workers, workers, 0, 0, 0, 0.1));
      jobs.add(new JobTimes(second, second + 0.01, second + 0.51));
    }
    // The last one reached the queue after the end of the load.
    jobs.add(new JobTimes(SECONDS + 0.2, SECONDS + 0.21, SECONDS + 0.71));
    new ClusterRun(rows, jobs).write(files, name);
  }

  private int compare() {
    return ScalingLab.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(
            "compare",
            "--manifests",
            SHIPPED.toString(),
            "--seconds",
            String.valueOf(SECONDS),
            "--simulations",
            "5",
            directory.toString());
  }
}
