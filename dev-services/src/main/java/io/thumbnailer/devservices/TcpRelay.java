package io.thumbnailer.devservices;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Forwards TCP connections from a loopback port to another port of this machine, so that tests can
 * observe, delay or break the traffic. Both ends of a connection are closed when either is. Each
 * direction of a connection has a daemon thread.
 */
public final class TcpRelay implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;
  private static final int BACKLOG = 200;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int CLOSE_SECONDS = 10;

  private final ServerSocket listener;
  private final int target;
  private final Supplier<? extends Traffic> traffic;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "tcp-relay");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean cut;

  /** Decides what is forwarded on one connection. By default everything is. */
  public interface Traffic {
    /**
     * Forwards data that the client sent. May block.
     *
     * @param client for an answer in the server's place
     * @return false to close the connection
     */
    default boolean toServer(byte[] data, OutputStream server, OutputStream client)
        throws IOException, InterruptedException {
      server.write(data);
      return true;
    }

    /**
     * Forwards data that the server sent. May block.
     *
     * @return false to close the connection
     */
    default boolean toClient(byte[] data, OutputStream client)
        throws IOException, InterruptedException {
      client.write(data);
      return true;
    }
  }

  /**
   * Begins to accept connections.
   *
   * @param listener accepts the clients; closed with the relay
   * @param target the server's port on the loopback address
   * @param traffic is asked once for each connection
   */
  public TcpRelay(ServerSocket listener, int target, Supplier<? extends Traffic> traffic) {
    this.listener = listener;
    this.target = target;
    this.traffic = traffic;
    threads.execute(this::accept);
  }

  /** Creates a relay that listens on a free port. */
  public static TcpRelay to(int target, Supplier<? extends Traffic> traffic) {
    try {
      return new TcpRelay(
          new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), target, traffic);
    } catch (IOException e) {
      throw new DevServicesException("no port for a relay", e);
    }
  }

  /** The port that clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Closes every connection, and new ones as soon as they are accepted. */
  public void cut() {
    cut = true;
    sockets.forEach(TcpRelay::closeQuietly);
  }

  /** Forwards new connections again after {@link #cut}. */
  public void restore() {
    cut = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        serve(client);
      } catch (IOException e) {
        // the relay is closed, or the client is gone already
      }
    }
  }

  private void serve(Socket client) {
    try {
      threads.execute(() -> connect(client));
    } catch (RejectedExecutionException e) {
      // the relay is closed
      closeQuietly(client);
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    try (client;
        server) {
      sockets.add(client);
      sockets.add(server);
      if (cut) {
        return;
      }
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
      Traffic rules = traffic.get();
      OutputStream toClient = client.getOutputStream();
      OutputStream toServer = server.getOutputStream();
      threads.execute(() -> forward(server, client, data -> rules.toClient(data, toClient)));
      forward(client, server, data -> rules.toServer(data, toServer, toClient));
    } catch (IOException e) {
      // the server is away, or a connection was closed meanwhile
    } finally {
      sockets.remove(client);
      sockets.remove(server);
    }
  }

  private interface Forwarding {
    boolean forward(byte[] data) throws IOException, InterruptedException;
  }

  private void forward(Socket from, Socket to, Forwarding forwarding) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      int read;
      do {
        read = in.read(buffer);
      } while (read >= 0 && forwarding.forward(Arrays.copyOf(buffer, read)));
    } catch (IOException e) {
      // one end has closed the connection
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // was closed before
    }
  }

  /**
   * Closes the listener and every connection, and waits for the threads for at most 10 s: the
   * kernel accepts connections until the thread that is blocked in {@code accept} has left it.
   */
  @Override
  public void close() {
    closeQuietly(listener);
    cut();
    threads.shutdownNow();
    try {
      threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
