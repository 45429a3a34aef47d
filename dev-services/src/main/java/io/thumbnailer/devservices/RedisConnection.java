package io.thumbnailer.devservices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A connection to a local Redis with enough of its protocol to ping and stop it. */
final class RedisConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 2_000;

  private final Socket socket;
  private final BufferedReader replies;

  /** Connects, and logs in if there is a password. */
  RedisConnection(int port, Optional<String> password) throws IOException {
    socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(LocalPort.loopback(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      replies =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      if (password.isPresent()) {
        call("AUTH", password.get());
      }
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a command and returns the first line of its reply.
   *
   * @throws IOException also if the server closes the connection instead, as it does on SHUTDOWN
   */
  String call(String... words) throws IOException {
    StringBuilder request = new StringBuilder().append('*').append(words.length).append("\r\n");
    for (String word : words) {
      int bytes = word.getBytes(StandardCharsets.UTF_8).length;
      request.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
    }
    socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
    String reply = replies.readLine();
    if (reply == null) {
      throw new IOException("Redis closed the connection");
    }
    return reply;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
