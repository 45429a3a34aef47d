package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.study.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows a progress bar on a terminal, or else a line for every tenth of the work. Writes to
 * standard error, so that results can be piped.
 */
final class ConsoleProgress implements Progress {
  private static final int WIDTH = 40;

  private final PrintStream out;
  private final boolean terminal;
  private final AtomicLong done = new AtomicLong();
  private volatile long steps;
  private volatile long began;

  ConsoleProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void begin(long count) {
    steps = Math.max(1, count);
    began = System.nanoTime();
    done.set(0);
  }

  @Override
  public void step() {
    long now = done.incrementAndGet();
    long parts = terminal ? 200 : 10;
    if (now * parts / steps != (now - 1) * parts / steps) {
      show(now);
    }
  }

  @Override
  public void end() {
    if (terminal) {
      out.println();
    }
  }

  private synchronized void show(long now) {
    double passed = (System.nanoTime() - began) / 1e9;
    double left = passed / now * (steps - now);
    int filled = (int) (WIDTH * now / steps);
    out.print(
        String.format(
            Locale.ROOT,
            "%s[%s%s] %d of %d, %.0f s, %.0f s left%s",
            terminal ? "\r" : "",
            "#".repeat(filled),
            " ".repeat(WIDTH - filled),
            now,
            steps,
            passed,
            left,
            terminal ? " " : System.lineSeparator()));
    out.flush();
  }
}
