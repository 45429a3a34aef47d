package io.thumbnailer.cli;

import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.terminal.SafeText;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints the error in one line and the remedy in another. */
final class ErrorMessages {
  /** If set, defects of this program are printed with their stack trace. */
  private static final String DEBUG = "THUMBNAILER_DEBUG";

  private ErrorMessages() {}

  /** Reports arguments that the parser does not accept. */
  static int wrongArguments(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    String message = problem.getMessage();
    String hint = helpOf(command);
    if (problem instanceof MissingParameterException && problem.getArgSpec() == null) {
      message = lowerFirst(message);
    } else if (problem instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      boolean option = unmatched.isUnknownOption();
      boolean isCommand = !option && !command.getSubcommands().isEmpty();
      message =
          (option ? "unknown option: " : isCommand ? "unknown command: " : "unexpected argument: ")
              + first;
      Collection<String> known =
          option
              ? command.getCommandSpec().optionsMap().keySet()
              : command.getSubcommands().keySet();
      Optional<String> similar = SimilarWords.closest(first, known);
      if (similar.isPresent()) {
        hint = "Did you mean '%s'? %s".formatted(similar.get(), hint);
      }
    }
    print(command.getErr(), command, lowerFirst(message), hint);
    return ExitCode.USAGE.code();
  }

  /** Reports the failure of a command. */
  static int failed(Exception problem, CommandLine command, ParseResult parsed) {
    if (problem instanceof CliException known) {
      print(
          command.getErr(),
          command,
          known.text(),
          known.hint().orElse(known.exitCode() == ExitCode.USAGE ? helpOf(command) : null));
      return known.exitCode().code();
    }
    boolean debug = System.getenv(DEBUG) != null;
    print(
        command.getErr(),
        command,
        "unexpected error: " + problem,
        debug
            ? "Please report this."
            : "This is a bug: please report it with the output of " + DEBUG + "=1.");
    if (debug) {
      problem.printStackTrace(command.getErr());
    }
    return ExitCode.FAILED.code();
  }

  private static String helpOf(CommandLine command) {
    return "See '%s --help'.".formatted(command.getCommandSpec().qualifiedName());
  }

  private static String lowerFirst(String message) {
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static void print(PrintWriter err, CommandLine command, String message, String hint) {
    err.println(command.getCommandSpec().qualifiedName() + ": " + SafeText.of(message));
    if (hint != null) {
      err.println(SafeText.of(hint));
    }
    err.flush();
  }
}
