package io.thumbnailer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.cli.terminal.SafeText;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UploadMessagesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final UploadTally tally = new UploadTally(4, 8_000_000, nanos::get);
  private final UploadMessages following =
      new UploadMessages(true, Optional.of("thumbs"), "thumbnailer");
  private final UploadMessages sending =
      new UploadMessages(false, Optional.empty(), "thumbnailer --server http://x/");

  @Test
  void theStatusLineShowsProgressRateAndTimeLeft() {
    seconds(2);
    begin(1);
    tally.sentBytes(2_000_000);
    tally.accepted("a");
    assertThat(following.status(tally.snapshot(), 79))
        .isEqualTo("[#####               ]   25%  1/4 files  1.0 MB/s  0:06 left");
  }

  @Test
  void afterTheLastFileTheStatusLineShowsTheJobs() {
    begin(4);
    tally.sentBytes(8_000_000);
    tally.accepted("a");
    tally.accepted("b");
    tally.accepted("c");
    tally.refused();
    tally.ended("a", true, 3);
    seconds(10);
    assertThat(following.status(tally.snapshot(), 79))
        .isEqualTo("[##########          ]  2/4 jobs  0.1/s  0:10 left  1 failed");
  }

  /** A repeated attempt subtracts its bytes; forms are slightly longer than their files. */
  @Test
  void theProgressStaysBetweenZeroAndOneHundredPercent() {
    begin(4);
    tally.sentBytes(-400_000);
    assertThat(following.status(tally.snapshot(), 79)).startsWith("[" + " ".repeat(20) + "]    0%");
    tally.sentBytes(9_000_000);
    assertThat(following.status(tally.snapshot(), 79)).startsWith("[" + "#".repeat(20) + "]  100%");
  }

  @Test
  void theStatusLineFitsEveryTerminal() {
    begin(2);
    tally.sentBytes(4_000_000);
    seconds(100_000);
    tally.refused();
    for (int columns = 0; columns < 100; columns++) {
      assertThat(following.status(tally.snapshot(), columns).length()).isLessThanOrEqualTo(columns);
    }
  }

  @Test
  void theSummaryCountsEveryFileOnce() {
    begin(4);
    tally.sentBytes(8_000_000);
    tally.accepted("a");
    tally.accepted("b");
    tally.accepted("c");
    tally.refused();
    tally.ended("a", true, 3);
    tally.ended("b", false, 0);
    tally.unknown();
    seconds(4);
    assertThat(following.summary(tally.snapshot()))
        .isEqualTo(
            "1 done, 1 failed, 1 not followed to the end, 1 not accepted of 4 files in 4.0 s"
                + " (8.0 MB, 2.0 MB/s, 0.5 files/s); 3 thumbnails saved in thumbs");
    assertThat(sending.summary(tally.snapshot()))
        .isEqualTo(
            "3 accepted, 1 not accepted of 4 files in 4.0 s (8.0 MB, 2.0 MB/s, 0.8 files/s)");
    assertThat(following.next(tally.snapshot())).contains("Follow: thumbnailer watch c");
  }

  @Test
  void anInterruptionPrintsTheAcceptedFilesAndHowToFollowThem() {
    assertThat(sending.interrupted(tally.snapshot()))
        .isEqualTo("Interrupted: 0 of 4 files accepted.");
    begin(3);
    tally.accepted("a");
    tally.accepted("b");
    tally.ended("a", true, 0);
    assertThat(following.interrupted(tally.snapshot()))
        .isEqualTo(
            "Interrupted: 2 of 4 files accepted, of which 1 have ended. 1 more may have been"
                + " accepted. The service continues with the accepted files.");
    assertThat(sending.next(tally.snapshot()))
        .contains("Follow: thumbnailer --server http://x/ watch b");
  }

  @Test
  void theFollowCommandIsCompleteOrRefersToTheIdsAbove() {
    UploadTally many = new UploadTally(100, 1, nanos::get);
    for (int i = 0; i < 100; i++) {
      many.begins();
      many.accepted("019a1b2c-3d4e-7f56-8a9b-%012d".formatted(i));
      String next = sending.next(many.snapshot()).orElseThrow();
      assertThat(SafeText.of(next)).isEqualTo(next);
      assertThat(next)
          .satisfiesAnyOf(
              text -> assertThat(text).contains("ids above"),
              text ->
                  assertThat(text)
                      .endsWith(many.snapshot().open().get(many.snapshot().open().size() - 1)));
    }
  }

  private void begin(int files) {
    for (int i = 0; i < files; i++) {
      tally.begins();
    }
  }

  private void seconds(long count) {
    nanos.set(count * 1_000_000_000);
  }
}
