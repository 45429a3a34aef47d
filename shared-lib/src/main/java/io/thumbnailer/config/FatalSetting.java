package io.thumbnailer.config;

/** Stops the server if its configuration is invalid. */
public final class FatalSetting {
  private static final System.Logger LOG = System.getLogger(FatalSetting.class.getName());

  private FatalSetting() {}

  /** Logs one line, then shuts the process down with exit code 1, on a separate thread. */
  public static void stopServer(InvalidSettingException problem) {
    LOG.log(System.Logger.Level.ERROR, "Thumbnailer cannot start: {0}", problem.getMessage());
    // Exiting runs the server's shutdown hook, which waits for the thread that starts the
    // application: this thread.
    Thread exit = new Thread(() -> System.exit(1), "stop-server");
    exit.setDaemon(true);
    exit.start();
  }
}
