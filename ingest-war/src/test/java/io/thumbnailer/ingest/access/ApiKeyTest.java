package io.thumbnailer.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.digest.Sha256;
import io.thumbnailer.limit.Quota;
import io.thumbnailer.limit.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
  /** SHA-256 of "secret". */
  private static final String DIGEST =
      "sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  @Test
  void aKeyIsRecognizedByItsDigest() {
    ApiKey key = ApiKey.parse("shop", DIGEST);

    assertThat(key.matches(Sha256.of("secret"))).isTrue();
    assertThat(key.matches(Sha256.of("Secret"))).isFalse();
    assertThat(key.role()).isEqualTo(Role.CLIENT);
    assertThat(key.limits()).isEqualTo(CallerLimits.NONE);
  }

  @Test
  void roleAndLimitsFollowTheDigestInAnyOrder() {
    ApiKey key = ApiKey.parse("shop", DIGEST + ", burst=50,admin , quota=1000/d,rate=10/m");

    assertThat(key.role()).isEqualTo(Role.ADMIN);
    assertThat(key.limits().rate()).contains(new Rate(10, Duration.ofMinutes(1), 50));
    assertThat(key.limits().quota()).contains(new Quota(1000, Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "sha256:2bb80d53",
        DIGEST + ",",
        DIGEST + ",root",
        DIGEST + ",rate=0/s",
        DIGEST + ",rate=10",
        DIGEST + ",rate=-1/s",
        DIGEST + ",burst=10",
        DIGEST + ",quota=1/y"
      })
  void aWrongSpecificationIsRefusedAndNotRepeated(String specification) {
    assertThatThrownBy(() -> ApiKey.parse("shop", specification))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("2bb80d53");
  }

  @Test
  void neitherTheDigestNorTheKeyIsPrinted() {
    assertThat(ApiKey.parse("shop", DIGEST)).hasToString("ApiKey[shop, CLIENT]");
  }
}
