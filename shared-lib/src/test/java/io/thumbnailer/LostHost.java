package io.thumbnailer;

import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.devservices.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/**
 * Redis and S3 on the remote host of a {@link NetworkNamespace}: reachable at its address, and run
 * by a process that is started in it.
 */
public final class LostHost {
  static final int REDIS_PORT = 6379;
  static final int S3_PORT = 9000;
  static final String BUCKET = "photos";
  static final String ACCESS_KEY = "test";
  static final String SECRET_KEY = "testtest";

  private LostHost() {}

  /** Runs both until it is killed; the arguments are the address and a directory. */
  public static void main(String[] arguments) throws IOException {
    InetAddress address = InetAddress.getByName(arguments[0]);
    Path directory = Path.of(arguments[1]);
    RedisServer redis = RedisServer.start(LocalPort.free(), directory.resolve("redis"));
    S3Server s3 = S3Server.start(LocalPort.free(), directory.resolve("s3"), ACCESS_KEY, SECRET_KEY);
    s3.createBucket(BUCKET);
    relay(address, REDIS_PORT, redis.port());
    relay(address, S3_PORT, s3.port());
    System.out.println("READY");
  }

  private static void relay(InetAddress address, int port, int target) throws IOException {
    ServerSocket door = new ServerSocket(port, 50, address);
    start(
        () -> {
          while (true) {
            Socket client = door.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            start(() -> forward(client, server));
            start(() -> forward(server, client));
          }
        });
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // one end has closed it
              }
            })
        .start();
  }

  private static void forward(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }
}
