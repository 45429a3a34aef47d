package io.thumbnailer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.JobStatus;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.QueueStatistics;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectPage;
import io.thumbnailer.storage.S3ObjectStore;
import io.thumbnailer.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers are killed; Redis crashes, hangs, restarts and loses its data; S3 is slow, fails and
 * hangs; and some files are hostile. In the end every accepted upload has all its thumbnails, and
 * every hostile file has failed with a stable code. The schedule of events comes from a seed, which
 * is printed: {@code -Dchaos.seed=N} repeats it. A longer run: {@code -Dchaos.jobs=10000
 * -Dchaos.kills=50 -Dchaos.restarts=3 -Dchaos.hangs=5}.
 */
class ChaosTest {
  private static final int JOBS = Integer.getInteger("chaos.jobs", 600);
  private static final int KILLS = Integer.getInteger("chaos.kills", 6);
  private static final int RESTARTS = Integer.getInteger("chaos.restarts", 1);
  private static final int HANGS = Integer.getInteger("chaos.hangs", 1);
  private static final int WORKERS = Integer.getInteger("chaos.workers", 3);
  private static final int CAPACITY = 4;
  private static final double FAULTS = 0.03;

  /** One in this many uploads is hostile. */
  private static final int HOSTILE = 20;

  private static final Set<String> REFUSALS =
      Set.of("unreadable-image", "unsupported-type", "truncated-image", "too-many-pixels");

  @TempDir private static Path directory;

  private final long seed = Long.getLong("chaos.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Queue<JobDescription> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<JobDescription> hostile = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<Process> workers = new ArrayList<>();
  private final Map<String, Long> deadBecause = new TreeMap<>();
  private int started;
  private final AtomicInteger submitted = new AtomicInteger();

  private static final List<Disaster> HANGING =
      List.of(Disaster.HANG_REDIS, Disaster.HANG_STORAGE, Disaster.SLOW_STORAGE);

  private enum Disaster {
    KILL,
    RESTART,
    FLUSH,
    HANG_REDIS,
    HANG_STORAGE,
    SLOW_STORAGE
  }

  @Test
  void everyAcceptedUploadGetsAllItsThumbnailsWhateverFails() throws Exception {
    System.out.println("chaos seed " + seed);
    long begun = System.nanoTime();
    try (JobBench bench = JobBench.start(directory);
        FaultyLink link = new FaultyLink(bench.s3().port(), seed);
        S3ObjectStore throughLink = JobBench.objects(link.endpoint())) {
      link.faultRate(FAULTS);
      for (int i = 0; i < WORKERS; i++) {
        workers.add(worker(bench, link));
      }
      List<Path> files = HostileFiles.write(directory);
      Thread uploads = new Thread(() -> upload(bench, throughLink, files), "uploads");
      uploads.start();
      wreak(bench, link);
      uploads.join();
      link.faultRate(0);
      settle(bench);
      check(bench);
      report(link, Duration.ofNanos(System.nanoTime() - begun));
    } finally {
      workers.forEach(Process::destroyForcibly);
    }
  }

  private void upload(JobBench bench, S3ObjectStore throughLink, List<Path> files) {
    while (submitted.get() < JOBS) {
      int number = submitted.get();
      try {
        if (number % HOSTILE == 0) {
          Path file = files.get(number / HOSTILE % files.size());
          hostile.add(bench.submit(throughLink, file));
        } else {
          accepted.add(bench.submit(throughLink));
        }
      } catch (StorageException e) {
        refused.incrementAndGet(); // the client received an error
        continue;
      }
      var unused = submitted.incrementAndGet();
    }
  }

  /** Distributes the failures over the uploads; each waits until its share is uploaded. */
  private void wreak(JobBench bench, FaultyLink link) throws Exception {
    List<Disaster> disasters = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      disasters.add(Disaster.KILL);
    }
    for (int i = 0; i < RESTARTS; i++) {
      disasters.add(1 + random.nextInt(disasters.size()), Disaster.RESTART);
    }
    for (int i = 0; i < HANGS; i++) {
      for (Disaster hang : HANGING) {
        disasters.add(1 + random.nextInt(disasters.size()), hang);
      }
    }
    disasters.add(disasters.size() / 2, Disaster.FLUSH);
    for (int i = 0; i < disasters.size(); i++) {
      int due = JOBS * (i + 1) / (disasters.size() + 1);
      Awaitility.await().atMost(Duration.ofMinutes(20)).until(() -> submitted.get() >= due);
      Thread.sleep(1_000 + random.nextInt(2_000)); // a new worker needs time to begin
      switch (disasters.get(i)) {
        case KILL -> {
          int victim = random.nextInt(workers.size());
          workers.get(victim).destroyForcibly().waitFor();
          workers.set(victim, worker(bench, link));
        }
        case RESTART -> {
          bench.redis().kill();
          Thread.sleep(random.nextInt(2_000));
          bench.redis().restart();
        }
        case FLUSH -> bench.flushAll();
        case HANG_REDIS -> {
          bench.redis().freeze();
          Thread.sleep(4_000 + random.nextInt(4_000)); // more than a command's time and a lease
          bench.redis().thaw();
        }
        case HANG_STORAGE -> {
          link.hang();
          Thread.sleep(6_000 + random.nextInt(4_000)); // more than a call's time
          link.resume();
        }
        case SLOW_STORAGE -> {
          link.delay(1_000);
          Thread.sleep(4_000 + random.nextInt(4_000));
          link.delay(0);
        }
      }
    }
  }

