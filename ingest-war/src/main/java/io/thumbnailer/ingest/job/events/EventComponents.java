package io.thumbnailer.ingest.job.events;

import io.thumbnailer.config.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the parts of the event streams from the configuration. */
@ApplicationScoped
public class EventComponents {
  @Produces
  @Singleton
  EventSettings settings(SettingsReader reader) {
    return EventSettings.from(reader);
  }
}
