package io.thumbnailer.cli;

import io.thumbnailer.cli.terminal.Output;

/**
 * Prints what was done so far if the user interrupts the program (Ctrl+C) or the system ends it.
 * The exit code is then that of the signal, such as 130.
 */
final class Interruption {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /** Takes effect from now until it is cancelled. Nothing else is printed after the last words. */
  static Interruption onExit(Output output, Runnable lastWords) {
    Thread hook =
        new Thread(
            () -> {
              synchronized (output) { // nothing may be printed in between
                output.breakLine();
                lastWords.run();
                output.close();
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  /** Cancels it, because the work is done. */
  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the program is ending, and the hook is already running
    }
  }
}
