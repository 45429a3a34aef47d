package io.thumbnailer.scalinglab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Describes the machine on which a figure was measured. */
final class Machine {
  private Machine() {}

  static String describe() {
    return Runtime.getRuntime().availableProcessors()
        + " x "
        + processor()
        + ", Java "
        + Runtime.version()
        + ", "
        + System.getProperty("os.name");
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | RuntimeException e) {
      return System.getProperty("os.arch");
    }
  }
}
