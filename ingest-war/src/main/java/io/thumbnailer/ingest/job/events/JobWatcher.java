package io.thumbnailer.ingest.job.events;

import io.thumbnailer.ingest.lifecycle.StartTask;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.ChangeListener;
import io.thumbnailer.messaging.MessageChange;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Subscription;
import io.thumbnailer.storage.StorageException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Watches the jobs that have open streams. The queue reports every change; one thread turns changes
 * into events for all streams, so that a stream costs memory but no thread. All state belongs to
 * that thread: other threads pass it tasks.
 *
 * <p>After each reconnect to the queue, and with every heartbeat, all watched jobs are read again,
 * so that missed changes are sent.
 */
@Singleton
public class JobWatcher implements StartTask, ChangeListener {
  private static final System.Logger LOG = System.getLogger(JobWatcher.class.getName());
  private static final Duration TICK = Duration.ofMillis(500);

  /** Concurrent writes: this many clients may be slow without delaying others. */
  private static final int WRITERS = 128;

  /** Writes that wait for a thread; streams beyond are dropped. */
  private static final int WRITES = 20_000;

  private final MessagingContext messaging;
  private final EventSettings settings;
  private final JobStreams streams;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  @Resource private ManagedThreadFactory threads;

  private ThreadPoolExecutor writers;
  private volatile boolean stopping;
  private Thread thread;
  private Optional<Subscription> subscription = Optional.empty();
  private long nextRound = System.nanoTime();

  @Inject
  public JobWatcher(JobStore jobs, MessagingContext messaging, EventSettings settings) {
    this.messaging = messaging;
    this.settings = settings;
    this.streams = new JobStreams(jobs);
  }

  @Override
  public void start() {
    writers =
        new ThreadPoolExecutor(
            WRITERS, WRITERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WRITES), threads);
    writers.allowCoreThreadTimeOut(true);
    thread = threads.newThread(this::watch);
    thread.setName("job-watcher");
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event)
      throws InterruptedException {
    stopping = true;
    tasks.add(() -> {});
    if (thread != null) {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    }
  }

  /** The number of open streams on this server. */
  public int openStreams() {
    return streams.open();
  }

  /** Whether one more stream may be opened. */
  boolean hasRoom() {
    return streams.open() < settings.maxStreams();
  }

  /**
   * Serves a stream from now on: first the job's current state, unless the client has received it.
   *
   * @param lastEventId null if the client has received nothing
   */
  void open(JobId id, String lastEventId, SseEventSink sink, Sse sse) {
    EventStream stream = new EventStream(sink, lastEventId, writers, System.nanoTime());
    streams.opened();
    tasks.add(() -> streams.add(id, stream, sse));
  }

  @Override
  public void changed(MessageChange change) {
    tasks.add(() -> streams.apply(change));
  }

  @Override
  public void connected() {
    tasks.add(streams::refreshAll);
  }

  private void watch() {
    while (!stopping) {
      try {
        Runnable task = next();
        if (task != null) {
          task.run();
        }
        subscribeWhileNeeded();
        goRoundWhenDue();
      } catch (MessagingException | StorageException e) {
        LOG.log(System.Logger.Level.DEBUG, "could not read a watched job", e);
      } catch (InterruptedException e) {
        stopping = true;
      } catch (RuntimeException e) { // one unreadable record must not end all streams
        LOG.log(System.Logger.Level.WARNING, "could not create an event", e);
      }
    }
    streams.closeAll();
    writers.shutdown();
    subscription.ifPresent(Subscription::close);
  }

  /** Without a stream, it waits until there is something to do. */
  private Runnable next() throws InterruptedException {
    return subscription.isEmpty() && streams.empty()
        ? tasks.take()
        : tasks.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void goRoundWhenDue() {
    if (System.nanoTime() - nextRound < 0) {
      return;
    }
    nextRound = System.nanoTime() + settings.heartbeat().toNanos();
    streams.goRound(settings.lifetime());
    streams.refreshAll();
  }

  /** Changes of jobs without a stream are ignored. */
  private void subscribeWhileNeeded() {
    if (subscription.isEmpty() && !(streams.empty() && tasks.isEmpty())) {
      subscription = Optional.of(messaging.subscribe(ThumbnailJob.QUEUE, this));
    } else if (subscription.isPresent() && streams.empty() && tasks.isEmpty()) {
      subscription.get().close();
      subscription = Optional.empty();
    }
  }
}
