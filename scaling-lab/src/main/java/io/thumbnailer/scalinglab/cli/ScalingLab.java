package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one command for each thing the lab does. */
@Command(
    name = "scaling-lab",
    description = "Measures how well the workers are scaled.",
    mixinStandardHelpOptions = true,
    version = "scaling-lab 0.1.0",
    subcommands = {
      StudyCommand.class,
      AdviseCommand.class,
      SimulateCommand.class,
      RunCommand.class,
      LoadCommand.class,
      RecordCommand.class,
      ClusterCommand.class,
      CompareCommand.class,
      ReportCommand.class
    })
public final class ScalingLab {
  private ScalingLab() {}

  /** Runs the command that the arguments name; the exit code is 2 for a wrong one. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ScalingLab())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(ScalingLab::explain);
  }

  /**
   * Errors that the user can correct take one line; anything else is a defect and is printed with
   * its stack trace.
   */
  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof ManifestException
        || e instanceof IOException
        || e instanceof IllegalArgumentException) {
      command.getErr().println(message(e));
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw e;
  }

  private static String message(Exception e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file";
    }
    return e instanceof FileSystemException file && file.getReason() != null
        ? file.getFile() + ": " + file.getReason()
        : e.getMessage();
  }
}
