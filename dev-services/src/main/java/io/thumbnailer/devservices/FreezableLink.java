package io.thumbnailer.devservices;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy that can stop forwarding without closing anything, as a host does that hangs or that
 * was cut off from the network: connections are still accepted, and then nothing comes. Bound to
 * the loopback address; each direction of a connection has a thread.
 */
public final class FreezableLink implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  private final int target;
  private final ServerSocket door;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "freezable-link");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Connection> connections = new ArrayList<>();
  private final AtomicLong withheld = new AtomicLong();
  private boolean frozen;
  private volatile long delayMillis;

  /** Both ends of a connection; {@code lost} when nothing is forwarded on it any more. */
  private static final class Connection {
    private final Socket client;
    private final Socket server;
    private boolean lost;

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }
  }

  /** Forwards to a port of this machine, and begins at once. */
  public FreezableLink(int target) {
    this.target = target;
    try {
      door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new DevServicesException("no port for a link", e);
    }
    threads.execute(this::accept);
  }

  /** The port that clients connect to. */
  public int port() {
    return door.getLocalPort();
  }

  /** Forwards nothing from now on. */
  public synchronized void freeze() {
    frozen = true;
  }

  /** Forwards again, what was withheld first. */
  public synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  /** Never forwards anything again on the connections that are open; new ones work. */
  public synchronized void loseConnections() {
    connections.forEach(connection -> connection.lost = true);
    frozen = false;
    notifyAll();
  }

  /** Holds each piece of data back for so long; 0 for not at all. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** How many pieces of data met a frozen link. */
  public long withheld() {
    return withheld.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Connection connection =
            new Connection(client, new Socket(InetAddress.getLoopbackAddress(), target));
        synchronized (this) {
          connections.add(connection);
        }
        threads.execute(() -> forward(connection, connection.client, connection.server));
        threads.execute(() -> forward(connection, connection.server, connection.client));
      } catch (IOException e) {
        // the target is away, or the link is closed
      }
    }
  }

  private void forward(Connection connection, Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitPassage(connection);
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // one end has closed it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        connections.remove(connection);
      }
    }
  }

  private void awaitPassage(Connection connection) throws InterruptedException {
    Thread.sleep(delayMillis);
    synchronized (this) {
      if (frozen || connection.lost) {
        withheld.incrementAndGet();
      }
      while (frozen || connection.lost) {
        wait();
      }
    }
  }

  @Override
  public synchronized void close() {
    threads.shutdownNow();
    try {
      door.close();
      for (Connection connection : List.copyOf(connections)) {
        connection.client.close();
        connection.server.close();
      }
    } catch (IOException e) {
      throw new DevServicesException("a link could not be closed", e);
    }
  }
}
