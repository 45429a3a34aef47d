package io.thumbnailer.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The parts of a command's help and their order. */
final class HelpText {
  /** Examples (the footer) come first, because most users look for them. */
  private static final List<String> SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);

  private static final Map<String, String> EXIT_CODES =
      new TreeMap<>(Comparator.comparingInt(Integer::parseInt));

  static {
    EXIT_CODES.put("0", "Everything succeeded.");
    EXIT_CODES.put("1", "A file was refused, a job failed, or something does not exist.");
    EXIT_CODES.put("2", "The arguments are wrong; nothing was sent.");
    EXIT_CODES.put("3", "The server could not be reached, or still failed after retries.");
    EXIT_CODES.put("4", "The key is missing, is wrong, or lacks the required role.");
    EXIT_CODES.put("5", "A job did not end within the time-out; the service continues with it.");
    EXIT_CODES.put("130", "Interrupted by Ctrl+C.");
  }

  private HelpText() {}

  /** Applies to a command and its subcommands. */
  static void apply(CommandLine command) {
    command.setHelpSectionKeys(SECTIONS);
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.synopsisHeading("%nUsage: ").commandListHeading("%nCommands:%n");
    usage.parameterListHeading("%nArguments:%n").optionListHeading("%nOptions:%n");
    usage.footerHeading("%nExamples:%n").sortOptions(false);
    if (command.getParent() == null) {
      usage.exitCodeListHeading(
          "%nExit codes (after several failures, the first of 4, 3, 5, 1):%n");
      usage.exitCodeList(EXIT_CODES);
    }
    command.getSubcommands().values().forEach(HelpText::apply);
  }
}
