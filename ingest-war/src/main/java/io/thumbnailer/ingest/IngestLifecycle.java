package io.thumbnailer.ingest;

import io.thumbnailer.config.FatalSetting;
import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.ingest.lifecycle.StartTask;
import io.thumbnailer.ingest.observe.QueueGauges;
import io.thumbnailer.ingest.upload.UploadResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

/** Builds the beans that depend on settings when the server starts, not at the first request. */
@ApplicationScoped
public class IngestLifecycle {
  private volatile boolean started;

  /** Validates the settings; an invalid one stops the server. */
  void start(
      @Observes @Initialized(ApplicationScoped.class) Object event,
      Instance<UploadResource> uploads,
      Instance<QueueGauges> gauges,
      @Any Instance<StartTask> tasks) {
    try {
      var unused = uploads.get();
      tasks.forEach(StartTask::start);
      gauges.get().register();
      started = true;
    } catch (InvalidSettingException e) {
      FatalSetting.stopServer(e);
    }
  }

  /** Whether the settings are valid and the application is built. */
  public boolean started() {
    return started;
  }
}
