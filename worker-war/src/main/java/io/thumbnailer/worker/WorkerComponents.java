package io.thumbnailer.worker;

import io.opentelemetry.api.OpenTelemetry;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.worker.reconcile.Reconciler;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/** Builds the parts of the application from its configuration. */
@ApplicationScoped
@ManagedExecutorDefinition(name = WorkerComponents.UPLOADS, virtual = true)
public class WorkerComponents {
  static final String UPLOADS = "java:module/concurrent/uploads";

  @Resource(lookup = UPLOADS)
  private ManagedExecutorService uploads;

  @Produces
  @Singleton
  WorkerSettings settings(SettingsReader reader) {
    return WorkerSettings.from(reader);
  }

  @Produces
  @Singleton
  ThumbnailRenderer renderer(WorkerSettings settings) {
    return new ThumbnailRenderer(
        settings.budget(),
        new DecodeMemoryBudget(settings.imageMemory()),
        settings.decodeTimeout());
  }

  @Produces
  @Singleton
  Reconciler reconciler(
      WorkerSettings settings,
      ObjectStore objects,
      MessagingContext messaging,
      JobDeletion deletion) {
    return new Reconciler(
        objects,
        messaging.maintenance(ThumbnailJob.QUEUE),
        messaging.createProducer(ThumbnailJob.QUEUE),
        deletion,
        settings.reconcileInterval(),
        settings.reconcileAge());
  }

  @Produces
  @Singleton
  ScratchDirectory scratchDirectory() throws IOException {
    return ScratchDirectory.open(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static void close(@Disposes ScratchDirectory scratch) throws IOException {
    scratch.close();
  }

  @Produces
  @Singleton
  ThumbnailListener listener(
      ScratchDirectory scratch,
      ObjectStore objects,
      ThumbnailRenderer renderer,
      JobDeletion deletion,
      JobMetrics metrics,
      Instance<OpenTelemetry> telemetry) {
    JobRecorder recorder =
        // a server without traces has none
        telemetry.isResolvable()
            ? new JobTracing(metrics, ThumbnailJob.QUEUE, telemetry.get())
            : metrics;
    return new ThumbnailListener(scratch, objects, renderer, deletion, recorder, uploads);
  }
}
