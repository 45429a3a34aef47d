package io.thumbnailer.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Remembers that a service does not answer, so that only the first callers wait for a time-out and
 * all others fail at once. While the breaker is open, one background thread probes the service; the
 * first successful probe closes the breaker. No caller ever serves as the probe.
 *
 * <p>Safe for concurrent use. The thread exists only while the breaker is open.
 */
public final class CircuitBreaker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CircuitBreaker.class.getName());

  private final String service;
  private final Runnable probe;
  private final Duration pause;
  private final AtomicReference<Thread> prober = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * Creates a closed breaker, which lets calls through.
   *
   * @param service name for logs and thread names
   * @param probe calls the service; throws any {@link RuntimeException} while there is no answer,
   *     and must end by itself after a time-out
   * @param pause between two probes
   */
  public CircuitBreaker(String service, Runnable probe, Duration pause) {
    this.service = service;
    this.probe = probe;
    this.pause = pause;
  }

  /** Whether calls must fail now without being tried. */
  public boolean isOpen() {
    return prober.get() != null;
  }

  /** Opens the breaker: a call got no answer in time. Does nothing while it is open. */
  public void trip() {
    if (closed) {
      return;
    }
    Thread thread = new Thread(this::untilItAnswers, service + "-probe");
    thread.setDaemon(true);
    if (prober.compareAndSet(null, thread)) {
      LOG.log(System.Logger.Level.WARNING, "{0} does not respond: calls fail at once", service);
      thread.start();
    }
  }

  private void untilItAnswers() {
    try {
      while (!closed && !answers()) {
        Thread.sleep(pause.toMillis());
      }
    } catch (InterruptedException e) {
      // closed
    } finally {
      prober.set(null);
    }
    if (!closed) {
      LOG.log(System.Logger.Level.WARNING, "{0} responds again", service);
    }
  }

  private boolean answers() {
    try {
      probe.run();
      return true;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "a probe failed", e);
      return false;
    }
  }

  /** Ends the probing. Calls are let through after it. */
  @Override
  public void close() {
    closed = true;
    Thread thread = prober.get();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
