package io.thumbnailer.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server, and how its answers are shown. */
final class ServerOptions {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Where the service is; THUMBNAILER_SERVER when missing (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:THUMBNAILER_SERVER:-http://localhost:9080/}")
  String server;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description =
          "Sent as X-API-Key. Better put it into THUMBNAILER_API_KEY: other users of this machine"
              + " can see arguments.",
      defaultValue = "${env:THUMBNAILER_API_KEY}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  String apiKey;

  @Option(names = "--json", description = "Writes one JSON object a line, for scripts.")
  boolean json;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description =
          "How often a request is repeated after 429 or 503, 0 to 100 (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  int retries;

  @Option(
      names = "--request-timeout",
      paramLabel = "SECONDS",
      description = "For one request, 1 to 86400 (default: ${DEFAULT-VALUE}).",
      defaultValue = "300")
  int requestTimeout;

  Service service() {
    if (retries < 0 || retries > 100) {
      throw wrong("--retries must be 0 to 100");
    }
    if (requestTimeout < 1 || requestTimeout > 86_400) {
      throw wrong("--request-timeout must be 1 to 86400 seconds");
    }
    URI base = base();
    Optional<String> key = Optional.ofNullable(apiKey).map(String::strip).filter(k -> !k.isEmpty());
    if (key.isPresent() && !key.get().matches("[\\x21-\\x7E]{1,512}")) {
      throw wrong("the key must be 1 to 512 visible ASCII characters"); // a header takes no others
    }
    if (key.isPresent() && base.getScheme().equals("http") && !LOOPBACK.contains(base.getHost())) {
      spec.commandLine().getErr().println("Warning: the key is sent unencrypted; use https.");
    }
    return new Service(new Requests(base, key, retries, Duration.ofSeconds(requestTimeout)));
  }

  Output output() {
    return new Output(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private URI base() {
    try {
      URI uri = new URI(server.strip());
      String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return URI.create(
            scheme + "://" + uri.getRawAuthority() + path + (path.endsWith("/") ? "" : "/"));
      }
    } catch (URISyntaxException e) {
      // reported below
    }
    throw wrong("--server must be like https://thumbnails.example.com/");
  }
}
