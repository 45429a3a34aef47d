package io.thumbnailer.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpRelayTest {
  private static final int PATIENCE_MILLIS = 60_000;

  private ServerSocket server;
  private TcpRelay relay;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    relay = TcpRelay.to(server.getLocalPort(), () -> new TcpRelay.Traffic() {});
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    server.close();
  }

  @Test
  void forwardsBothWaysAndClosesBothEnds() throws IOException {
    Socket client = connect();
    try (Socket peer = accept()) {
      exchange(client, peer);
      client.close();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void cuttingClosesConnectionsAndRefusesNewOnesUntilRestored() throws IOException {
    try (Socket client = connect();
        Socket peer = accept()) {
      exchange(client, peer);
      relay.cut();
      assertClosed(client);
      assertClosed(peer);
    }
    try (Socket refused = connect()) {
      assertClosed(refused);
    }
    relay.restore();
    try (Socket client = connect();
        Socket peer = accept()) {
      exchange(client, peer);
    }
  }

  @Test
  void aClosedRelayAcceptsNoMore() {
    relay.close();
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private Socket accept() throws IOException {
    server.setSoTimeout(PATIENCE_MILLIS);
    Socket peer = server.accept();
    peer.setSoTimeout(PATIENCE_MILLIS);
    return peer;
  }

  private static void exchange(Socket client, Socket peer) throws IOException {
    client.getOutputStream().write(7);
    assertThat(peer.getInputStream().read()).isEqualTo(7);
    peer.getOutputStream().write(8);
    assertThat(client.getInputStream().read()).isEqualTo(8);
  }

  /** An end of stream or a reset, depending on the moment; not a time-out. */
  private static void assertClosed(Socket socket) {
    int read;
    try {
      read = socket.getInputStream().read();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the connection is open", e);
    } catch (IOException e) {
      return;
    }
    assertThat(read).isEqualTo(-1);
  }
}