  private Process worker(JobBench bench, FaultyLink link) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "-cp",
            classPath,
            ChaosWorker.class.getName(),
            bench.redis().uri().toString(),
            link.endpoint().toString(),
            directory.resolve("tally").toString(),
            Integer.toString(CAPACITY),
            "worker-" + started++)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("workers.log").toFile()))
        .start();
  }

  /**
   * Waits until only originals of hostile files are left, which are dead letters. There may be more
   * of them than answered uploads: S3 can have stored an original although the client received an
   * error. Other dead letters are explained, counted and replayed.
   */
  private void settle(JobBench bench) {
    DeadLetters deadLetters = bench.messaging().deadLetters(ThumbnailJob.QUEUE);
    Awaitility.await()
        .pollInterval(Duration.ofSeconds(1))
        .atMost(Duration.ofMinutes(15))
        .ignoreExceptionsInstanceOf(MessagingException.class)
        .until(
            () -> {
              replayWhatIsNotRefused(deadLetters);
              long dead = statistics(bench).deadLetters();
              return dead >= hostile.size() && originals(bench) == dead;
            });
  }

  private void replayWhatIsNotRefused(DeadLetters deadLetters) {
    Optional<String> cursor = Optional.empty();
    do {
      MessagePage page = deadLetters.list(cursor, 500);
      for (MessageRecord letter : page.messages()) {
        String code = letter.failure().orElseThrow().code();
        if (!REFUSALS.contains(code)) {
          deadBecause.merge(code, 1L, Long::sum);
          deadLetters.replay(letter.message().id());
        }
      }
      cursor = page.nextCursor();
    } while (cursor.isPresent());
  }

  private static long originals(JobBench bench) {
    long count = 0;
    Optional<String> last = Optional.empty();
    ObjectPage page;
    do {
      page = bench.objects().list(JobKeys.UPLOADS, last, 1000);
      count += page.objects().size();
      last = page.objects().stream().reduce((first, second) -> second).map(ObjectInfo::key);
    } while (page.truncated());
    return count;
  }

  private static QueueStatistics statistics(JobBench bench) {
    return bench.messaging().createBrowser(ThumbnailJob.QUEUE).statistics();
  }

  private void check(JobBench bench) {
    MessageBrowser browser = bench.messaging().createBrowser(ThumbnailJob.QUEUE);
    JobStore jobs = new JobStore(browser, bench.objects());
    assertThat(accepted.size() + hostile.size()).isEqualTo(JOBS);
    for (JobDescription job : hostile) {
      ThumbnailJob found = jobs.find(job.id()).orElseThrow();
      assertThat(found.status()).as("%s", job.id()).isEqualTo(JobStatus.FAILED);
      assertThat(found.failure().orElseThrow().code()).isIn(REFUSALS);
    }
    for (JobDescription job : accepted) {
      ThumbnailJob found = jobs.find(job.id()).orElseThrow();
      assertThat(found.status()).as("%s", job.id()).isEqualTo(JobStatus.DONE);
      assertThat(found.thumbnails()).hasSize(2);
      found
          .thumbnails()
          .forEach(
              t ->
                  assertThat(
                          bench
                              .objects()
                              .head(JobKeys.thumbnail(job.id(), t.rendition(), t.format())))
                      .isPresent());
    }
    // If Redis still has a message of a job whose original is gone, it ends when its lease does.
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              QueueStatistics statistics = browser.statistics();
              assertThat(statistics.totalBacklog()).isZero();
              assertThat(statistics.inFlight()).isZero();
              assertThat(statistics.delayed()).isZero();
              assertThat(statistics.deadLetters())
                  .isBetween((long) hostile.size(), (long) hostile.size() + refused.get());
            });
    assertThat(deadBecause.keySet()).isSubsetOf("consumer-lost", "storage", "messaging");
  }

  private void report(FaultyLink link, Duration took) throws IOException {
    long rendered =
        Files.readAllLines(directory.resolve("tally")).stream().filter("rendered"::equals).count();
    System.out.printf(
        "chaos seed %d: %d jobs (%d hostile), %d kills, %d Redis crashes, %d hangs each of Redis and"
            + " S3, %d slow spells of S3, 1 FLUSHALL, %d network faults in %d s; %d uploads refused,"
            + " lost 0, rendered twice %d, dead letters replayed %s%n",
        seed,
        JOBS,
        hostile.size(),
        KILLS,
        RESTARTS,
        HANGS,
        HANGS,
        link.faults(),
        took.toSeconds(),
        refused.get(),
        rendered - accepted.size(),
        deadBecause);
  }
}
