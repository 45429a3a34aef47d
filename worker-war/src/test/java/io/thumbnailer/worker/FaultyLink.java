package io.thumbnailer.worker;

import io.thumbnailer.devservices.TcpRelay;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy in front of an HTTP server that simulates a bad network: some requests are slow, some
 * connections break in the middle of a request or response, some requests get {@code 503} before
 * the server sees them. The fate of the n-th request depends on the seed. The proxy can also hang:
 * connections stay open, and nothing arrives.
 */
final class FaultyLink implements AutoCloseable {
  private static final byte[] UNAVAILABLE =
      "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int SLOW_MILLIS = 300;

  private final Random random;
  private final AtomicLong faults = new AtomicLong();
  private volatile double rate;
  private volatile int delayMillis;
  private boolean hangs;
  private final TcpRelay relay;

  FaultyLink(int target, long seed) {
    this.random = new Random(seed);
    relay = TcpRelay.to(target, Connection::new);
  }

  /** The share of the requests that are disturbed, from 0 to 1. */
  void faultRate(double part) {
    rate = part;
  }

  /** Forwards nothing until {@link #resume}, and closes nothing. */
  synchronized void hang() {
    hangs = true;
  }

  /** Forwards again, starting with the withheld data. */
  synchronized void resume() {
    hangs = false;
    notifyAll();
  }

  /** Delays every piece of a request by a number of milliseconds; 0 for no delay. */
  void delay(int millis) {
    delayMillis = millis;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + relay.port());
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

  private final class Connection implements TcpRelay.Traffic {
    private volatile boolean breakAnswer;

    /** What is read at once is a request or a part of one: small requests come whole. */
    @Override
    public boolean toServer(byte[] data, OutputStream server, OutputStream client)
        throws IOException, InterruptedException {
      Fault fault = next();
      if (fault != Fault.NONE) {
        faults.incrementAndGet();
      }
      switch (fault) {
        case SLOW -> Thread.sleep(SLOW_MILLIS);
        case REFUSE -> {
          client.write(UNAVAILABLE);
          return false;
        }
        case BREAK_REQUEST -> {
          server.write(data, 0, data.length / 2);
          return false;
        }
        case BREAK_ANSWER -> breakAnswer = true;
        case NONE -> {}
      }
      Thread.sleep(delayMillis);
      awaitResume();
      server.write(data);
      return true;
    }

    @Override
    public boolean toClient(byte[] data, OutputStream client)
        throws IOException, InterruptedException {
      if (breakAnswer) {
        return false; // the server has executed it, and the client does not know
      }
      awaitResume();
      client.write(data);
      return true;
    }
  }

  private synchronized void awaitResume() throws InterruptedException {
    while (hangs) {
      wait();
    }
  }

  @Override
  public void close() {
    relay.close();
  }
}
