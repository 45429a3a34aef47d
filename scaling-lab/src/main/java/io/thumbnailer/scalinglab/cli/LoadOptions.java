package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.TraceShape;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that describe the load. */
final class LoadOptions {
  @Option(
      names = "--shape",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "STEP")
  ShapeName shape;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Replays a CSV file instead, with the header \"arrival_seconds\" or"
              + " \"seconds,rate\".")
  Path trace;

  @Option(
      names = "--base",
      description = "The lowest rate, in jobs per second (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  double base;

  @Option(
      names = "--peak",
      description = "The highest rate, in jobs per second (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  double peak;

  @Option(
      names = "--seconds",
      description = "The length of the run (default: ${DEFAULT-VALUE}).",
      defaultValue = "600")
  double seconds;

  @Option(
      names = "--seed",
      description = "The same seed gives the same jobs (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  long seed;

  LoadShape loadShape() throws IOException {
    if (!(seconds > 0) || !(base > 0) || !(peak > 0)) {
      throw new IllegalArgumentException("--seconds, --base and --peak must be positive");
    }
    return trace == null ? shape.shape(base, peak, seconds) : TraceShape.read(trace);
  }
}
