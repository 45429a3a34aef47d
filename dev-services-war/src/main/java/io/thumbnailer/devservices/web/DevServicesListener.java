package io.thumbnailer.devservices.web;

import io.thumbnailer.devservices.DevServicesMain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Starts Redis and S3 with the local server, and tells the applications where they are by system
 * properties. Whoever sets {@code REDIS_URL} or {@code AWS_S3_BUCKET_NAME} brings services of their
 * own: then nothing is started.
 */
public class DevServicesListener implements ServletContextListener {
  private static final System.Logger LOG = System.getLogger(DevServicesListener.class.getName());
  private static final String DATA = "thumbnailer.dev-services.data";

  private DevServicesProcess services;
  private Map<String, String> published = Map.of();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    if (isSet("REDIS_URL") || isSet("AWS_S3_BUCKET_NAME")) {
      LOG.log(System.Logger.Level.INFO, "Redis and S3 are configured, none is started");
      return;
    }
    try {
      services =
          DevServicesProcess.start(
              DevServicesMain.class, System.getProperty(DATA, ".dev-services"));
      published = services.environment();
      published.forEach(System::setProperty);
      LOG.log(
          System.Logger.Level.INFO,
          "Redis is at {0}, S3 is at {1}",
          published.get("REDIS_URL"),
          published.get("AWS_ENDPOINT_URL_S3"));
    } catch (IOException e) {
      throw new UncheckedIOException("the development services did not start", e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    published.keySet().forEach(System::clearProperty);
    published = Map.of();
    if (services != null) {
      services.stop();
    }
  }

  private static boolean isSet(String name) {
    return System.getenv(name) != null || System.getProperty(name) != null;
  }
}
