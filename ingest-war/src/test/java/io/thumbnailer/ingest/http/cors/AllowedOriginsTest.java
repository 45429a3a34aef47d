package io.thumbnailer.ingest.http.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.ingest.upload.receive.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  @Test
  void onlyTheExactOriginsAreAllowed() {
    AllowedOrigins allowed = read("https://app.example.com, http://localhost:3000,https://[::1]:8");
    assertThat(allowed.include("https://app.example.com")).isTrue();
    assertThat(allowed.include("http://localhost:3000")).isTrue();
    assertThat(allowed.include("https://[::1]:8")).isTrue();
    for (String other :
        new String[] {
          null,
          "",
          "null",
          "*",
          "http://app.example.com",
          "https://app.example.com.evil.example",
          "https://evil-app.example.com",
          "https://app.example.com:8443",
          "https://app.example.com/",
          "http://localhost",
          "https://APP.example.com"
        }) {
      assertThat(allowed.include(other)).as(other).isFalse();
    }
  }

  @Test
  void withoutTheSettingNoOtherOriginIsAllowed() {
    assertThat(read("").isEmpty()).isTrue();
    assertThat(read("").include("null")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "app.example.com",
        "https://*.example.com",
        "https://app.example.com/",
        "https://app.example.com/path",
        "https://user@app.example.com",
        "https://App.Example.Com",
        "https://app.example.com:443",
        "http://app.example.com:80",
        "ftp://app.example.com",
        "file:///tmp",
        "https://",
        "https://a.example,,https://b.example"
      })
  void anOriginThatNoBrowserSendsIsAnInvalidSetting(String value) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> read(value))
        .withMessageContaining("thumbnailer.cors.origins");
  }

  private static AllowedOrigins read(String value) {
    return AllowedOrigins.from(TestSettings.of(Map.of("thumbnailer.cors.origins", value)));
  }
}
