package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no honest client sends get a stable problem, never a failure of the server. */
class HostileRequestIT {
  private static final String UNKNOWN = "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b";
  private static final Duration ANSWER = Duration.ofSeconds(90);

  @TempDir static Path directory;
  private static Deployment deployment;
  private static LibertyServer server;
  private static ThumbnailerClient client;
  private static ThumbnailerClient management;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(directory);
    server =
        deployment.startServer(
            ServerRole.INGEST, Map.of("THUMBNAILER_HTTP_HOSTS", "localhost,127.0.0.1"));
    client = new ThumbnailerClient(server.uri());
    management = new ThumbnailerClient(server.management());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  static List<String> malformedDescriptionsAreRefused() {
    String size = "{\"contentType\":\"image/jpeg\",\"size\":%s}";
    return List.of(
        size.formatted("123456789012345678901234567890".repeat(200)),
        size.formatted("1e999999999"),
        size.formatted("-1"),
        size.formatted("1.5"),
        "[".repeat(8000),
        "{\"a\":".repeat(1600),
        size.formatted("5") + "x",
        size.formatted("5") + size.formatted("6"),
        size.formatted("5") + "\u0000",
        size.formatted("5,\"size\":6"),
        size.formatted("5,"),
        size.formatted("5") + "]",
        size.formatted("\"5\""),
        size.formatted("NaN"),
        size.formatted("05"),
        size.formatted("5 /* a comment */"),
        "{\"contentType\":\"image/jpeg\",\"size\":5,\"renditions\":\""
            + "small,".repeat(1000)
            + "x\"}",
        "null",
        "");
  }

  @ParameterizedTest
  @MethodSource
  void malformedDescriptionsAreRefused(String body) {
    HttpResponse<String> answer = begin(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("bad-request");
  }

  @Test
  void aRenditionRequestedAThousandTimesIsRenderedOnce() {
    HttpResponse<String> answer =
        begin(
            "{\"contentType\":\"image/jpeg\",\"size\":5,\"renditions\":\""
                + "small,".repeat(1000)
                + "small\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void anEncodedBodyIsRefusedAndNotInflated() throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(encoded)) {
      gzip.write(new MultipartForm().file("zeros", new byte[20_000_000]).bytes());
    }
    HttpResponse<String> answer =
        client.send(
            client
                .request("upload")
                .header("Content-Type", new MultipartForm().contentType())
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(encoded.toByteArray())));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("unsupported-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+44", "0, 44", "44 44", "-1"})
  void aLengthThatIsNotASingleNumberIsRefused(String length) throws IOException {
    String answer =
        raw(
            "POST /upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + length
                + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"no-such\"", "a b", ""})
  void aCharsetThatIsNotKnownIsRefused(String charset) throws IOException {
    String answer =
        raw(
            "POST /uploads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json; charset="
                + charset
                + "\r\nContent-Length: 2\r\n\r\n{}");
    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("internal-error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: a/b;q=x",
        "Accept: a/b;q=",
        "Accept: */",
        "Accept: a/b;q=2, */*",
        "Accept: */*;q=1e9999",
        "Accept-Language: en;q=x",
        "Accept-Language: -"
      })
  void aMalformedAcceptHeaderIsABadRequest(String header) throws IOException {
    for (String target : List.of("GET /jobs", "POST /upload", "GET /", "DELETE /jobs/x")) {
      String answer =
          raw(
              target
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + header
                  + "\r\n\r\n");
      assertThat(answer).as(target).startsWith("HTTP/1.1 ").doesNotContain("internal-error");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/{id}",
        "/a|b",
        "/a\"b",
        "/a<b>",
        "/a^b",
        "/a`b",
        "/a;b={",
        "/x?{q}",
        "/jobs/{id}"
      })
  void anInvalidRequestTargetIsRefused(String target) throws IOException {
    for (String method : List.of("GET", "POST", "PATCH", "OPTIONS")) {
      String answer =
          raw(
              method
                  + " "
                  + target
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + "Content-Length: 0\r\n\r\n");
      assertThat(answer).as(method).startsWith("HTTP/1.1 400").contains("\"bad-request\"");
    }
  }

