package io.thumbnailer.devservices;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What runs servers: this machine, or a container engine. */
public interface ServerPlatform {

  /**
   * Starts a server.
   *
   * @param folder of this server alone, exists
   * @param port that it listens at on the loopback interface
   * @param environment what it is told
   * @param log takes what it prints; what is there is written over
   * @return a process that lives as long as the server and passes SIGTERM on to it
   */
  Process launch(ServerRole role, Path folder, int port, Map<String, String> environment, Path log)
      throws IOException;

  /**
   * Gives the platform's own command to stop a server, such as {@code server stop}, without waiting
   * for its end.
   *
   * @param folder as it was launched with
   */
  void requestStop(ServerRole role, Path folder) throws IOException;

  /**
   * Ends a server at once (SIGKILL).
   *
   * @param process as {@link #launch} returned it
   * @param folder as it was launched with
   */
  void kill(Process process, Path folder);
}
