package io.thumbnailer.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Takes TLS connections for a server that speaks plain TCP, as the managed Redis services do. Its
 * certificate is for {@code localhost} and signed by nobody but itself.
 */
final class TlsTerminator implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final ServerSocket listener;
  private final int target;
  private final Path keys;

  private TlsTerminator(ServerSocket listener, int target, Path keys) {
    this.listener = listener;
    this.target = target;
    this.keys = keys;
  }

  /**
   * Starts in front of a port of this machine.
   *
   * @param folder for the key store, which is also the trust store of clients
   */
  static TlsTerminator before(int target, Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keys = folder.resolve("keys.p12");
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
    TlsTerminator terminator = new TlsTerminator(listener, target, keys);
    daemon(terminator::accept);
    return terminator;
  }

  /** The port for clients. */
  int port() {
    return listener.getLocalPort();
  }

  /** What a JVM must be told to trust this server. */
  String trustingJvmArguments() {
    return "-Djavax.net.ssl.trustStore=" + keys + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        daemon(() -> copy(client, server));
        daemon(() -> copy(server, client));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      var unused = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // both ends are closed now; the client notices
    }
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

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tls-terminator");
    thread.setDaemon(true);
    thread.start();
  }
}
