package io.thumbnailer.devservices.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class UserSettingsTest {
  @Test
  void seesVariablesAndProperties() {
    UserSettings nothing = new UserSettings(Map.of("REDIS_URL", " "), Map.of());
    assertThat(nothing.haveRedis()).isFalse();
    assertThat(nothing.haveS3()).isFalse();
    assertThat(new UserSettings(Map.of("REDIS_URL", "redis://a"), Map.of()).haveRedis()).isTrue();
    assertThat(new UserSettings(Map.of(), Map.of("thumbnailer.redis.url", "a")).haveRedis())
        .isTrue();
    assertThat(new UserSettings(Map.of(), Map.of("AWS_S3_BUCKET_NAME", "a")).haveS3()).isTrue();
    assertThat(new UserSettings(Map.of("AWS_ENDPOINT_URL_S3", "a"), Map.of()).haveS3()).isTrue();
    assertThat(new UserSettings(Map.of("AWS_REGION", "a"), Map.of()).haveS3()).isFalse();
  }

  @Test
  void areNeverOverriddenAndOursAreWithdrawn() {
    Properties system = new Properties();
    system.setProperty("KEPT", "user");
    UserSettings user = new UserSettings(Map.of("AWS_REGION", "eu-1"), Map.of("KEPT", "user"));
    PublishedProperties published = new PublishedProperties(system);
    published.publish(
        Map.of("AWS_REGION", "us-1", "KEPT", "ours", "NEW", "ours", "CHANGED", "ours"), user);
    assertThat(system)
        .containsOnly(
            Map.entry("KEPT", "user"), Map.entry("NEW", "ours"), Map.entry("CHANGED", "ours"));
    system.setProperty("CHANGED", "user");
    published.withdraw();
    assertThat(system).containsOnly(Map.entry("KEPT", "user"), Map.entry("CHANGED", "user"));
  }
}