  @Test
  void aRequestForAnotherHostIsRefused() throws IOException {
    String answer = raw("GET / HTTP/1.1\r\nHost: evil.example:9080\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("bad-request");
  }

  @Test
  void slowDescriptionsDoNotBlockTheServer() throws IOException {
    List<RawConnection> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 700; i++) {
        slow.add(
            RawConnection.open(server.uri())
                .send(
                    ascii(
                        """
                        POST /uploads HTTP/1.1\r
                        Host: localhost\r
                        Content-Type: application/json\r
                        Content-Length: 5000\r
                        \r
                        {"filename":"\
                        """)));
      }
      assertThat(management.get("health/live").statusCode()).isEqualTo(200);
      String refused = slow.get(slow.size() - 1).readToEnd(ANSWER);
      assertThat(refused).contains("503").contains("overloaded");
    } finally {
      slow.forEach(RawConnection::close);
    }
  }

  /** Requests that Liberty answers itself, before the application. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%2fb",
        "/jobs/a%2Fb",
        "/thumbnails/x/%2f",
        "/%5c",
        "/jobs/x%5cy",
        "/a\\b",
        "/css/%2e%2e/",
        "/js/..%2f",
        "/%c0%ae%c0%ae/",
        "/%e2%82",
        "/#x",
        "/WEB-INF/web.xml",
        "/%57EB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/%00",
        "/..;/",
        "/%",
        "/jobs/%zz",
        "/..%2f..%2fetc",
        "/../../etc",
        "/jobs/%0d%0aX:%20y",
        "/openapi/ui/%2f",
        "/openapi/ui/x",
        "/openapi/ui/WEB-INF/web.xml",
        "//x"
      })
  void noPathReturnsAPageOfLibertyItself(String path) throws IOException {
    for (String method : new String[] {"GET", "POST", "PATCH"}) {
      String answer =
          raw(
              method
                  + " "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      assertThat(answer)
          .as(method)
          .startsWith("HTTP/1.1 4")
          .contains("Cache-Control: no-store", "X-Content-Type-Options: nosniff")
          .doesNotContain("Exception", ".java", "at com.", "SRVE", "<html");
    }
  }

  /** Requests that the server refuses before it knows which application they are for. */
  static List<String> malformedRequestsNeverCauseAServerError() {
    List<String> requests = new ArrayList<>();
    String host = "\r\nHost: localhost\r\nConnection: close\r\n";
    for (String line :
        List.of(
            "GET x HTTP/1.1",
            "GET http:// HTTP/1.1",
            "GET /jobs HTTP/3",
            "GET /jobs HTTP/x",
            "GET /jobs http/1.1",
            "GET / x HTTP/1.1",
            "G\0T /jobs HTTP/1.1",
            "A".repeat(9000) + " /jobs HTTP/1.1",
            "GET /" + "a".repeat(40_000) + " HTTP/1.1")) {
      requests.add(line + host + "\r\n");
    }
    for (String header :
        List.of(
            "X",
            ": v",
            "X : v",
            "\0: v",
            "X: \1",
            "X: " + "v".repeat(70_000),
            "X".repeat(70_000) + ": v",
            "X: v\r\n".repeat(5000) + "X: v",
            "Content-Length: 99999999999999999999",
            "Content-Length: 5\r\nContent-Length: 6",
            "Transfer-Encoding: x",
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Host: a\r\nHost: b",
            "Upgrade: h2c\r\nHTTP2-Settings: x",
            "$WSSN: x\r\n$WSSP: 99",
            "Expect: x",
            "Cookie: " + ";".repeat(9000))) {
      requests.add("GET /jobs HTTP/1.1" + host + header + "\r\n\r\n");
    }
    return requests;
  }

  @ParameterizedTest
  @MethodSource
  void malformedRequestsNeverCauseAServerError(String request) throws IOException {
    assertThat(raw(request))
        .matches("(?s)|HTTP/1.1 (2|4|505).*")
        .doesNotContainIgnoringCase("exception", "\tat ", "<h", "SRVE", "CWW", "Liberty", "IBM")
        .doesNotContainIgnoringCase("\nServer:", "X-Powered-By");
  }

  /** Calls every endpoint with parts that are invalid in many ways; a failure contains the seed. */
  @Test
  void randomRequestsNeverCauseAServerError() throws IOException {
    long seed = Long.getLong("api-fuzz.seed", System.nanoTime());
    int requests = Integer.getInteger("api-fuzz.requests", 300);
    Random random = new Random(seed);
    for (int i = 0; i < requests; i++) {
      String request = randomRequest(random);
      String answer = raw(request);
      int status = answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 400;
      assertThat(status)
          .as("seed %d, request %d:%n%s%nanswer:%n%s", seed, i, request, answer)
          .isLessThan(500);
      assertThat(answer).as("seed %d, request %d", seed, i).doesNotContain("\tat ");
    }
    assertThat(management.get("health/live").statusCode()).isEqualTo(200);
  }

  private static String randomRequest(Random random) {
    String[] methods = {"GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH", "TRACE", "X"};
    String[] paths = {
      "/upload",
      "/uploads",
      "/uploads/%s/complete",
      "/jobs/%s",
      "/jobs",
      "/jobs/%s/events",
      "/thumbnails/%s/small",
      "/thumbnails/%s/%s",
      "/admin/queue",
      "/admin/dead-letters/%s",
      "/admin/dead-letters/%s/replay",
      "/",
      "/operator",
      "/js/%s.js",
      "/css/%s",
      "/%s"
    };
    String[] parts = {
      UNKNOWN,
      "x",
      "",
      "..",
      "%2e%2e",
      "%00",
      "a%20b",
      "%ff%fe",
      "%c3%a9",
      "x".repeat(3000),
      UNKNOWN.toUpperCase(Locale.ROOT),
      "{id}",
      "%7B%7D",
      ";a=b",
      "-1",
      "0"
    };
    String[] types = {
      "application/json",
      "multipart/form-data; boundary=X",
      "multipart/form-data",
      "text/plain",
      "multipart/form-data; boundary=" + "y".repeat(200),
      "*/*",
      "",
      "application/json;charset=x"
    };
    String[] bodies = {
      "",
      "{}",
      "[]",
      "null",
      "\u0000\u0001",
      "{\"size\":{}}",
      "{\"contentType\":[],\"size\":\"1\"}",
      "--X\r\n\r\n--X--\r\n",
      """
      --X\r
      Content-Disposition: form-data; name=file; filename=a\r
      \r
      not an image\r
      --X--\r
      """,
      "--X\r\nContent-Disposition: form-data\r\n\r\nx",
      "x".repeat(9000)
    };
    String[] headers = {
      "Idempotency-Key: \t",
      "Idempotency-Key: " + "k".repeat(256),
      "If-None-Match: \"",
      "Accept: a/b/c",
      "Accept: text/html",
      "Accept: a/b;q=x",
      "Range: bytes=9-1",
      "Last-Event-ID: x",
      "Origin: null",
      "X-API-Key: ",
      "Authorization: Bearer",
      "traceparent: 00-x",
      "Cookie: " + "c".repeat(4000),
      "Content-Encoding: br"
    };
    String path =
        pick(random, paths).replace("%s", "\u0000").replace("\u0000", pick(random, parts));
    String query =
        random.nextInt(3) == 0
            ? "?limit=" + pick(random, parts) + "&status=" + pick(random, parts)
            : "";
    String body = pick(random, bodies);
    return pick(random, methods)
        + " "
        + path
        + query
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + "Connection: close\r\nContent-Type: "
        + pick(random, types)
        + "\r\n"
        + pick(random, headers)
        + "\r\nContent-Length: "
        + body.getBytes(StandardCharsets.ISO_8859_1).length
        + "\r\n\r\n"
        + body;
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }

  private static HttpResponse<String> begin(String body) {
    return client.send(
        client
            .request("uploads")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static String raw(String request) throws IOException {
    try (RawConnection connection = RawConnection.open(server.uri())) {
      return connection.send(ascii(request)).readToEnd(ANSWER);
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
