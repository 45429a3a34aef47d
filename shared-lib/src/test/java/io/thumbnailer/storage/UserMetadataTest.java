package io.thumbnailer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserMetadataTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "cat.png",
        "a b",
        "a  b",
        " a",
        "a ",
        "ümläut",
        "😀 \"q\"\r\nX: y",
        "=?UTF-8?Q?a?=",
        "utf8-base64:YQ",
        "utf8-base64:***",
        "%41",
        "\u0000\u007f"
      })
  void carriesAnyTextInPrintableAscii(String value) {
    Map<String, String> encoded = UserMetadata.encode(Map.of("name", value));
    assertThat(encoded.get("name")).matches("[!-~]+( [!-~]+)*");
    assertThat(UserMetadata.decode(encoded)).containsExactlyEntriesOf(Map.of("name", value));
  }

  @Test
  void leavesPlainAndForeignValuesReadable() {
    assertThat(UserMetadata.encode(Map.of("name", "My cat.png"))).containsValue("My cat.png");
    assertThat(UserMetadata.decode(Map.of("name", "utf8-base64:*"))).containsValue("utf8-base64:*");
  }

  @Test
  void fitsThreeHundredCharactersOfAnyScript() {
    assertThat(UserMetadata.encode(Map.of("name", "😀".repeat(300)))).hasSize(1);
  }

  @Test
  void refusesWhatS3WouldNotStore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UserMetadata.encode(Map.of("name", "x".repeat(2_048))))
        .withMessageContaining("2048");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UserMetadata.encode(Map.of("jobId", "1")))
        .withMessageContaining("jobId");
  }
}
