package io.thumbnailer.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy before an HTTP server that makes the network bad: some requests are slow, some
 * connections break in the middle of a request or of an answer, some requests are answered {@code
 * 503} before the server sees them. What happens to the n-th request depends on the seed. It can
 * also hang: connections stay open, and nothing comes.
 */
final class FaultyLink implements AutoCloseable {
  private static final byte[] UNAVAILABLE =
      "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket door;
  private final int target;
  private final Random random;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong faults = new AtomicLong();
  private volatile double rate;
  private volatile int delayMillis;
  private boolean hangs;

  FaultyLink(int target, long seed) {
    this.target = target;
    this.random = new Random(seed);
    try {
      door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** The part of the requests that something happens to, from 0 to 1. */
  void faultRate(double part) {
    rate = part;
  }

  /** Forwards nothing until {@link #resume}, and closes nothing. */
  synchronized void hang() {
    hangs = true;
  }

  /** Forwards again what was held back. */
  synchronized void resume() {
    hangs = false;
    notifyAll();
  }

  /** Holds every piece of a request back for so long; 0 for not at all. */
  void delay(int millis) {
    delayMillis = millis;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  long faults() {
    return faults.get();
  }

  private enum Fault {
    NONE,
    SLOW,
    REFUSE,
    BREAK_REQUEST,
    BREAK_ANSWER
  }

  private Fault next() {
    synchronized (random) {
      double first = random.nextDouble();
      Fault fault = Fault.values()[1 + random.nextInt(4)];
      return first < rate ? fault : Fault.NONE;
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        threads.execute(() -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket server = new Socket()) {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
      Link link = new Link(client, server);
      threads.execute(link::answers);
      link.requests();
    } catch (IOException e) {
      // the other side of a broken connection
    }
  }

  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean breakAnswer;

    private Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** What is read at once is a request or a part of one: small requests come whole. */
    private void requests() throws IOException {
      byte[] buffer = new byte[16 * 1024];
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      int read;
      while ((read = in.read(buffer)) >= 0) {
        Fault fault = next();
        if (fault != Fault.NONE) {
          faults.incrementAndGet();
        }
        switch (fault) {
          case SLOW -> pause(300);
          case REFUSE -> {
            client.getOutputStream().write(UNAVAILABLE);
            return;
          }
          case BREAK_REQUEST -> {
            out.write(buffer, 0, read / 2);
            return;
          }
          case BREAK_ANSWER -> breakAnswer = true;
          case NONE -> {}
        }
        pause(delayMillis);
        awaitResume();
        out.write(buffer, 0, read);
      }
    }

    private void answers() {
      byte[] buffer = new byte[16 * 1024];
      try (client;
          server) {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        int read;
        while ((read = in.read(buffer)) >= 0) {
          if (breakAnswer) {
            return; // the server has done it, and the client will not know
          }
          awaitResume();
          out.write(buffer, 0, read);
        }
      } catch (IOException e) {
        // the other side of a broken connection
      }
    }
  }

  private synchronized void awaitResume() throws IOException {
    try {
      while (hangs) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
