package io.thumbnailer.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports to listen on. */
public final class Ports {
  private Ports() {}

  /** The preferred port if it is free, else another, with one line that says so. */
  public static int preferred(int port, String service) {
    if (isFree(port)) {
      return port;
    }
    int other = free();
    System.err.printf("Port %d is busy: %s takes port %d instead.%n", port, service, other);
    return other;
  }

  /** A port that is free now. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new java.net.InetSocketAddress(port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
