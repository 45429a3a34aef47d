package io.thumbnailer.devservices.web;

import io.thumbnailer.devservices.DataLocation;
import io.thumbnailer.devservices.DevServicesException;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Provides a Redis, an S3 server and an admin key to the other applications of a local server while
 * this one runs, unless the user has configured them. The applications find them in system
 * properties. Prints all addresses when the server accepts requests.
 */
public class DevServicesListener implements ServletContextListener {
  private static final System.Logger LOGGER = System.getLogger(DevServicesListener.class.getName());

  private final PublishedProperties published = new PublishedProperties(System.getProperties());
  private DevServicesProcess process;
  private StartSummary summary;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    UserSettings user = new UserSettings(System.getenv(), systemProperties());
    Map<String, String> services = Map.of();
    if (user.haveRedis() && user.haveS3()) {
      LOGGER.log(Level.INFO, "Redis and S3 are configured: no development services are started");
    } else {
      services = start(user);
      published.publish(services, user);
    }
    Optional<String> key = adminKey(user);
    Map<String, String> started = services;
    summary =
        StartSummary.print(
            LocalEndpoint::address, base -> StartSummary.text(base, key, started), System.out);
  }

  private Optional<String> adminKey(UserSettings user) {
    try {
      Optional<LocalAdminKey> key = LocalAdminKey.in(DataLocation.resolve(), user);
      key.ifPresent(known -> published.publish(known.settings(), user));
      return key.map(LocalAdminKey::value);
    } catch (IOException e) {
      throw new DevServicesException("The admin key cannot be kept", e);
    }
  }

  private Map<String, String> start(UserSettings user) {
    try {
      process = DevServicesProcess.launch(user);
      return process.awaitReady();
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
    if (summary != null) {
      summary.close();
    }
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
