package io.thumbnailer.ingest.http.cors;

import io.thumbnailer.config.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the allowed origins from the configuration. */
@ApplicationScoped
public class CorsComponents {
  @Produces
  @Singleton
  AllowedOrigins origins(SettingsReader reader) {
    return AllowedOrigins.from(reader);
  }
}
