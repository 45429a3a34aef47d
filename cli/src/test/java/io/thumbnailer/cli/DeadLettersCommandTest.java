package io.thumbnailer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DeadLettersCommandTest {
  private static final String LETTER =
      "{\"id\":\"%s\",\"filename\":\"a.jpg\",\"attempts\":5,\"code\":\"x\",\"detail\":\"y\"}"
          .formatted(ScriptedServer.ID);

  @Test
  void allPagesAreListedUpToTheLimit() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) ->
                ScriptedServer.answer(
                    exchange,
                    200,
                    "{\"deadLetters\":[%s,%s],\"nextCursor\":\"a b&c\"}"
                        .formatted(LETTER, LETTER)))) {
      Run run =
          Run.of("dead-letters", "list", "--limit", "4", "--json", "--server", server.address());
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out().lines()).hasSize(4).allMatch(line -> line.contains(ScriptedServer.ID));
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::path)
          .containsExactly(
              "/admin/dead-letters?limit=4", "/admin/dead-letters?limit=2&cursor=a%20b%26c");
    }
  }

  @Test
  void endlessPagesOfAServerAreAbandoned() throws IOException {
    try (ScriptedServer server = always(200, "{\"deadLetters\":[],\"nextCursor\":\"again\"}")) {
      Run run = Run.of("dead-letters", "list", "--server", server.address());
      assertThat(run.exitCode()).isZero();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void replayAndDeleteSendTheIdOfTheDeadLetter() throws IOException {
    try (ScriptedServer server = always(204, "")) {
      for (String what : new String[] {"replay", "delete"}) {
        Run run =
            Run.of("dead-letters", what, ScriptedServer.ID, "--server", server.address() + "/base");
        assertThat(run.exitCode()).as(run.err()).isZero();
      }
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::path)
          .containsExactly(
              "/base/admin/dead-letters/" + ScriptedServer.ID + "/replay",
              "/base/admin/dead-letters/" + ScriptedServer.ID);
    }
  }

  @Test
  void aKeyWithoutTheRequiredRoleHasItsOwnExitCode() throws IOException {
    try (ScriptedServer server = always(403, "{\"code\":\"forbidden\",\"detail\":\"no\"}")) {
      Run run = Run.of("dead-letters", "replay", "--all", "--server", server.address());
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("forbidden");
    }
  }

  private static ScriptedServer always(int status, String body) throws IOException {
    return new ScriptedServer((exchange, number) -> ScriptedServer.answer(exchange, status, body));
  }
}
