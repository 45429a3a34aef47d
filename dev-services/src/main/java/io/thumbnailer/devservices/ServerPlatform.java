package io.thumbnailer.devservices;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The platform that runs servers: this machine, or a container engine. */
public interface ServerPlatform {

  /**
   * Starts a server.
   *
   * @param directory of this server alone, exists
   * @param port its port on the loopback interface
   * @param environment its environment variables
   * @param log receives its output; overwritten
   * @return a process that lives as long as the server and passes SIGTERM on to it
   */
  Process launch(
      ServerRole role, Path directory, int port, Map<String, String> environment, Path log)
      throws IOException;

  /**
   * Runs the platform's own command to stop a server, such as {@code server stop}, without waiting.
   *
   * @param directory as it was launched with
   */
  void requestStop(ServerRole role, Path directory) throws IOException;

  /**
   * Kills a server immediately (SIGKILL).
   *
   * @param process as {@link #launch} returned it
   * @param directory as it was launched with
   */
  void kill(Process process, Path directory);
}
