package io.thumbnailer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter printed = new StringWriter();

  @Test
  void itShowsTheBytesThatLeftAndWhatBecameOfTheFiles() {
    ProgressBar bar = bar(true);
    bar.sentBytes(500_000);
    assertThat(line())
        .isEqualTo(
            "[###############               ]  50% of 1.0 MB; files: 2, accepted: 0, ended: 0, failed: 0");
    bar.sentBytes(500_000);
    bar.accepted();
    bar.accepted();
    bar.ended(true);
    bar.ended(false);
    assertThat(line())
        .startsWith("[" + "#".repeat(30) + "] 100% of 1.0 MB;")
        .endsWith("accepted: 2, ended: 2, failed: 1");
  }

  /** A repeated attempt takes its bytes back; forms are a little longer than their files. */
  @Test
  void itStaysBetweenNothingAndEverything() {
    ProgressBar bar = bar(true);
    bar.sentBytes(-400_000);
    bar.accepted();
    assertThat(line()).startsWith("[" + " ".repeat(30) + "]   0%");
    bar.sentBytes(9_000_000);
    bar.accepted();
    assertThat(line()).startsWith("[" + "#".repeat(30) + "] 100%");
  }

  @Test
  void itLeavesNothingOfALongerLineAndGoesAwayWhole() {
    ProgressBar bar = bar(true);
    bar.accepted();
    String shown = line();
    bar.clear();
    assertThat(printed.toString()).endsWith("\r" + " ".repeat(shown.length()) + "\r");
    int before = printed.toString().length();
    bar.clear();
    assertThat(printed.toString()).hasSize(before);
  }

  @Test
  void whoIsNoTerminalSeesNothing() {
    ProgressBar bar = bar(false);
    bar.sentBytes(500_000);
    bar.accepted();
    bar.ended(true);
    bar.clear();
    assertThat(printed.toString()).isEmpty();
  }

  private ProgressBar bar(boolean shown) {
    return new ProgressBar(new PrintWriter(printed), shown, 2, 1_000_000);
  }

  /** What stands on the terminal's line now. */
  private String line() {
    String all = printed.toString();
    return all.substring(all.lastIndexOf('\r') + 1).stripTrailing();
  }
}
