package io.thumbnailer.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker as a client of an API server by HTTPS, with the files that Kubernetes mounts. */
class PodDeletionCostTest {
  private static final String PASSWORD = "changeit";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private record Call(String method, String path, String token, String type, String body) {}

  @TempDir Path directory;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private volatile int status = 200;
  private HttpsServer server;
  private PodAnnotator pod;
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private PodDeletionCost cost;

  @BeforeEach
  void start() throws Exception {
    Path mount = Files.createDirectory(directory.resolve("mount"));
    Path keys = makeCertificate("server", mount.resolve("ca.crt"));
    Files.writeString(mount.resolve("namespace"), "thumbnailer");
    Files.writeString(mount.resolve("token"), "first-token\n");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(contextOf(keys)));
    server.createContext("/", this::answer);
    server.start();
    pod =
        new PodAnnotator(
            URI.create("https://127.0.0.1:" + server.getAddress().getPort()), mount, "worker-x");
    cost = new PodDeletionCost(pod, busy::get, Duration.ofMillis(20));
  }

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
    server.stop(0);
  }

  @Test
  void everyChangeOfTheRunningJobsIsReportedOnce() {
    cost.start(scheduler);
    busy.set(2);
    await().atMost(LIMIT).until(() -> calls.size() == 1);
    busy.set(0);
    await().atMost(LIMIT).until(() -> calls.size() == 2);
    await().during(Duration.ofMillis(300)).atMost(LIMIT).until(() -> calls.size() == 2);
    assertThat(calls.get(0))
        .isEqualTo(
            new Call(
                "PATCH",
                "/api/v1/namespaces/thumbnailer/pods/worker-x",
                "Bearer first-token",
                "application/merge-patch+json",
                "{\"metadata\":{\"annotations\":"
                    + "{\"controller.kubernetes.io/pod-deletion-cost\":\"2\"}}}"));
    assertThat(calls.get(1).body()).contains("\"0\"");
  }

  @Test
  void anIdleWorkerReportsNothing() {
    cost.start(scheduler);
    await().during(Duration.ofMillis(300)).atMost(LIMIT).until(calls::isEmpty);
  }

  @Test
  void aRefusedReportIsRepeated() {
    status = 403;
    cost.start(scheduler);
    busy.set(1);
    await().atMost(LIMIT).until(() -> calls.size() >= 3);
    status = 200;
    int refused = calls.size();
    await().atMost(LIMIT).until(() -> calls.size() > refused);
    int accepted = calls.size();
    await().during(Duration.ofMillis(300)).atMost(LIMIT).until(() -> calls.size() <= accepted + 1);
  }

  @Test
  void aRenewedTokenIsUsed() throws Exception {
    pod.annotate(PodDeletionCost.ANNOTATION, 1);
    Files.writeString(directory.resolve("mount/token"), "second-token");
    pod.annotate(PodDeletionCost.ANNOTATION, 1);
    assertThat(calls)
        .extracting(Call::token)
        .containsExactly("Bearer first-token", "Bearer second-token");
  }

  @Test
  void aServerThatTheClusterDidNotSignGetsNoToken() throws Exception {
    makeCertificate("other", directory.resolve("mount/ca.crt"));
    assertThatThrownBy(() -> pod.annotate(PodDeletionCost.ANNOTATION, 1))
        .isInstanceOf(IOException.class);
    assertThat(calls).isEmpty();
  }

  @Test
  void thereIsNoPodOutsideACluster() {
    assertThat(PodAnnotator.find(Map.of("HOSTNAME", "laptop"))).isEmpty();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.add(
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              exchange.getRequestHeaders().getFirst("Content-Type"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private Path makeCertificate(String name, Path certificate) throws Exception {
    Path keys = directory.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-keystore",
        keys.toString(),
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "san=ip:127.0.0.1");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        keys.toString(),
        "-alias",
        name,
        "-file",
        certificate.toString());
    return keys;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(directory.resolve("keytool.log"))).isZero();
  }

  private static SSLContext contextOf(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
