package io.thumbnailer.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server with scripted responses, which may be those of a broken or hostile server. */
final class ScriptedServer implements AutoCloseable {
  static final String ID = "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b";
  static final String ACCEPTED = "{\"jobs\":[{\"id\":\"" + ID + "\",\"status\":\"QUEUED\"}]}";

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * A request as received.
   *
   * @param bodyBytes its size; {@code body} holds no more than the first 64 KB
   */
  record Request(String path, String apiKey, String idempotencyKey, long bodyBytes, String body) {}

  /** Answers one request. */
  @FunctionalInterface
  interface Script {
    void answer(HttpExchange exchange, int number) throws IOException;
  }

  ScriptedServer(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(read(exchange));
            script.answer(exchange, requests.size());
          }
        });
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Request> requests() {
    return requests;
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** A job that is done with one rendition. */
  static String done(String rendition, long bytes) {
    return """
    {"id":"%s","status":"DONE","filename":"a.jpg","renditions":{"%s":
      {"width":1,"height":1,"bytes":%d,"contentType":"image/jpeg","url":"file:///etc/passwd"}}}
    """
        .formatted(ID, rendition, bytes);
  }

  private static Request read(HttpExchange exchange) throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      byte[] first = body.readNBytes(64 * 1024);
      long size = first.length;
      byte[] buffer = new byte[64 * 1024];
      int read;
      while ((read = body.read(buffer)) >= 0) {
        size += read;
      }
      return new Request(
          exchange.getRequestURI().toString(),
          exchange.getRequestHeaders().getFirst("X-API-Key"),
          exchange.getRequestHeaders().getFirst("Idempotency-Key"),
          size,
          new String(first, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
