package io.thumbnailer.devservices.web;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Prints all addresses in one block as soon as the local server accepts requests. */
final class StartSummary implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final Thread thread;

  private StartSummary(Thread thread) {
    this.thread = thread;
  }

  /**
   * Waits for the server on a separate thread, then prints.
   *
   * @param address the server's, which ends with a slash; empty while it does not listen
   * @param text of an address
   */
  static StartSummary print(
      Supplier<Optional<URI>> address, Function<URI, String> text, PrintStream out) {
    Thread thread =
        new Thread(
            () -> awaitReady(address).ifPresent(base -> out.println(text.apply(base))),
            "start-summary");
    thread.setDaemon(true);
    thread.start();
    return new StartSummary(thread);
  }

  /**
   * Returns the block of text.
   *
   * @param services environment variables with the addresses of Redis and S3, if they run here
   */
  static String text(URI base, Optional<String> adminKey, Map<String, String> services) {
    StringBuilder block = new StringBuilder("\n  Thumbnailer is ready.\n\n");
    line(block, "Page", base.toString());
    line(block, "Operator", base.resolve("operator").toString());
    adminKey.ifPresent(key -> line(block, "  its key", key));
    line(block, "API", base.resolve("openapi/ui/").toString());
    service(block, "Redis", services.get("REDIS_URL"));
    service(block, "S3", services.get("AWS_ENDPOINT_URL_S3"));
    return block.toString();
  }

  private static void service(StringBuilder block, String name, String address) {
    line(block, name, address == null ? "as configured" : address);
  }

  private static void line(StringBuilder block, String name, String value) {
    block.append("    %-10s %s%n".formatted(name, value));
  }

  private static Optional<URI> awaitReady(Supplier<Optional<URI>> address) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
    try {
      while (true) {
        Optional<URI> base = address.get();
        if (base.isPresent() && isServed(http, base.get())) {
          return base;
        }
        Thread.sleep(PERIOD.toMillis());
      }
    } catch (InterruptedException e) {
      return Optional.empty(); // the server stops
    }
  }

  /** Requests the page. Liberty logs a warning if its health is requested too early. */
  private static boolean isServed(HttpClient http, URI page) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(page).timeout(ANSWER_LIMIT).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Prints nothing any more. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
