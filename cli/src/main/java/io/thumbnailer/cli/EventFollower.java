package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.EventsUnavailableException;
import io.thumbnailer.cli.service.JobEvents;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Follows jobs by the events that the server streams, and polls them if the server does not stream
 * events. Thread-safe.
 */
final class EventFollower {
  /**
   * After this time without an event the job is requested, because a proxy may hold events back.
   */
  private static final Duration CHECK = Duration.ofSeconds(20);

  private final Service service;
  private final JobFollower polling;
  private final Duration timeout;
  private final Output output;
  private final Duration check;
  private final AtomicBoolean noEvents = new AtomicBoolean();

  /**
   * Follows jobs of one service.
   *
   * @param timeout for each job
   */
  EventFollower(Service service, Duration timeout, Output output) {
    this(service, timeout, output, CHECK);
  }

  EventFollower(Service service, Duration timeout, Output output, Duration check) {
    this.check = check;
    this.service = service;
    this.polling = new JobFollower(service, timeout);
    this.timeout = timeout;
    this.output = output;
  }

  /**
   * Waits for the end of a job.
   *
   * @param onChange receives the job's first state, and then its state after each change
   */
  JsonNode awaitEnd(String id, Consumer<JsonNode> onChange)
      throws CliException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    JobChanges changes = new JobChanges(onChange);
    if (!noEvents.get()) {
      try (JobEvents events = service.events(id)) {
        return follow(id, events, changes, deadline);
      } catch (EventsUnavailableException e) {
        var unused = changes.show(service.job(id)); // the job may be the reason
        sayOnce(e.getMessage());
      }
    }
    return polling.awaitEnd(id, changes, deadline);
  }

  private JsonNode follow(String id, JobEvents events, JobChanges changes, long deadline)
      throws CliException, EventsUnavailableException, InterruptedException {
    while (true) {
      Duration remaining = Duration.ofNanos(deadline - System.nanoTime());
      if (remaining.isNegative()) {
        throw polling.timedOut(id);
      }
      Optional<JsonNode> event = events.next(remaining.compareTo(check) < 0 ? remaining : check);
      if (event.isEmpty() && !events.isOpen()) {
        continue;
      }
      JsonNode job = event.isPresent() ? event.get() : service.job(id);
      boolean changed = changes.show(job);
      if (JobText.hasEnded(job)) {
        return job;
      }
      if (event.isEmpty() && changed) {
        throw new EventsUnavailableException("events arrive late");
      }
    }
  }

  private void sayOnce(String reason) {
    if (noEvents.compareAndSet(false, true)) {
      output.note("Events are not available (%s); polling the jobs instead.".formatted(reason));
    }
  }
}
