package io.thumbnailer.ingest.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.ingest.upload.receive.TestSettings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliverySettingsTest {
  private static final String MODE = "thumbnailer.delivery.mode";
  private static final String CDN = "thumbnailer.delivery.cdn-base-url";

  @Test
  void thumbnailsAreSentByThisServerByDefault() {
    assertThat(DeliverySettings.from(TestSettings.of(Map.of())).mode())
        .isEqualTo(DeliverySettings.Mode.PROXY);
  }

  @Test
  void aTrailingSlashOfTheBaseUrlIsIgnored() {
    assertThat(
            DeliverySettings.from(
                    TestSettings.of(Map.of(MODE, "cdn", CDN, "https://cdn.example.com/a/")))
                .cdnBaseUrl())
        .contains(URI.create("https://cdn.example.com/a"));
  }

  @ParameterizedTest
  @CsvSource({
    "thumbnailer.delivery.mode, redirect",
    "thumbnailer.delivery.mode, PROXY",
    "thumbnailer.delivery.cdn-base-url, cdn.example.com",
    "thumbnailer.delivery.cdn-base-url, ftp://cdn.example.com",
    "thumbnailer.delivery.cdn-base-url, https://",
    "thumbnailer.delivery.cdn-base-url, https://cdn.example.com?x=",
    "thumbnailer.delivery.cdn-base-url, https://cdn.example.com; script-src *",
    "thumbnailer.delivery.cdn-base-url, https://user@cdn.example.com",
    "thumbnailer.delivery.presigned-ttl, PT1S",
    "thumbnailer.delivery.presigned-ttl, P8D"
  })
  void aWrongSettingNamesItsKey(String key, String value) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> DeliverySettings.from(TestSettings.of(Map.of(key, value))))
        .withMessageContaining(key);
  }

  @Test
  void cdnModeRequiresABaseUrl() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> DeliverySettings.from(TestSettings.of(Map.of(MODE, "cdn"))))
        .withMessageContaining(CDN);
  }
}
