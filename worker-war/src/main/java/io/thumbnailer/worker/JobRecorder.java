package io.thumbnailer.worker;

import io.thumbnailer.messaging.Delivery;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Is told what becomes of the attempts at jobs. */
interface JobRecorder {

  /** Begins an attempt; the wait counts once, before the first. */
  Attempt begin(Delivery delivery);

  /** One attempt at a job, which ends with one of the outcomes. */
  interface Attempt {
    /** Does a stage, and times it also when it fails. */
    <T> T stage(String name, Callable<T> work) throws Exception;

    /** A part of a stage has just ended well, after this time. */
    void ended(String part, Duration took);

    /** The thumbnails are stored and the job is complete. */
    void done();

    /** The job failed for good. */
    void failed();

    /** The attempt failed; there will be another unless it was the last. */
    void retried();

    /** The worker is stopping. */
    void handedBack();

    /** Another worker has the job. */
    void leaseLost();
  }
}
