package io.thumbnailer.scalinglab.cluster;

import io.thumbnailer.scalinglab.local.JobTimes;
import io.thumbnailer.scalinglab.record.ClusterRow;
import io.thumbnailer.scalinglab.report.LabFiles;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * A recorded run on a cluster. It is stored as {@code NAME.csv} with the cluster's states and
 * {@code NAME-jobs.csv} with the jobs, both in seconds since the start of the load.
 *
 * @param rows the cluster's states in the order of time, one every few seconds
 * @param jobs that are done, in the order of the queue
 */
public record ClusterRun(List<ClusterRow> rows, List<JobTimes> jobs) {
  private static final String ROWS = ".csv";
  private static final String JOBS = "-jobs.csv";

  public ClusterRun {
    rows = List.copyOf(rows);
    jobs = jobs.stream().sorted(Comparator.comparingDouble(JobTimes::sent)).toList();
  }

  /** Writes it under a name. */
  public void write(LabFiles files, String name) throws IOException {
    files.writeCsv(name + ROWS, ClusterRow.class, rows);
    files.writeCsv(name + JOBS, JobTimes.class, jobs);
  }

  /**
   * Reads the run with a name.
   *
   * @throws IOException if it is missing, or not such a run
   */
  public static ClusterRun read(LabFiles files, String name) throws IOException {
    return new ClusterRun(
        files.readCsv(name + ROWS, ClusterRow.class), files.readCsv(name + JOBS, JobTimes.class));
  }

  /** When the last job ended, in seconds. */
  public double lastEnd() {
    return jobs.stream().mapToDouble(JobTimes::ended).max().orElse(0);
  }

  /** The wait in seconds that {@code percent} of the jobs did not exceed; NaN without a job. */
  public double waitSeconds(double percent) {
    return JobTimes.waitSeconds(jobs, percent);
  }

  /** Pods that exist, integrated over time from 0, in seconds. */
  public double podSeconds(double until) {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      ClusterRow row = rows.get(i);
      double next = i + 1 < rows.size() ? rows.get(i + 1).seconds() : until;
      double length = Math.min(next, until) - Math.max(0, row.seconds());
      sum += Math.max(0, length) * (row.pending() + row.running() + row.terminating());
    }
    return sum;
  }
}
