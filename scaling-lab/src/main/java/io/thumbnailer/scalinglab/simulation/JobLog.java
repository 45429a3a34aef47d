package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.load.Workload;
import org.HdrHistogram.Histogram;

/** Records the results of the jobs. */
final class JobLog {
  private static final long HIGHEST_MILLIS = 7L * 24 * 3600 * 1000;

  private final Workload workload;
  private final long objectiveMillis;
  private final Histogram waits = new Histogram(HIGHEST_MILLIS, 3);
  private final Histogram responses = new Histogram(HIGHEST_MILLIS, 3);
  private final JobWaits waitOf;
  private int done;
  private int late;
  private int interrupted;

  JobLog(Workload workload, double objectiveSeconds, boolean keepJobs) {
    this.workload = workload;
    this.objectiveMillis = Math.round(objectiveSeconds * 1000);
    this.waitOf = new JobWaits(keepJobs ? workload.size() : 0);
  }

  void done(int job, double startedAt, double now) {
    double arrival = workload.arrival(job);
    long wait = Math.round((startedAt - arrival) * 1000);
    waits.recordValue(Math.max(0, wait));
    responses.recordValue(Math.max(0, Math.round((now - arrival) * 1000)));
    if (wait > objectiveMillis) {
      late++;
    }
    if (waitOf.size() > 0) {
      waitOf.set(job, startedAt - arrival);
    }
    done++;
  }

  void interrupted() {
    interrupted++;
  }

  int doneCount() {
    return done;
  }

  int lateCount() {
    return late;
  }

  int interruptedCount() {
    return interrupted;
  }

  Histogram waits() {
    return waits;
  }

  Histogram responses() {
    return responses;
  }

  JobWaits waitOf() {
    return waitOf;
  }
}
