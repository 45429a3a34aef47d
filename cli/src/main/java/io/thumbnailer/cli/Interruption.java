package io.thumbnailer.cli;

import io.thumbnailer.cli.terminal.Output;

/**
 * Says what was done so far when the user interrupts the program (Ctrl+C), or the system ends it.
 * The exit code is then the one of the signal, such as 130.
 */
final class Interruption {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /** From now on, until it is cancelled. Nothing else is printed after the last words. */
  static Interruption onExit(Output output, Runnable lastWords) {
    Thread hook =
        new Thread(
            () -> {
              synchronized (output) { // nothing gets in between
                output.breakLine();
                lastWords.run();
                output.close();
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  /** The work is done. */
  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the program is being ended: the hook runs already
    }
  }
}
