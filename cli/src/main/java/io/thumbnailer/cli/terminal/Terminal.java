package io.thumbnailer.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the standard streams are connected to. */
public final class Terminal {
  /** Used if the width is unknown. */
  static final int DEFAULT_COLUMNS = 80;

  private static final Pattern SIZE = Pattern.compile("\\d{1,5} (\\d{1,5})\\s*");

  private Terminal() {}

  /** A standard stream. */
  public enum Stream {
    INPUT(0),
    OUTPUT(1),
    ERROR(2);

    private final int descriptor;

    Stream(int descriptor) {
      this.descriptor = descriptor;
    }
  }

  /**
   * Whether a stream is a terminal. The launcher script says so in the system property {@code
   * thumbnailer.terminals} (the digits of the descriptors); without it, Linux' {@code /proc} does.
   * Elsewhere there must be a console, which means that both input and output are terminals.
   */
  public static boolean is(Stream stream) {
    String known = System.getProperty("thumbnailer.terminals");
    if (known != null) {
      return known.contains(String.valueOf(stream.descriptor));
    }
    Path descriptor = Path.of("/proc/self/fd/" + stream.descriptor);
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return hasConsole();
    }
  }

  /** Java 22 and later have a console even without a terminal, and a method to distinguish them. */
  @SuppressWarnings("SystemConsoleNull") // handles older and newer versions of Java
  private static boolean hasConsole() {
    try {
      return System.console() != null
          && (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Whether lines can be rewritten in place and coloured there. */
  static boolean canRewrite(Stream stream) {
    return is(stream) && !"dumb".equals(System.getenv("TERM"));
  }

  /** See no-color.org. */
  static boolean canColour(Stream stream) {
    String noColour = System.getenv("NO_COLOR");
    return canRewrite(stream) && (noColour == null || noColour.isEmpty());
  }

  /** The width of the terminal now. */
  static int columns() {
    String columns = System.getenv("COLUMNS");
    if (columns != null && columns.matches("[1-9]\\d{0,4}")) {
      return Integer.parseInt(columns);
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (stty.waitFor(1, TimeUnit.SECONDS)) {
        Matcher size =
            SIZE.matcher(
                new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII));
        if (size.matches() && Integer.parseInt(size.group(1)) > 0) {
          return Integer.parseInt(size.group(1));
        }
      }
      stty.destroy();
    } catch (IOException e) {
      // no such program, or no terminal
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DEFAULT_COLUMNS;
  }
}
