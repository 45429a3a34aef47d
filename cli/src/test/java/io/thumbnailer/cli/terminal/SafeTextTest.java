package io.thumbnailer.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
  @Test
  void controlSequencesAreReplaced() {
    assertThat(SafeText.of("a\u001b[2Jb\rc\nd\u009b31me\u202ef\u2028g\ud800h\u0000"))
        .isEqualTo("a\ufffd[2Jb\ufffdc\ufffdd\ufffd31me\ufffdf\ufffdg\ufffdh\ufffd");
  }

  @Test
  void textInAllScriptsIsKept() {
    assertThat(SafeText.of("Größe 写真 صورة 🏔.jpg")).isEqualTo("Größe 写真 صورة 🏔.jpg");
  }

  @Test
  void longTextIsShortened() {
    assertThat(SafeText.of("x".repeat(10_000))).hasSize(SafeText.MAX_LENGTH);
  }
}
