package io.thumbnailer.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Counts the results of an upload's files. Thread-safe. */
final class UploadTally {
  private final int files;
  private final long totalBytes;
  private final LongSupplier nanoTime;
  private final long startedAt;

  private long sentBytes;
  private int uploading;
  private int refused;
  private int unsent;
  private int done;
  private int failed;
  private int unknown;
  private int saved;
  private final Set<String> accepted = new LinkedHashSet<>();
  private final Set<String> open = new LinkedHashSet<>();

  /**
   * Creates the counts before anything is sent.
   *
   * @param totalBytes of all files
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  UploadTally(int files, long totalBytes, LongSupplier nanoTime) {
    this.files = files;
    this.totalBytes = Math.max(1, totalBytes);
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  /**
   * The state at one moment.
   *
   * @param sentBytes may be a little over the total, as forms have other parts
   * @param accepted files that have a job
   * @param done successful jobs
   * @param failed failed jobs
   * @param unknown jobs that did not end in time
   * @param refused files that were not accepted
   * @param unsent files that were not sent because no request would succeed
   * @param uploading files that are being sent
   * @param saved thumbnails
   * @param open jobs that have not ended
   * @param seconds since the start
   */
  record Snapshot(
      int files,
      long totalBytes,
      long sentBytes,
      int accepted,
      int done,
      int failed,
      int unknown,
      int refused,
      int unsent,
      int uploading,
      int saved,
      List<String> open,
      double seconds) {

    Snapshot {
      open = List.copyOf(open);
    }

    /** Whether no file is left to be sent. */
    boolean isSent() {
      return accepted + refused + unsent >= files;
    }

    /** Files whose result is final, if jobs are followed. */
    int ended() {
      return done + failed + unknown + refused + unsent;
    }
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(
        files,
        totalBytes,
        Math.max(0, sentBytes),
        accepted.size(),
        done,
        failed,
        unknown,
        refused,
        unsent,
        uploading,
        saved,
        new ArrayList<>(open),
        (nanoTime.getAsLong() - startedAt) / 1e9);
  }

  synchronized void begins() {
    uploading++;
  }

  /** Adds sent bytes; negative if a file must be sent again. */
  synchronized void sentBytes(long bytes) {
    sentBytes += bytes;
  }

  synchronized void accepted(String id) {
    uploading--;
    accepted.add(id);
    open.add(id);
  }

  synchronized void refused() {
    uploading--;
    refused++;
  }

  synchronized void unsent() {
    unsent++;
  }

  synchronized void ended(String id, boolean well, int thumbnails) {
    open.remove(id);
    saved += thumbnails;
    if (well) {
      done++;
    } else {
      failed++;
    }
  }

  synchronized void unknown() {
    unknown++;
  }
}
