package io.thumbnailer.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventsTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void allLineEndingsAreAccepted(String end) throws IOException {
    ServerSentEvents events =
        events(String.join(end, "id: 1", "data: a", "data:b", "", "data: c", "", ""));
    assertThat(events.next()).contains(new ServerSentEvents.Event("1", "message", "a\nb"));
    assertThat(events.next()).contains(new ServerSentEvents.Event("1", "message", "c"));
    assertThat(events.next()).isEmpty();
  }

  @Test
  void commentsUnknownFieldsAndEventsWithoutDataAreSkipped() throws IOException {
    ServerSentEvents events =
        events(": hello\n\nevent: ping\n\nx: y\nnothing\nevent: removed\ndata\n\n");
    assertThat(events.next()).contains(new ServerSentEvents.Event("", "removed", ""));
  }

  @Test
  void theServerSetsTheTimeBeforeAReconnection() throws IOException {
    ServerSentEvents events = events("retry: soon\nretry: 1500\ndata: a\n\n");
    assertThat(events.retry()).isEmpty();
    assertThat(events.next()).isPresent();
    assertThat(events.retry()).contains(Duration.ofMillis(1500));
  }

  @Test
  void anEventThatIsCutOffIsDiscarded() throws IOException {
    assertThat(events("id: 2\ndata: {\"a\":").next()).isEmpty();
    assertThat(events("data: a\n").next()).isEmpty();
  }

  @Test
  void anIdWithANullCharacterIsIgnored() throws IOException {
    assertThat(events("id: 3\u0000\ndata: a\n\n").next().orElseThrow().id()).isEmpty();
  }

  @Test
  void anEndlessEventIsNotReadIntoMemory() {
    String half = "x".repeat(ServerSentEvents.MAX_EVENT / 2 + 1);
    assertThatThrownBy(() -> events("data: " + half + half).next()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> events("data: " + half + "\ndata: " + half + "\n").next())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger");
  }

  private static ServerSentEvents events(String text) {
    return new ServerSentEvents(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "");
  }
}
