package io.thumbnailer.cli;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * One line on a terminal: the bytes sent, then what the jobs are doing. Silent when the output is
 * no terminal. Thread-safe.
 */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintWriter out;
  private final boolean shown;
  private final int files;
  private final long totalBytes;
  private long sentBytes;
  private int sent;
  private int ended;
  private int failed;
  private long drawnAt = System.nanoTime() - REDRAW_NANOS;
  private int drawnLength;

  /**
   * Before anything is sent.
   *
   * @param totalBytes of all files
   */
  ProgressBar(PrintWriter out, boolean shown, int files, long totalBytes) {
    this.out = out;
    this.shown = shown;
    this.files = files;
    this.totalBytes = Math.max(1, totalBytes);
  }

  /** More bytes have left; negative when a file has to be sent once more. */
  synchronized void sentBytes(long bytes) {
    sentBytes += bytes;
    draw(false);
  }

  synchronized void accepted() {
    sent++;
    draw(true);
  }

  synchronized void ended(boolean well) {
    ended++;
    if (!well) {
      failed++;
    }
    draw(true);
  }

  /** Takes the bar away, so that something else can be printed. */
  synchronized void clear() {
    if (shown && drawnLength > 0) {
      out.print("\r" + " ".repeat(drawnLength) + "\r");
      out.flush();
      drawnLength = 0;
    }
  }

  private void draw(boolean atOnce) {
    long now = System.nanoTime();
    if (!shown || (!atOnce && now - drawnAt < REDRAW_NANOS)) {
      return;
    }
    drawnAt = now;
    // form fields and part headers are sent too, so that the sum can be a little over the total
    double part = Math.min(1, (double) Math.max(0, sentBytes) / totalBytes);
    int filled = (int) (WIDTH * part);
    String line =
        String.format(
            Locale.ROOT,
            "[%s%s] %3.0f%% of %.1f MB; files: %d, accepted: %d, ended: %d, failed: %d",
            "#".repeat(filled),
            " ".repeat(WIDTH - filled),
            part * 100,
            totalBytes / 1e6,
            files,
            sent,
            ended,
            failed);
    out.print("\r" + line + " ".repeat(Math.max(0, drawnLength - line.length())));
    out.flush();
    drawnLength = line.length();
  }
}
