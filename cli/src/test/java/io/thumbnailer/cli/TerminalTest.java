package io.thumbnailer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user at a terminal sees it. */
class TerminalTest {
  private static final int COLUMNS = 60;
  private static final String SECOND_ID = ScriptedServer.ID.replace('0', '1');

  @TempDir Path directory;
  private final AtomicInteger uploads = new AtomicInteger();
  private final CountDownLatch finish = new CountDownLatch(1);

  @BeforeAll
  static void findTerminal() {
    TerminalSession.assumePossible();
  }

  @Test
  void controlCPrintsTheAcceptedFilesAndHowToFollowThem() throws Exception {
    Path first = Files.writeString(directory.resolve("first.jpg"), "1");
    Path second = Files.writeString(directory.resolve("second.jpg"), "2");
    try (ScriptedServer server = new ScriptedServer(this::acceptAndNeverFinish);
        TerminalSession session =
            TerminalSession.start(
                COLUMNS,
                directory,
                "upload",
                first,
                second,
                "--parallel",
                "1",
                "--wait",
                "--server",
                server.address())) {
      session.await("accepted  " + ScriptedServer.ID);
      session.await("accepted  " + SECOND_ID);
      session.pressControlC();
      assertThat(session.awaitEnd()).isEqualTo(130);
      String last = session.printed().substring(session.printed().indexOf("^C"));
      assertThat(last)
          .startsWith("^C\r\n")
          .contains("Interrupted: 2 of 2 files accepted")
          .contains(
              "Follow: thumbnailer --server %s watch %s %s"
                  .formatted(server.address(), ScriptedServer.ID, SECOND_ID));
    }
  }

