package io.thumbnailer.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadNamesTest {
  private static final String ID = "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b";
  private final DownloadNames names = new DownloadNames();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\boot.ini",
        "..",
        ".bashrc",
        "-rf.jpg",
        "a\u0000b.jpg",
        "\u001b[2J.jpg",
        "\u202egpj.exe",
        "",
        "C:\\"
      })
  void aHostileNameBecomesASingleVisibleFileName(String hostile) {
    Path name = names.choose(hostile, ID);
    assertThat(name.getNameCount()).isEqualTo(1);
    assertThat(name.isAbsolute()).isFalse();
    assertThat(name.toString())
        .isNotBlank()
        .doesNotStartWith(".")
        .doesNotStartWith("-")
        .doesNotContain("\u001b", "\u202e", ":");
  }

  @Test
  void twoJobsWithTheSameNameDoNotOverwriteEachOther() {
    assertThat(names.choose("photo.jpg", ID)).hasToString("photo");
    assertThat(names.choose("PHOTO.png", ID)).hasToString("PHOTO-" + ID);
  }

  @Test
  void aVeryLongNameIsTruncated() {
    assertThat(names.choose("x".repeat(5000), ID).toString()).hasSize(100);
  }
}
