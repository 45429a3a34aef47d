package io.thumbnailer.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code thumbnailer}: one command for each thing that users and operators do. */
@Command(
    name = "thumbnailer",
    description = "Uploads images to a thumbnail service and looks after its jobs.",
    mixinStandardHelpOptions = true,
    version = "thumbnailer 0.1.0",
    subcommands = {UploadCommand.class, StatusCommand.class, DeadLettersCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything that was asked for is done",
      "1:A file was refused, a job failed, or something asked for is not there",
      "2:The arguments are wrong; nothing was sent",
      "3:The server could not be reached, or failed, also after retries",
      "4:The key is missing, wrong or not enough",
      "5:A job did not end within the time-out; it goes on",
    },
    footer = {
      "",
      "Of several failures the exit code is the gravest: 4, 3, 5, then 1.",
    })
public final class Thumbnailer {
  private Thumbnailer() {}

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Thumbnailer())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Thumbnailer::explain);
  }

  /** What users can mend is one line; anything else is a defect and shows where it is. */
  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof ServiceException known) {
      command.getErr().println(SafeText.of(known.getMessage()));
      return known.exitCode().code();
    }
    throw e;
  }
}
