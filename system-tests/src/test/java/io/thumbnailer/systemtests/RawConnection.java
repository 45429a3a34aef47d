package io.thumbnailer.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A connection whose bytes are sent one by one, as no HTTP client would send them. */
final class RawConnection implements AutoCloseable {
  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  /** Connects to a server and sends nothing yet. */
  static RawConnection open(URI server) throws IOException {
    return new RawConnection(new Socket(server.getHost(), server.getPort()));
  }

  /** Connects like a client that receives few bytes at a time, and sends nothing yet. */
  static RawConnection openWithSmallWindow(URI server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(2048);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    return new RawConnection(socket);
  }

  /** Sends the headers of a {@code POST} whose body is a form with that many bytes. */
  RawConnection beginUpload(long length) throws IOException {
    return send(
        """
        POST /upload HTTP/1.1\r
        Host: internal.example\r
        Content-Type: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(new MultipartForm().contentType(), length)
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends bytes at once. */
  RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /**
   * Sends the bytes piece by piece, with a pause after each, until the server has answered or
   * closed the connection, or there are no more.
   */
  RawConnection drip(byte[] bytes, int piece, Duration pause)
      throws IOException, InterruptedException {
    for (int sent = 0; sent < bytes.length; sent += piece) {
      if (socket.getInputStream().available() > 0) {
        return this;
      }
      try {
        send(Arrays.copyOfRange(bytes, sent, Math.min(bytes.length, sent + piece)));
      } catch (IOException e) {
        return this; // closed by the server
      }
      Thread.sleep(pause.toMillis());
    }
    return this;
  }

  /** Whether the beginning of a response has arrived; it is not read. */
  boolean hasResponse() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /** Reads until the server closes the connection, and fails if it does not in time. */
  String readToEnd(Duration limit) throws IOException {
    socket.setSoTimeout((int) limit.toMillis());
    InputStream in = socket.getInputStream();
    StringBuilder read = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        read.append((char) next);
      }
      return read.toString();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server keeps the connection open after: " + read, e);
    } catch (IOException e) {
      return read.toString(); // reset: closed as well
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
