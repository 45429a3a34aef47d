package io.thumbnailer.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTargetsTest {
  private final WebhookTargets targets =
      new WebhookTargets(
          List.of(
              "https://hooks.example.com",
              "https://*.example.org",
              "https://other.net:8443",
              "http://plain.example.net"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com/a?b=c",
        "HTTPS://Hooks.Example.COM",
        "https://a.b.example.org/",
        "https://other.net:8443/x",
        "https://hooks.example.com:443/",
        "http://plain.example.net/"
      })
  void hostsOnTheListAreAllowed(String address) {
    assertThat(targets.check(address)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/",
        "https://plain.example.net/",
        "http://plain.example.net:8080/",
        "https://hooks.example.com.evil.net/",
        "https://evil.net/hooks.example.com",
        "https://example.org/",
        "https://evilexample.org/",
        "https://hooks.example.com:22/",
        "https://other.net/",
        "https://user@hooks.example.com/",
        "https://hooks.example.com/#f",
        "https://hooks.example.com\\@evil.net/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "file:///etc/passwd",
        "hooks.example.com",
        "https:///",
        "https://hooks.example.com/\u00e4",
        ""
      })
  void everythingElseIsRefused(String address) {
    assertThatThrownBy(() -> targets.check(address)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void webhooksAreRefusedUnlessConfigured() {
    assertThatThrownBy(() -> new WebhookTargets(List.of()).check("https://a.example.org/"))
        .hasMessageContaining("not enabled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "100.63.0.1", "172.32.0.1", "2606:4700::1111"})
  void addressesOfTheInternetAreAllowed(String address) throws UnknownHostException {
    assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0", "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "fe80::1",
        "fc00::1", "fd12:3456::1", "ff02::1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1",
        "2001::1", "fec0::1"
      })
  void privateAddressesAreRefused(String address) throws UnknownHostException {
    assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isFalse();
  }

  /** Computed with: printf 'msg_1.1700000000.{}' | openssl dgst -sha256 -hmac KEY -binary. */
  @Test
  void aSignatureCoversIdTimeAndBody() {
    WebhookSignature signature =
        WebhookSignature.withSecret("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    Instant at = Instant.ofEpochSecond(1_700_000_000);
    assertThat(signature.sign("msg_1", at, "{}"))
        .isEqualTo("v1,2c4VI0bO4Wd5svqP2unEA9pCk0dTAXr/elrHCJ+/efk=");
    assertThat(signature.sign("msg_2", at, "{}")).isNotEqualTo(signature.sign("msg_1", at, "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!!"})
  void aWeakSecretIsRefusedAndNotRepeated(String secret) {
    assertThatThrownBy(() -> WebhookSignature.withSecret(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be whsec_ and 24 to 64 bytes in Base64");
  }
}
