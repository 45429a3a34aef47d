package io.thumbnailer.ingest.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadNameTest {
  @ParameterizedTest
  @CsvSource({
    "holiday.png, holiday-small.jpg",
    "my photo.final.JPEG, my photo.final-small.jpg",
    "no-ending, no-ending-small.jpg",
    "../../etc/passwd, passwd-small.jpg",
    "C:\\temp\\cat.gif, cat-small.jpg",
    ".htaccess, htaccess-small.jpg",
    ".png, thumbnail-small.jpg",
    "a:b*c?d<e>f|g.png, a_b_c_d_e_f_g-small.jpg",
    "été à la mer.webp, été à la mer-small.jpg",
    "100%.png, 100_-small.jpg"
  })
  void theNameIsThatOfTheOriginalWithoutSpecialCharacters(String original, String saved) {
    assertThat(DownloadName.of(original, "small", "jpg")).isEqualTo(saved);
  }

  @Test
  void charactersThatDisguiseAnExtensionAreRemoved() {
    assertThat(DownloadName.of("photo\u202egpj.exe.png", "small", "jpg"))
        .isEqualTo("photogpj.exe-small.jpg");
    assertThat(DownloadName.of("a\r\nSet-Cookie: x.png", "small", "jpg"))
        .isEqualTo("aSet-Cookie_ x-small.jpg");
  }

  @Test
  void aLongNameIsTruncatedBetweenCharacters() {
    String name = DownloadName.of("\ud83d\ude00".repeat(300) + ".png", "small", "jpg");
    assertThat(name.codePointCount(0, name.length())).isEqualTo(100 + "-small.jpg".length());
    assertThat(name).endsWith("\ud83d\ude00-small.jpg");
  }

  @Test
  void theHeaderIsAsciiWithTheRealNameEncoded() {
    assertThat(DownloadName.disposition("été \"1\";.png", "small", "jpg"))
        .isEqualTo(
            "attachment; filename=\"_t_ _1__-small.jpg\";"
                + " filename*=UTF-8''%C3%A9t%C3%A9%20_1_%3B-small.jpg");
  }
}
