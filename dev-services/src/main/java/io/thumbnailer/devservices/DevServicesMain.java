package io.thumbnailer.devservices;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the development services as a separate process. It prints one line {@code KEY=value} per
 * environment variable and then {@code READY} to standard output, and messages for users to
 * standard error. It ends at the end of its standard input, so that it cannot outlive its parent
 * process, or on SIGTERM; with {@code --foreground} only on a signal.
 */
public final class DevServicesMain {
  private DevServicesMain() {}

  /** See {@link CommandLine} for the options; the exit status is 1 if a service cannot start. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream output = stream(FileDescriptor.out);
    PrintStream humans = stream(FileDescriptor.err);
    try {
      CommandLine line =
          CommandLine.parse(List.of(arguments), System.getenv(), DataLocation.resolve());
      DevServices services = DevServices.start(line.settings(), humans::println);
      Runtime.getRuntime().addShutdownHook(new Thread(services::close, "dev-services-stop"));
      services.environment().forEach((key, value) -> output.println(key + "=" + value));
      output.println("READY");
      if (line.foreground()) {
        humans.println("Press Ctrl+C to stop");
        new CountDownLatch(1).await();
      }
      awaitEndOfInput();
      System.exit(0);
    } catch (DevServicesException e) {
      humans.println(e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
      System.exit(1);
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static void awaitEndOfInput() throws IOException {
    byte[] ignored = new byte[256];
    while (System.in.read(ignored) >= 0) {
      // Input is ignored; only its end matters.
    }
  }
}
