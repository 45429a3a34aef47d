package io.thumbnailer.devservices.web;

import io.thumbnailer.devservices.DevServicesException;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;

/**
 * Provides a Redis and an S3 server to the other applications of a local server while this one
 * runs, unless the user has configured them. The applications find them in system properties.
 */
public class DevServicesListener implements ServletContextListener {
  private static final System.Logger LOGGER = System.getLogger(DevServicesListener.class.getName());

  private final PublishedProperties published = new PublishedProperties(System.getProperties());
  private DevServicesProcess process;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    UserSettings user = new UserSettings(System.getenv(), systemProperties());
    if (user.haveRedis() && user.haveS3()) {
      LOGGER.log(Level.INFO, "Redis and S3 are configured: no development services are started");
      return;
    }
    try {
      process = DevServicesProcess.launch(user);
      published.publish(process.awaitReady(), user);
    } catch (IOException e) {
      throw new DevServicesException("The development services could not be started", e);
    } catch (DevServicesException e) {
      process.close();
      throw e;
    } catch (InterruptedException e) {
      process.close();
      Thread.currentThread().interrupt();
      throw new DevServicesException("Interrupted while the development services started", e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    published.withdraw();
    if (process != null) {
      process.close();
    }
  }

  private static Map<String, String> systemProperties() {
    Map<String, String> properties = new HashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.put(name, System.getProperty(name)));
    return properties;
  }
}
