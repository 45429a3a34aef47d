package io.thumbnailer.systemtests.browser;

import io.thumbnailer.devservices.TcpRelay;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network between the browser and a server: it can be cut and mended. It records which event
 * streams were requested.
 */
final class CuttingProxy implements AutoCloseable {
  private static final Pattern STREAM =
      Pattern.compile("GET /jobs/(\\S+)/events HTTP.*?\r\n\r\n", Pattern.DOTALL);
  private static final int LONGEST_HEAD = 4096;

  private final List<String> streams = new CopyOnWriteArrayList<>();
  private final TcpRelay relay;

  /** To a server of this machine. */
  CuttingProxy(URI server) {
    relay = TcpRelay.to(server.getPort(), Requests::new);
  }

  URI uri() {
    return URI.create("http://localhost:" + relay.port() + "/");
  }

  /** Breaks every connection, and every new one at once. */
  void cut() {
    relay.cut();
  }

  void mend() {
    relay.restore();
  }

  /** The heads of the requests for event streams, oldest first. */
  List<String> streams() {
    return List.copyOf(streams);
  }

  @Override
  public void close() {
    relay.close();
  }

  /** Searches the requests of one connection for those of event streams. */
  private final class Requests implements TcpRelay.Traffic {
    private final StringBuilder seen = new StringBuilder();

    @Override
    public boolean toServer(byte[] data, OutputStream server, OutputStream client)
        throws IOException {
      seen.append(new String(data, StandardCharsets.ISO_8859_1));
      Matcher matcher = STREAM.matcher(seen);
      int end = 0;
      while (matcher.find()) {
        streams.add(matcher.group());
        end = matcher.end();
      }
      seen.delete(0, Math.max(end, seen.length() - LONGEST_HEAD));
      server.write(data);
      return true;
    }
  }
}
