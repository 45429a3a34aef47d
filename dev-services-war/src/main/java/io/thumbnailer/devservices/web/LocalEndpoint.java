package io.thumbnailer.devservices.web;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Optional;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The address on which this server listens, from Liberty's MBean of the HTTP endpoint. */
final class LocalEndpoint {
  private static final String NAME =
      "WebSphere:feature=channelfw,type=endpoint,name=defaultHttpEndpoint";

  private LocalEndpoint() {}

  /** The address, which ends with a slash; empty while it does not listen. */
  static Optional<URI> address() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName endpoint = new ObjectName(NAME);
      String host = String.valueOf(server.getAttribute(endpoint, "Host"));
      int port = (Integer) server.getAttribute(endpoint, "Port");
      return port > 0
          ? Optional.of(
              URI.create("http://%s:%d/".formatted(host.equals("*") ? "localhost" : host, port)))
          : Optional.empty();
    } catch (InstanceNotFoundException e) {
      return Optional.empty();
    } catch (JMException e) {
      throw new IllegalStateException("the HTTP endpoint's MBean cannot be read", e);
    }
  }
}
