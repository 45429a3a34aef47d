package io.thumbnailer.devservices;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. */
public final class LocalPort {
  private static final int BACKLOG = 1;

  private LocalPort() {}

  /** A port that is currently free. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, BACKLOG, loopback())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new DevServicesException("No free local TCP port was found", e);
    }
  }

  /**
   * Whether a port is currently free.
   *
   * @param port 1 to 65535
   */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, BACKLOG, loopback())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
