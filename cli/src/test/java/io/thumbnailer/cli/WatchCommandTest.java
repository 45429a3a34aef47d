package io.thumbnailer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.thumbnailer.cli.service.Requests;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchCommandTest {
  private static final String OTHER_ID = ScriptedServer.ID.replace('0', '1');

  private final AtomicInteger polls = new AtomicInteger();
  private final List<String> lastEventIds = new ArrayList<>();

  @Test
  void eachEventIsShownAndTheJobIsNotRequested() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) ->
                stream(exchange, event(1, "QUEUED") + event(2, "PROCESSING") + event(3, "DONE")))) {
      Run run = watch(server, ScriptedServer.ID);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out().lines()).hasSize(3).element(1).asString().contains("PROCESSING");
      assertThat(run.err()).isEmpty();
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::path)
          .containsExactly("/jobs/" + ScriptedServer.ID + "/events");
    }
  }

  @Test
  void aFailedJobGivesExitCodeOne() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer((exchange, number) -> stream(exchange, event(1, "FAILED")))) {
      assertThat(watch(server, ScriptedServer.ID).exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aLostStreamIsContinuedAfterTheLastEvent() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) -> {
              lastEventIds.add(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
              stream(
                  exchange,
                  number == 1
                      ? "retry: 10\n" + event(7, "QUEUED") + "id: 8\ndata: {\"cut off"
                      : event(9, "DONE"));
            })) {
      Run run = watch(server, ScriptedServer.ID);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(lastEventIds).containsExactly(null, "7");
      assertThat(run.out().lines()).hasSize(2);
    }
  }

  @Test
  void theStreamReconnectsAfterAServerRestart() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) -> {
              switch (number) {
                case 1 -> stream(exchange, "retry: 10\n" + event(1, "QUEUED"));
                case 2 -> ScriptedServer.answer(exchange, 502, "");
                case 3 -> exchange.close();
                default -> stream(exchange, event(2, "DONE"));
              }
            })) {
      Run run = watch(server, ScriptedServer.ID);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.requests()).allMatch(request -> request.path().endsWith("/events"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 406, 503})
  void withoutEventsTheJobsArePolledAndThisIsReportedOnce(int status) throws IOException {
    try (ScriptedServer server =
        new ScriptedServer((exchange, number) -> refuseEvents(exchange, status))) {
      Run run = watch(server, ScriptedServer.ID, OTHER_ID);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("QUEUED", "DONE");
      assertThat(run.err()).containsOnlyOnce("Events are not available");
      assertThat(polls.get()).isGreaterThan(2);
    }
  }

  @Test
  void jsonOutputDoesNotMentionHowJobsAreFollowed() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer((exchange, number) -> refuseEvents(exchange, 404))) {
      Run run = watch(server, ScriptedServer.ID, "--json");
      assertThat(run.exitCode()).isZero();
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void anUnknownJobIsTheOnlyProblemThatIsReported() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) ->
                ScriptedServer.answer(
                    exchange, 404, "{\"code\":\"not-found\",\"detail\":\"no such job\"}"))) {
      Run run = watch(server, ScriptedServer.ID);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("no such job").doesNotContain("Events");
    }
  }

  @Test
  void aDeletedJobEndsTheWatch() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) ->
                stream(exchange, event(1, "QUEUED") + "event: removed\ndata: {}\n\n"))) {
      Run run = watch(server, ScriptedServer.ID);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("the job was deleted");
    }
  }

  @Test
  void watchTimesOutForAJobThatDoesNotEnd() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) -> {
              if (exchange.getRequestURI().getPath().endsWith("/events")) {
                stream(exchange, event(1, "QUEUED"));
                await(over);
              } else {
                ScriptedServer.answer(exchange, 200, job("QUEUED"));
              }
            })) {
      Run run = watch(server, ScriptedServer.ID, "--timeout", "1");
      over.countDown();
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.err()).contains("has not ended within 1 s");
    }
  }

  @Test
  void eventsDelayedByAProxyAreDetected() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    StringWriter err = new StringWriter();
    List<String> seen = new ArrayList<>();
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) -> {
              if (exchange.getRequestURI().getPath().endsWith("/events")) {
                stream(exchange, event(1, "QUEUED"));
                await(over);
              } else {
                refuseEvents(exchange, 404);
              }
            })) {
      Service service =
          new Service(
              new Requests(
                  URI.create(server.address() + "/"), Optional.empty(), 0, Duration.ofMinutes(1)));
      Output output =
          new Output(
              new PrintWriter(new StringWriter()), new PrintWriter(err), Output.Mode.TEXT, false);
      polls.set(1); // the next answer is DONE
      var unused =
          new EventFollower(service, Duration.ofMinutes(1), output, Duration.ofMillis(200))
              .awaitEnd(ScriptedServer.ID, job -> seen.add(job.path("status").asText()));
      over.countDown();
    }
    assertThat(seen).containsExactly("QUEUED", "DONE");
  }

  private static Run watch(ScriptedServer server, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("watch"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--server", server.address()));
    return Run.of(all.toArray());
  }

  /** Refuses event streams; a job is queued at the first request, and then done. */
  private void refuseEvents(HttpExchange exchange, int status) throws IOException {
    if (exchange.getRequestURI().getPath().endsWith("/events")) {
      ScriptedServer.answer(exchange, status, "{}");
    } else {
      String state = polls.incrementAndGet() <= 1 ? "QUEUED" : "DONE";
      ScriptedServer.answer(exchange, 200, job(state));
    }
  }

  /** Responds with events, and leaves the stream open until the script returns. */
  private static void stream(HttpExchange exchange, String events) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(events.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static String event(int id, String status) {
    return "id: %d\ndata: %s\n\n".formatted(id, job(status));
  }

  private static String job(String status) {
    return "{\"id\":\"%s\",\"status\":\"%s\",\"filename\":\"a.jpg\"}"
        .formatted(ScriptedServer.ID, status);
  }

  private static void await(CountDownLatch latch) {
    try {
      var unused = latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
