package io.thumbnailer.devservices;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP relay that can stop forwarding without closing anything, like a host that hangs or is cut
 * off from the network: connections are accepted, but nothing arrives.
 */
public final class FreezableLink implements AutoCloseable {
  private final AtomicLong withheld = new AtomicLong();
  private boolean frozen;
  private long generation;
  private volatile long delayMillis;
  private final TcpRelay relay;

  /** Forwards to a port of this machine, and begins at once. */
  public FreezableLink(int target) {
    relay = TcpRelay.to(target, Connection::new);
  }

  /** The port that clients connect to. */
  public int port() {
    return relay.port();
  }

  /** Forwards nothing from now on. */
  public synchronized void freeze() {
    frozen = true;
  }

  /** Forwards again, beginning with what was withheld. */
  public synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  /** Never forwards anything again on the connections that are open; new ones work. */
  public synchronized void loseConnections() {
    generation++;
    frozen = false;
    notifyAll();
  }

  /** Delays each piece of data by a number of milliseconds; 0 for no delay. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** The number of pieces of data that were withheld. */
  public long withheld() {
    return withheld.get();
  }

  private final class Connection implements TcpRelay.Traffic {
    private final long born = currentGeneration();

    @Override
    public boolean toServer(byte[] data, OutputStream server, OutputStream client)
        throws IOException, InterruptedException {
      awaitPassage(born);
      server.write(data);
      return true;
    }

    @Override
    public boolean toClient(byte[] data, OutputStream client)
        throws IOException, InterruptedException {
      awaitPassage(born);
      client.write(data);
      return true;
    }
  }

  private synchronized long currentGeneration() {
    return generation;
  }

  private void awaitPassage(long born) throws InterruptedException {
    Thread.sleep(delayMillis);
    synchronized (this) {
      if (frozen || born < generation) {
        withheld.incrementAndGet();
      }
      while (frozen || born < generation) {
        wait();
      }
    }
  }

  @Override
  public void close() {
    relay.close();
  }
}
