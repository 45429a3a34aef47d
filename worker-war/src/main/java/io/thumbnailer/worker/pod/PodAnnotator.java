package io.thumbnailer.worker.pod;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Annotates the pod that this server runs in through the Kubernetes API. Certificate authority and
 * token are those of the service account, which Kubernetes mounts and renews, so both are read
 * again for each change.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/">Accessing
 *     the Kubernetes API from a Pod</a>
 */
public final class PodAnnotator {
  private static final Path MOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final URI api;
  private final Path mount;
  private final String name;

  /**
   * A pod.
   *
   * @param api the API server's address
   * @param mount the directory with {@code ca.crt}, {@code namespace} and {@code token}
   * @param name of the pod
   */
  PodAnnotator(URI api, Path mount, String name) {
    this.api = api;
    this.mount = mount;
    this.name = name;
  }

  /**
   * Created from the variables that Kubernetes sets in every container; empty outside a cluster or
   * without a mounted token.
   */
  public static Optional<PodAnnotator> find(Map<String, String> environment) {
    String host = environment.get("KUBERNETES_SERVICE_HOST");
    String port = environment.get("KUBERNETES_SERVICE_PORT");
    // a container's host name is its pod's name, unless the pod sets another
    String pod = environment.get("HOSTNAME");
    if (host == null || port == null || pod == null || !Files.exists(MOUNT.resolve("token"))) {
      return Optional.empty();
    }
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return Optional.of(new PodAnnotator(URI.create("https://" + literal + ":" + port), MOUNT, pod));
  }

  /**
   * Sets an annotation to a number and leaves the others unchanged.
   *
   * @param annotation its name, without characters that JSON must escape
   * @throws IOException if the API server is unreachable or untrusted, or refuses
   */
  void annotate(String annotation, int value) throws IOException, InterruptedException {
    String patch = "{\"metadata\":{\"annotations\":{\"%s\":\"%d\"}}}".formatted(annotation, value);
    HttpRequest request =
        HttpRequest.newBuilder(
                api.resolve("/api/v1/namespaces/" + read("namespace") + "/pods/" + name))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + read("token"))
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(patch))
            .build();
    HttpResponse<Void> answer = client().send(request, HttpResponse.BodyHandlers.discarding());
    if (answer.statusCode() != 200) {
      throw new IOException("the Kubernetes API returned " + answer.statusCode());
    }
  }

  private String read(String file) throws IOException {
    return Files.readString(mount.resolve(file)).strip();
  }

  private HttpClient client() throws IOException {
    try (InputStream in = Files.newInputStream(mount.resolve("ca.crt"))) {
      KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        authorities.setCertificateEntry("ca-" + authorities.size(), authority);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(context).connectTimeout(LIMIT).build();
    } catch (GeneralSecurityException e) {
      throw new IOException("could not load the cluster's certificate authority", e);
    }
  }
}
