package io.thumbnailer.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code thumbnailer}: one command for each thing that users and operators do. */
@Command(
    name = "thumbnailer",
    description = "Uploads images to a thumbnail service and manages its jobs.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    footer = {
      "  thumbnailer upload photo.jpg --out thumbnails",
      "  thumbnailer upload photos/ --recursive --server https://thumbnails.example/",
      "  thumbnailer list --status failed",
      "",
      "  source <(thumbnailer generate-completion)    completes words in bash and zsh"
    })
public final class Thumbnailer implements Runnable {
  @Mixin ServerOptions server = new ServerOptions();

  @Spec CommandSpec spec;

  private Thumbnailer() {}

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Prints the help if there is no command. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  static CommandLine commandLine() {
    Thumbnailer root = new Thumbnailer();
    ServerOptions server = root.server;
    CommandLine deadLetters =
        new CommandLine(new DeadLettersCommand())
            .addSubcommand(new DeadLettersCommand.ListThem(server))
            .addSubcommand(new DeadLettersCommand.Replay(server))
            .addSubcommand(new DeadLettersCommand.Delete(server));
    CommandLine program =
        new CommandLine(root)
            .addSubcommand(new UploadCommand(server))
            .addSubcommand(new StatusCommand(server))
            .addSubcommand(new WatchCommand(server))
            .addSubcommand(new DownloadCommand(server))
            .addSubcommand(new ListCommand(server))
            .addSubcommand(deadLetters)
            .addSubcommand(new GenerateCompletion())
            .addSubcommand(new HelpCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setAbbreviatedOptionsAllowed(false)
            .setUsageHelpAutoWidth(true)
            .setParameterExceptionHandler(ErrorMessages::wrongArguments)
            .setExecutionExceptionHandler(ErrorMessages::failed);
    HelpText.apply(program);
    return program;
  }
}
