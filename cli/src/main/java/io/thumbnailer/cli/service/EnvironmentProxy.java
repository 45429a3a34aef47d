package io.thumbnailer.cli.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the proxy that the environment names, as curl does: {@code https_proxy}, {@code
 * http_proxy} in lower case only, because a CGI server sets {@code HTTP_PROXY} from a header, and
 * {@code all_proxy}. {@code no_proxy} is a list of hosts and domains, or {@code *}.
 */
final class EnvironmentProxy extends ProxySelector {
  private static final int DEFAULT_PORT = 1080;

  private final Map<String, String> environment;

  private EnvironmentProxy(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Checks the addresses of the proxies in an environment. */
  static EnvironmentProxy of(Map<String, String> environment) throws CliException {
    EnvironmentProxy proxies = new EnvironmentProxy(environment);
    for (String name : List.of("http_proxy", "https_proxy", "all_proxy")) {
      if (proxies.variable(name).filter(value -> !isAddress(value)).isPresent()) {
        throw CliException.usage(
            name + " is not the address of a proxy",
            "Use an address like http://proxy.example:3128");
      }
    }
    return proxies;
  }

  @Override
  public List<Proxy> select(URI address) {
    String scheme = address.getScheme();
    return List.of(
        isExcepted(address.getHost())
            ? Proxy.NO_PROXY
            : variable(scheme + "_proxy")
                .or(() -> variable("all_proxy"))
                .map(EnvironmentProxy::parse)
                .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException cause) {
    // the request fails with the cause
  }

  private boolean isExcepted(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    for (String entry : variable("no_proxy").orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
      String excepted = entry.strip();
      String domain = excepted.startsWith(".") ? excepted.substring(1) : excepted;
      if (excepted.equals("*")
          || (!domain.isEmpty() && (name.equals(domain) || name.endsWith("." + domain)))) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> variable(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(upper.equals("HTTP_PROXY") ? null : environment.get(upper)))
        .filter(value -> !value.isBlank());
  }

  private static Proxy parse(String value) {
    URI proxy = address(value);
    int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
  }

  private static boolean isAddress(String value) {
    try {
      return address(value).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static URI address(String value) {
    return URI.create(value.contains("://") ? value : "http://" + value);
  }
}
