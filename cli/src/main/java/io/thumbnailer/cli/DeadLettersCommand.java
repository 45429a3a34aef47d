package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The jobs that were given up; needs a key of the admin role. */
@Command(
    name = "dead-letters",
    description = "The jobs that were given up; needs a key of the admin role.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DeadLettersCommand.ListThem.class,
      DeadLettersCommand.Replay.class,
      DeadLettersCommand.Delete.class
    })
final class DeadLettersCommand {
  private static final int PAGE = 100;

  private DeadLettersCommand() {}

  /** What is done with one dead letter. */
  @FunctionalInterface
  private interface Action {
    void apply(String id) throws ServiceException, InterruptedException;
  }

  private static int each(List<String> ids, ServerOptions server, String done, Action action)
      throws InterruptedException {
    Output output = server.output();
    ExitCode code = ExitCode.OK;
    for (String id : ids) {
      try {
        action.apply(id);
        output.result(
            JsonNodeFactory.instance.objectNode().put("id", id).put("result", done),
            id + "  " + done);
      } catch (ServiceException e) {
        output.failure(e.describe("id", id), id + ": " + e.getMessage());
        code = code.worse(e.exitCode());
      }
    }
    return code.code();
  }

  /** Newest failure first. */
  @Command(
      name = "list",
      description = "Lists dead letters, newest failure first.",
      mixinStandardHelpOptions = true)
  static final class ListThem implements Callable<Integer> {
    @Mixin ServerOptions server;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "At most so many, at least 1 (default: ${DEFAULT-VALUE}).",
        defaultValue = "100")
    int limit;

    @Override
    public Integer call() throws ServiceException, InterruptedException {
      if (limit < 1) {
        throw server.wrong("--limit must be at least 1");
      }
      Service service = server.service();
      Output output = server.output();
      Optional<String> cursor = Optional.empty();
      int left = limit;
      do {
        JsonNode page = service.deadLetters(cursor, Math.min(left, PAGE));
        JsonNode letters = page.path("deadLetters");
        for (JsonNode letter : letters) {
          output.result(letter, line(letter));
        }
        left -= letters.size();
        cursor =
            letters.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(page.path("nextCursor").textValue());
      } while (cursor.isPresent() && left > 0);
      return ExitCode.OK.code();
    }

    private static String line(JsonNode letter) {
      return "%s  %s  attempts: %d  %s  %s: %s"
          .formatted(
              letter.path("id").asText(),
              letter.path("lastFailedAt").asText(),
              letter.path("attempts").asInt(),
              letter.path("filename").asText(),
              letter.path("code").asText(),
              letter.path("detail").asText());
    }
  }

  /** Back into the queue, with all attempts. */
  @Command(
      name = "replay",
      description = "Puts dead letters back in the queue, with all their attempts.",
      mixinStandardHelpOptions = true)
  static final class Replay implements Callable<Integer> {
    @Mixin ServerOptions server;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Which.")
    List<String> ids = List.of();

    @Option(names = "--all", description = "All of them, without naming any.")
    boolean all;

    @Override
    public Integer call() throws ServiceException, InterruptedException {
      if (all != ids.isEmpty()) {
        throw server.wrong("name the dead letters, or --all");
      }
      JobIds.require(ids, server);
      Service service = server.service();
      if (!all) {
        return each(ids, server, "replayed", service::replay);
      }
      long replayed = service.replayAll();
      server
          .output()
          .result(
              JsonNodeFactory.instance.objectNode().put("replayed", replayed),
              "replayed: " + replayed);
      return ExitCode.OK.code();
    }
  }

  /** For good, with the job and its original. */
  @Command(
      name = "delete",
      description = "Deletes dead letters for good, with their jobs and originals.",
      mixinStandardHelpOptions = true)
  static final class Delete implements Callable<Integer> {
    @Mixin ServerOptions server;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Which.")
    List<String> ids;

    @Override
    public Integer call() throws InterruptedException {
      JobIds.require(ids, server);
      return each(ids, server, "deleted", server.service()::delete);
    }
  }
}