  @Test
  void watchShowsEventsAsTheyComeUntilControlC() throws Exception {
    CountDownLatch works = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                (exchange, number) -> {
                  exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                  exchange.sendResponseHeaders(200, 0);
                  send(exchange, "QUEUED");
                  awaitQuietly(works);
                  send(exchange, "PROCESSING");
                  awaitQuietly(over);
                });
        TerminalSession session =
            TerminalSession.start(
                COLUMNS, directory, "watch", ScriptedServer.ID, "--server", server.address())) {
      session.await("QUEUED");
      assertThat(session.printed()).doesNotContain("PROCESSING");
      works.countDown();
      session.await("PROCESSING");
      session.pressControlC();
      assertThat(session.awaitEnd()).isEqualTo(130);
      over.countDown();
      assertThat(session.printed()).contains("The jobs continue.").doesNotContain("Events");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void watchReportsThatItPollsIfThereAreNoEvents() throws Exception {
    finish.countDown();
    try (ScriptedServer server =
            new ScriptedServer(
                (exchange, number) -> {
                  if (exchange.getRequestURI().getPath().endsWith("/events")) {
                    ScriptedServer.answer(exchange, 503, "{}");
                  } else {
                    acceptAndFinishOnDemand(exchange, number);
                  }
                });
        TerminalSession session =
            TerminalSession.start(
                COLUMNS, directory, "watch", ScriptedServer.ID, "--server", server.address())) {
      assertThat(session.awaitEnd()).as(session.printed()).isZero();
      assertThat(session.printed()).containsOnlyOnce("Events are not available").contains("DONE");
    }
  }

  @Test
  void noColorTurnsColoursOff() throws Exception {
    Path photo = Files.writeString(directory.resolve("photo.jpg"), "1");
    finish.countDown();
    try (ScriptedServer server = new ScriptedServer(this::acceptAndFinishOnDemand);
        TerminalSession session =
            TerminalSession.start(
                COLUMNS,
                directory,
                "upload",
                photo,
                "--wait",
                "--no-color",
                "--server",
                server.address())) {
      assertThat(session.awaitEnd()).as(session.printed()).isZero();
      assertThat(session.printed()).contains("DONE").doesNotContain("\u001b[32m");
    }
  }

  @Test
  void theStatusLineIsRewrittenInPlaceAndFitsTheTerminal() throws Exception {
    Path photo = Files.writeString(directory.resolve("photo.jpg"), "1");
    try (ScriptedServer server = new ScriptedServer(this::acceptAndFinishOnDemand);
        TerminalSession session =
            TerminalSession.start(
                COLUMNS, directory, "upload", photo, "--wait", "--server", server.address())) {
      session.await("0/1 jobs");
      finish.countDown();
      assertThat(session.awaitEnd()).as(session.printed()).isZero();
      assertThat(session.printed())
          .as("the status is green")
          .contains("\u001b[32mDONE")
          .contains("1 done of 1 file in ");
      for (String line : session.printed().split("[\r\n]", -1)) {
        if (line.contains("jobs") || line.contains("files ")) {
          assertThat(line.stripTrailing().length()).as(line).isLessThan(COLUMNS);
        }
      }
      // before anything else is printed, the line is taken away
      assertThat(session.printed()).containsPattern("\r {20,}\r" + ScriptedServer.ID);
    }
  }

  @Test
  void nothingIsReadFromATerminalAsAnImage() throws Exception {
    try (TerminalSession session = TerminalSession.start(COLUMNS, directory, "upload", "-")) {
      assertThat(session.awaitEnd()).isEqualTo(2);
      assertThat(session.printed()).contains("standard input is a terminal");
    }
  }

  @Test
  void withoutATerminalThereIsNoStatusLineAndNoColour() throws Exception {
    Path photo = Files.writeString(directory.resolve("photo.jpg"), "1");
    finish.countDown();
    try (ScriptedServer server = new ScriptedServer(this::acceptAndFinishOnDemand)) {
      Run run = Run.of("upload", photo, "--wait", "--server", server.address());
      assertThat(run.out() + run.err())
          .contains("1 done of 1 file")
          .doesNotContain("\r", "\u001b", "jobs");
    }
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    assumeTrue(TerminalSession.runs("bash", "--version"), "bash is not installed");
    Path script = directory.resolve("completion");
    Run run = Run.of("generate-completion");
    assertThat(run.exitCode()).isZero();
    Files.writeString(script, run.out());
    assertThat(complete(script, "thumbnailer", "upl")).containsExactly("upload");
    assertThat(complete(script, "thumbnailer", "upload", "--rec")).containsExactly("--recursive");
    assertThat(complete(script, "thumbnailer", "upload", "--priority", "L")).containsExactly("LOW");
  }

  /** Calls the function that the script registers, as bash does. */
  private String[] complete(Path script, String... words) throws Exception {
    String command =
        """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        function=$(complete -p thumbnailer | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        $function 2> /dev/null; printf '%s\\n' "${COMPREPLY[@]}"
        """;
    List<String> line = new ArrayList<>(List.of("bash", "-c", command, "bash", script.toString()));
    line.addAll(List.of(words));
    Process bash = new ProcessBuilder(line).redirectErrorStream(true).start();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return printed.strip().split("\\s+", -1);
  }

  private static void send(HttpExchange exchange, String status) throws IOException {
    exchange
        .getResponseBody()
        .write(
            "data: {\"id\":\"%s\",\"status\":\"%s\"}\n\n"
                .formatted(ScriptedServer.ID, status)
                .getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      var unused = latch.await(3, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptAndNeverFinish(HttpExchange exchange, int number) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/upload")) {
      String id = uploads.incrementAndGet() == 1 ? ScriptedServer.ID : SECOND_ID;
      ScriptedServer.answer(exchange, 202, ScriptedServer.ACCEPTED.replace(ScriptedServer.ID, id));
    } else {
      ScriptedServer.answer(exchange, 200, "{\"status\":\"QUEUED\"}");
    }
  }

  private void acceptAndFinishOnDemand(HttpExchange exchange, int number) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/upload")) {
      ScriptedServer.answer(exchange, 202, ScriptedServer.ACCEPTED);
    } else {
      ScriptedServer.answer(
          exchange,
          200,
          finish.getCount() == 0 ? ScriptedServer.done("small", 5) : "{\"status\":\"QUEUED\"}");
    }
  }
}
