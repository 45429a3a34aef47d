package io.thumbnailer.systemtests.browser;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Pauses a process (SIGSTOP, SIGCONT), like one that is swapping. */
final class PausedProcess {
  private PausedProcess() {}

  /** Runs an action while a process is paused. */
  static void during(Process process, Runnable task) {
    signal(process, "STOP");
    try {
      task.run();
    } finally {
      signal(process, "CONT");
    }
  }

  private static void signal(Process process, String name) {
    try {
      String id = Long.toString(process.pid());
      int status = new ProcessBuilder("kill", "-" + name, id).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
