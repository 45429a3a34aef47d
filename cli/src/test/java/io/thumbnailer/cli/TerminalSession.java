package io.thumbnailer.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The program in a separate process on a real pseudo terminal, which Python creates. */
final class TerminalSession implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(3);

  private final Process process;
  private final StringBuilder printed = new StringBuilder();

  private TerminalSession(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "terminal");
    reader.setDaemon(true);
    reader.start();
  }

  /** Skips the test where there is no pseudo terminal. */
  static void assumePossible() {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "this system has no pseudo terminals");
    assumeTrue(runs("python3", "-c", "import pty, fcntl, termios"), "python3 is not installed");
  }

  static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static TerminalSession start(int columns, Path directory, Object... arguments)
      throws IOException {
    Path script = directory.resolve("terminal.py");
    try (InputStream source = TerminalSession.class.getResourceAsStream("terminal.py")) {
      Files.write(script, source.readAllBytes());
    }
    List<String> command =
        new ArrayList<>(List.of("python3", script.toString(), String.valueOf(columns)));
    command.addAll(program());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    builder.environment().keySet().removeAll(List.of("COLUMNS", "NO_COLOR"));
    return new TerminalSession(builder.start());
  }

  /** How Java runs this program. */
  static List<String> program() {
    List<String> path = new ArrayList<>();
    for (Class<?> part :
        List.of(
            Thumbnailer.class,
            CommandLine.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonInclude.class)) {
      path.add(part.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        String.join(System.getProperty("path.separator"), path),
        Thumbnailer.class.getName());
  }

  /** Waits until the terminal shows a text. */
  void await(String text) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!printed().contains(text)) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not shown: " + text + "\nbut: " + printed());
      }
      Thread.sleep(20);
    }
  }

  void pressControlC() throws IOException {
    OutputStream keys = process.getOutputStream();
    keys.write(3);
    keys.flush();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
      throw new AssertionError("it does not end: " + printed());
    }
    Thread.sleep(100); // the last of the output
    return process.exitValue();
  }

  String printed() {
    synchronized (printed) {
      return printed.toString();
    }
  }

  private void read() {
    byte[] buffer = new byte[4096];
    try (InputStream output = process.getInputStream()) {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        synchronized (printed) {
          printed.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      // it was closed
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
