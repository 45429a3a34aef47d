package io.thumbnailer.devservices;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs the development services as a process of their own. It ends when its standard input does, so
 * it never outlives the process that started it, however that one ends.
 */
public final class DevServicesMain {
  /** The line that follows the environment on standard output once everything runs. */
  public static final String READY = "READY";

  private DevServicesMain() {}

  /**
   * Starts the services, prints the environment as {@code KEY=value} lines and {@link #READY}.
   *
   * @param arguments the data folder
   */
  public static void main(String[] arguments) throws IOException {
    DevServices services =
        DevServices.start(Path.of(arguments.length > 0 ? arguments[0] : ".dev-services"));
    Runtime.getRuntime().addShutdownHook(new Thread(services::close, "stop-dev-services"));
    services.environment().forEach((key, value) -> System.out.println(key + "=" + value));
    System.out.println(READY);
    System.out.flush();
    while (System.in.read() >= 0) {
      // waits for the end of the input
    }
    System.exit(0);
  }
}
