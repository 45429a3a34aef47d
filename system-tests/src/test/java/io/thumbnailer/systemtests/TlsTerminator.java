package io.thumbnailer.systemtests;

import io.thumbnailer.devservices.TcpRelay;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Accepts TLS connections for a server that speaks plain TCP, as managed Redis services do. Its
 * certificate is for {@code localhost} and self-signed.
 */
final class TlsTerminator implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final TcpRelay relay;
  private final Path keys;

  private TlsTerminator(TcpRelay relay, Path keys) {
    this.relay = relay;
    this.keys = keys;
  }

  /**
   * Starts in front of a port of this machine.
   *
   * @param directory for the key store, which is also the trust store of clients
   */
  static TlsTerminator before(int target, Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keys = directory.resolve("keys.p12");
    makeKey(keys);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    ServerSocket listener =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    TcpRelay relay = new TcpRelay(listener, target, () -> new TcpRelay.Traffic() {});
    return new TlsTerminator(relay, keys);
  }

  /** The port for clients. */
  int port() {
    return relay.port();
  }

  /** The JVM arguments that make a client trust this server. */
  String trustingJvmArguments() {
    return "-Djavax.net.ssl.trustStore=" + keys + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
  }

  @Override
  public void close() {
    relay.close();
  }

  private static void makeKey(Path file) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "redis",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=dns:localhost",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    PASSWORD))
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no key");
    }
  }
}
