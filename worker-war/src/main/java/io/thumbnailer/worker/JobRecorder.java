package io.thumbnailer.worker;

import io.thumbnailer.messaging.Delivery;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Records the outcomes of job attempts. */
interface JobRecorder {

  /** Starts an attempt; the wait is recorded only before the first. */
  Attempt begin(Delivery delivery);

  /** One attempt of a job, which ends with one of the outcomes. */
  interface Attempt {
    /** Runs a stage and records its time, even if it fails. */
    <T> T stage(String name, Callable<T> work) throws Exception;

    /** Records a completed part of a stage and its duration. */
    void ended(String part, Duration took);

    /** The thumbnails are stored and the job is complete. */
    void done();

    /** The job failed for good. */
    void failed();

    /** The attempt failed; there will be another unless it was the last. */
    void retried();

    /** The worker is stopping. */
    void handedBack();

    /** Another worker holds the job. */
    void leaseLost();
  }
}
