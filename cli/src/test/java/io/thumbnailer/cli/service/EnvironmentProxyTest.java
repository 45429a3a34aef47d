package io.thumbnailer.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxyTest {
  private static final URI HTTPS = URI.create("https://thumbnails.example.com/jobs");
  private static final URI HTTP = URI.create("http://thumbnails.example.com/jobs");

  @Test
  void eachSchemeHasItsOwnProxy() throws CliException {
    Map<String, String> environment =
        Map.of("http_proxy", "http://one.example:3128", "HTTPS_PROXY", "two.example:8080");
    assertThat(select(environment, HTTP)).hasToString("HTTP @ one.example/<unresolved>:3128");
    assertThat(select(environment, HTTPS)).hasToString("HTTP @ two.example/<unresolved>:8080");
  }

  @Test
  void theUpperCaseHttpProxyIsIgnored() throws CliException {
    assertThat(select(Map.of("HTTP_PROXY", "http://one.example:3128"), HTTP))
        .isEqualTo(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "thumbnails.example.com", ".example.com", "a.example, EXAMPLE.com"})
  void exceptedHostsAreReachedDirectly(String excepted) throws CliException {
    assertThat(select(Map.of("all_proxy", "http://one.example:1", "no_proxy", excepted), HTTPS))
        .isEqualTo(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ample.com", "other.example.com"})
  void otherHostsAreNot(String excepted) throws CliException {
    assertThat(select(Map.of("all_proxy", "http://one.example:1", "no_proxy", excepted), HTTPS))
        .hasToString("HTTP @ one.example/<unresolved>:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "http://a b", "::"})
  void anInvalidProxyIsAWrongArgument(String proxy) {
    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() -> EnvironmentProxy.of(Map.of("https_proxy", proxy)))
        .withMessage("https_proxy is not the address of a proxy");
  }

  private static Proxy select(Map<String, String> environment, URI address) throws CliException {
    return EnvironmentProxy.of(environment).select(address).get(0);
  }
}
