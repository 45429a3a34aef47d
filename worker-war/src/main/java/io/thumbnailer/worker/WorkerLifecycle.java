package io.thumbnailer.worker;

import io.thumbnailer.config.BuildVersion;
import io.thumbnailer.config.FatalSetting;
import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.worker.pod.PodAnnotator;
import io.thumbnailer.worker.pod.PodDeletionCost;
import io.thumbnailer.worker.reconcile.Reconciler;
import io.thumbnailer.worker.reconcile.ReconcilerSchedule;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Starts the consumer with the server and stops it in order.
 *
 * <p>Jobs run on a managed executor: on virtual threads with Java 21 and newer, on the server's own
 * pool with Java 17. A server that stops waits up to 30 s for that pool before it notifies the
 * applications. So the consumer does not wait for the notification: a JVM shutdown hook stops it as
 * soon as the process receives its signal. Java 17 differs in one case: {@code server stop} sends
 * no signal, so the consumer keeps fetching until the server notifies the application.
 */
@ApplicationScoped
@ManagedExecutorDefinition(name = WorkerLifecycle.JOBS, virtual = true)
public class WorkerLifecycle {
  static final String JOBS = "java:module/concurrent/thumbnails";

  /** Rarely, as Kubernetes recommends: each change is a write to the cluster's store. */
  private static final Duration TELL_INTERVAL = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger(WorkerLifecycle.class.getName());

  @Resource(lookup = JOBS)
  private ManagedExecutorService jobs;

  @Resource private ManagedScheduledExecutorService scheduler;

  private volatile MessageConsumer consumer;
  private volatile ReconcilerSchedule reconciling;
  private volatile PodDeletionCost deletionCost;
  private volatile Thread shutdownHook;
  private boolean stopped;

  void start(
      @Observes @Initialized(ApplicationScoped.class) Object event,
      Instance<WorkerSettings> settings,
      Instance<MessagingContext> messaging,
      Instance<ThumbnailListener> listener,
      Instance<Reconciler> reconciler,
      Instance<ThumbnailRenderer> renderer,
      Instance<ScratchDirectory> scratch,
      Instance<MetricRegistry> metrics) {
    try {
      WorkerSettings worker = settings.get();
      Optional<PodAnnotator> pod = pod(worker);
      var unused = RenderWarmUp.run(renderer.get(), scratch.get());
      MessageConsumer created = messaging.get().createConsumer(ThumbnailJob.QUEUE, options(worker));
      created.start(listener.get());
      WorkerMetrics.register(metrics.get(), created, renderer.get());
      consumer = created;
      shutdownHook = new Thread(() -> stopAll(worker.shutdownGrace()), "worker-shutdown");
      Runtime.getRuntime().addShutdownHook(shutdownHook);
      reconciling = new ReconcilerSchedule(reconciler.get(), metrics.get());
      reconciling.start(scheduler);
      pod.ifPresent(own -> tell(own, created));
      LOG.log(
          System.Logger.Level.INFO,
          "the worker processes up to {0} jobs at a time",
          worker.concurrency());
    } catch (InvalidSettingException e) {
      FatalSetting.stopServer(e);
    }
  }

  void stop(
      @Observes @BeforeDestroyed(ApplicationScoped.class) Object event,
      Instance<WorkerSettings> settings) {
    if (consumer != null) {
      stopAll(settings.get().shutdownGrace());
      forgetHook();
    }
  }

  /** Stops the schedules and the consumer; a second caller waits until they have stopped. */
  private synchronized void stopAll(Duration grace) {
    if (stopped) {
      return;
    }
    if (reconciling != null) {
      reconciling.stop();
    }
    if (deletionCost != null) {
      deletionCost.stop();
    }
    LOG.log(
        System.Logger.Level.INFO, "the worker is stopping with {0} running jobs", consumer.busy());
    consumer.stop(grace);
    stopped = true;
    LOG.log(System.Logger.Level.INFO, "the worker has stopped");
  }

  /** An application that is replaced in a running server must not leave its hook behind. */
  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the hook is running", e);
    }
  }

  /** Whether the settings are valid and the consumer runs. */
  public boolean started() {
    return consumer != null;
  }

  private static Optional<PodAnnotator> pod(WorkerSettings worker) {
    if (!worker.podDeletionCost()) {
      return Optional.empty();
    }
    return Optional.of(
        PodAnnotator.find(System.getenv())
            .orElseThrow(
                () ->
                    new InvalidSettingException(
                        WorkerSettings.POD_DELETION_COST,
                        "requires a pod with a service account token")));
  }

  private void tell(PodAnnotator pod, MessageConsumer jobs) {
    deletionCost = new PodDeletionCost(pod, jobs::takePeakBusy, TELL_INTERVAL);
    deletionCost.start(scheduler);
  }

  private ConsumerOptions options(WorkerSettings worker) {
    return new ConsumerOptions(
        uniqueName(),
        worker.concurrency(),
        jobs,
        worker.heartbeat(),
        worker.lease(),
        worker.retryPolicy(),
        BuildVersion.current());
  }

  /** The host name and a random part: hosts restart, and a host may run several workers. */
  private static String uniqueName() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "worker";
    }
    return host + "-" + UUID.randomUUID();
  }
}
