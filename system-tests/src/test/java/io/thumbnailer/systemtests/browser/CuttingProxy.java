package io.thumbnailer.systemtests.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network between the browser and a server: passes bytes on until it is cut, and again when it
 * is mended. It notes which event streams were asked for.
 */
final class CuttingProxy implements AutoCloseable {
  private static final Pattern STREAM =
      Pattern.compile("GET /jobs/(\\S+)/events HTTP.*?\r\n\r\n", Pattern.DOTALL);

  private final URI server;
  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<String> streams = new CopyOnWriteArrayList<>();
  private volatile boolean cut;

  /** To a server of this machine. */
  CuttingProxy(URI server) {
    this.server = server;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("proxy-accept", this::accept);
  }

  URI uri() {
    return URI.create("http://localhost:" + listener.getLocalPort() + "/");
  }

  /** Breaks every connection, and every new one at once. */
  void cut() {
    cut = true;
    connections.forEach(CuttingProxy::closeQuietly);
  }

  void mend() {
    cut = false;
  }

  /** The heads of the requests for event streams, oldest first. */
  List<String> streams() {
    return List.copyOf(streams);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (cut) {
          client.close();
          continue;
        }
        Socket upstream = new Socket(server.getHost(), server.getPort());
        connections.add(client);
        connections.add(upstream);
        start("proxy-out", () -> pump(client, upstream, true));
        start("proxy-in", () -> pump(upstream, client, false));
      } catch (IOException e) {
        // closed, or the server is away: the browser sees a broken connection either way
      }
    }
  }

  private void pump(Socket from, Socket to, boolean requests) {
    byte[] buffer = new byte[16 * 1024];
    StringBuilder seen = new StringBuilder();
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (requests) {
          note(seen.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1)));
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // cut
    } finally {
      connections.remove(from);
      connections.remove(to);
    }
  }

  private void note(StringBuilder seen) {
    Matcher matcher = STREAM.matcher(seen);
    int end = 0;
    while (matcher.find()) {
      streams.add(matcher.group());
      end = matcher.end();
    }
    seen.delete(0, Math.max(end, seen.length() - 4096));
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it was closed before
    }
  }
}
