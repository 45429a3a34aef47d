package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import io.thumbnailer.cli.terminal.Style;
import io.thumbnailer.cli.terminal.StyledText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The jobs that were given up. */
@Command(
    name = "dead-letters",
    description =
        "Shows, retries and deletes the jobs that were given up. Needs a key with the admin role"
            + " where access is restricted.",
    footer = {
      "  thumbnailer dead-letters list",
      "  thumbnailer dead-letters replay --all",
      "  thumbnailer dead-letters delete 019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b"
    })
final class DeadLettersCommand {

  /** Newest failure first. */
  @Command(
      name = "list",
      description = "Lists dead letters, newest failure first.",
      footer = {
        "  thumbnailer dead-letters list",
        "  thumbnailer dead-letters list --limit 1000 --json"
      })
  static final class ListThem implements Callable<Integer> {
    private final ServerOptions server;

    @Option(
        names = {"-n", "--limit"},
        paramLabel = "N",
        description = "The maximum number, at least 1 (default: ${DEFAULT-VALUE}).",
        defaultValue = "100")
    int limit;

    ListThem(ServerOptions server) {
      this.server = server;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
      Service service = server.service();
      Output output = server.output();
      long shown =
          Pages.forEach(
              limit,
              "deadLetters",
              service::deadLetters,
              letter -> output.result(letter, line(letter)));
      if (shown == 0) {
        output.note("No dead letters.");
      }
      return ExitCode.OK.code();
    }

    private static StyledText line(JsonNode letter) {
      return new StyledText()
          .add(letter.path("id").asText())
          .add("  " + letter.path("lastFailedAt").asText())
          .add("  attempts: " + letter.path("attempts").asInt())
          .add("  ")
          .add(letter.path("filename").asText())
          .add("  ")
          .add(
              letter.path("detail").asText() + " (" + letter.path("code").asText() + ")",
              Style.BAD);
    }
  }

  /** Puts dead letters back into the queue, with all their attempts. */
  @Command(
      name = "replay",
      description = "Puts dead letters back in the queue, with all their attempts.",
      footer = {
        "  thumbnailer dead-letters replay 019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
        "  thumbnailer dead-letters replay --all"
      })
  static final class Replay implements Callable<Integer> {
    private final ServerOptions server;

    @Parameters(
        paramLabel = "ID",
        arity = "0..*",
        description = "Ids of dead letters; - reads them from standard input.")
    List<String> arguments = List.of();

    @Option(names = "--all", description = "All of them; takes no ID.")
    boolean all;

    Replay(ServerOptions server) {
      this.server = server;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
      if (all != arguments.isEmpty()) {
        throw CliException.usage(
            all ? "--all takes no ID" : "no dead letter was given",
            "Give their ids, or use --all for all of them.");
      }
      if (!all) {
        Service service = server.service();
        return change(arguments, server, "replayed", service::replay);
      }
      long replayed = server.service().replayAll();
      server
          .output()
          .result(
              JsonNodeFactory.instance.objectNode().put("replayed", replayed),
              new StyledText().add("replayed: " + replayed));
      return ExitCode.OK.code();
    }
  }

  /** Deletes dead letters permanently, with the job and its original. */
  @Command(
      name = "delete",
      description = "Deletes dead letters for good, with their jobs and originals.",
      footer = {
        "  thumbnailer dead-letters delete 019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
        "  thumbnailer dead-letters list | grep broken | thumbnailer dead-letters delete -"
      })
  static final class Delete implements Callable<Integer> {
    private final ServerOptions server;

    @Parameters(
        paramLabel = "ID",
        arity = "1..*",
        description = "Ids of dead letters; - reads them from standard input.")
    List<String> arguments;

    Delete(ServerOptions server) {
      this.server = server;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
      Service service = server.service();
      return change(arguments, server, "deleted", service::delete);
    }
  }

  /** The action for one dead letter. */
  @FunctionalInterface
  private interface Action {
    void apply(String id) throws CliException, InterruptedException;
  }

  private static int change(
      List<String> arguments, ServerOptions server, String done, Action action)
      throws CliException, InterruptedException {
    Output output = server.output();
    return Batch.run(
            JobIdArguments.read(arguments),
            1,
            output,
            id -> {
              action.apply(id);
              output.result(
                  JsonNodeFactory.instance.objectNode().put("id", id).put("result", done),
                  new StyledText().add(id + "  " + done));
              return ExitCode.OK;
            })
        .code();
  }
}
