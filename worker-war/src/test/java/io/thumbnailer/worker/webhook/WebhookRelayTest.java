package io.thumbnailer.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.StoredThumbnail;
import io.thumbnailer.messaging.Failure;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageProducer;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Outbox;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.storage.ObjectPage;
import io.thumbnailer.storage.ObjectStore;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookRelayTest {
  private static final Instant ENDED = Instant.parse("2026-11-24T10:00:00Z");
  private static final String ADDRESS = "https://shop.example.com/hook";

  private final Map<String, MessageRecord> records = new HashMap<>();
  private final List<Outbox.EndNotice> notices = new ArrayList<>();
  private final Map<String, Message> sent = new LinkedHashMap<>();
  private int sendings;
  private Runnable beforeSend = () -> {};
  private Runnable beforeDone = () -> {};

  private final WebhookRelay relay =
      new WebhookRelay(outbox(), new JobStore(browser(), emptyStorage()), producer());

  @Test
  void theEndOfAJobBecomesOneMessageToItsWebhook() {
    JobId id = ended(MessageState.ACKNOWLEDGED, Optional.of(ADDRESS));
    relay.run();

    Message message = sent.values().iterator().next();
    assertThat(sent).hasSize(1);
    assertThat(message.id()).isEqualTo(id + "_" + ENDED.toEpochMilli());
    assertThat(message.correlationId()).contains(id.toString());
    assertThat(message.properties()).containsEntry(WebhookRelay.ADDRESS, ADDRESS);
    assertThat(message.endNotice()).as("a webhook has no webhook").isFalse();
    JsonObject event = json(message.text());
    assertThat(event.getString("type")).isEqualTo("job.done");
    assertThat(event.getJsonObject("data").getJsonObject("renditions")).containsKey("small");
    assertThat(message.text()).as("the name may identify a person").doesNotContain("cat.png");
    assertThat(notices).isEmpty();
  }

  @Test
  void aFailedJobIsReportedWithItsError() {
    ended(MessageState.DEAD, Optional.of(ADDRESS));
    relay.run();

    JsonObject event = json(sent.values().iterator().next().text());
    assertThat(event.getString("type")).isEqualTo("job.failed");
    assertThat(event.getJsonObject("data").getJsonObject("error").getString("code"))
        .isEqualTo("unreadable-image");
  }

  @Test
  void aNoticeStaysUntilItsMessageIsSent() {
    ended(MessageState.ACKNOWLEDGED, Optional.of(ADDRESS));
    beforeSend =
        () -> {
          throw new MessagingException("away");
        };
    assertThatCode(relay::run).as("the schedule goes on").doesNotThrowAnyException();
    assertThat(notices).hasSize(1);

    beforeSend = () -> {};
    relay.run();
    assertThat(sent).hasSize(1);
    assertThat(notices).isEmpty();
  }

  @Test
  void aWorkerThatDiesBetweenMessageAndNoticeCausesNoSecondMessage() {
    ended(MessageState.ACKNOWLEDGED, Optional.of(ADDRESS));
    beforeDone =
        () -> {
          throw new IllegalStateException("dies");
        };
    relay.run();
    assertThat(notices).hasSize(1);

    beforeDone = () -> {};
    relay.run();
    assertThat(sendings).isEqualTo(2);
    assertThat(sent).as("both have the same id").hasSize(1);
    assertThat(notices).isEmpty();
  }

  @Test
  void deletedAndReplayedJobsHaveNoWebhookDue() {
    notices.add(new Outbox.EndNotice(JobId.next().toString(), ENDED));
    notices.add(new Outbox.EndNotice("not a job", ENDED));
    ended(MessageState.ACKNOWLEDGED, Optional.empty());
    JobId replayed = ended(MessageState.DEAD, Optional.of(ADDRESS));
    records.put(replayed.toString(), replayed(records.get(replayed.toString())));

    relay.run();

    assertThat(sent).isEmpty();
    assertThat(notices).isEmpty();
  }

  @Test
  void oneRunProcessesAnOutboxOfAnySize() {
    for (int i = 0; i < 250; i++) {
      ended(MessageState.ACKNOWLEDGED, Optional.of(ADDRESS));
    }
    relay.run();
    assertThat(sent).hasSize(250);
    assertThat(notices).isEmpty();
  }

  private JobId ended(MessageState state, Optional<String> webhook) {
    JobId id = JobId.next();
    Message message =
        new JobDescription(
                id,
                "cat.png",
                1,
                ImageFormat.PNG,
                1,
                1,
                "aa",
                List.of(Rendition.parse("small", "100x100")),
                Priority.NORMAL)
            .withWebhook(webhook)
            .toMessage();
    boolean done = state == MessageState.ACKNOWLEDGED;
    records.put(
        id.toString(),
        new MessageRecord(
            message,
            state,
            1,
            ENDED,
            ENDED,
            Optional.of(ENDED),
            Optional.of(ENDED),
            done
                ? Optional.empty()
                : Optional.of(new Failure("unreadable-image", "damaged", "", ENDED, ENDED)),
            done
                ? Optional.of(
                    StoredThumbnail.format(
                        List.of(
                            new StoredThumbnail("small", OutputFormat.JPEG, 1, 1, 1, List.of()))))
                : Optional.empty(),
            0));
    notices.add(new Outbox.EndNotice(id.toString(), ENDED));
    return id;
  }

  private static MessageRecord replayed(MessageRecord dead) {
    return new MessageRecord(
        dead.message(),
        MessageState.QUEUED,
        0,
        ENDED,
        ENDED,
        Optional.empty(),
        Optional.empty(),
        dead.failure(),
        Optional.empty(),
        1);
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private Outbox outbox() {
    return new Outbox() {
      @Override
      public List<EndNotice> pending(int limit) {
        return List.copyOf(notices.subList(0, Math.min(limit, notices.size())));
      }

      @Override
      public void done(EndNotice notice) {
        beforeDone.run();
        notices.remove(notice);
      }
    };
  }

  private MessageProducer producer() {
    return message -> {
      beforeSend.run();
      sendings++;
      return sent.putIfAbsent(message.id(), message) == null;
    };
  }

  private MessageBrowser browser() {
    return (MessageBrowser)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {MessageBrowser.class},
            (proxy, method, arguments) -> Optional.ofNullable(records.get((String) arguments[0])));
  }

  private static ObjectStore emptyStorage() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            WebhookRelayTest.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) ->
                method.getName().equals("list")
                    ? new ObjectPage(List.of(), false)
                    : Optional.empty());
  }
}
