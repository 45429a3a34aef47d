package io.thumbnailer.cli;

import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.Requests;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options of all commands: which server to use, and how to show its responses. */
final class ServerOptions {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String DEFAULT_SERVER = "http://localhost:9080/";
  private static final Pattern SAFE_IN_SHELL = Pattern.compile("[A-Za-z0-9:/._~%-]+");
  private static final int MAX_KEY_FILE = 4096;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description =
          "Address of the service (default: THUMBNAILER_SERVER, or " + DEFAULT_SERVER + ").")
  String server;

  @Option(
      names = "--api-key-file",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "Reads the key from a file.")
  Path apiKeyFile;

  @Option(
      names = "--api-key",
      scope = ScopeType.INHERIT,
      paramLabel = "KEY",
      description =
          "The key itself. THUMBNAILER_API_KEY or --api-key-file are safer: other users of this"
              + " machine can see arguments.",
      showDefaultValue = Visibility.NEVER)
  String apiKey;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Writes one JSON object per line, for programs.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Writes results and errors only.")
  boolean quiet;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "Writes without colours, like NO_COLOR.")
  boolean noColor;

  @Option(
      names = "--retries",
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      description =
          "How often a request is repeated after 429 or 503, 0 to 100 (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  int retries;

  @Option(
      names = "--request-timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "SECONDS",
      description = "Limit for one request, 1 to 86400 (default: ${DEFAULT-VALUE}).",
      defaultValue = "300")
  int requestTimeout;

  Service service() throws CliException {
    if (retries < 0 || retries > 100) {
      throw CliException.usage("--retries must be 0 to 100");
    }
    if (requestTimeout < 1 || requestTimeout > 86_400) {
      throw CliException.usage("--request-timeout must be 1 to 86400 seconds");
    }
    URI base = base();
    Optional<String> key = key();
    if (key.isPresent() && base.getScheme().equals("http") && !LOOPBACK.contains(base.getHost())) {
      output().warning("Warning: the key is sent unencrypted; use https.");
    }
    return new Service(new Requests(base, key, retries, Duration.ofSeconds(requestTimeout)));
  }

  Output output() {
    return new Output(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        json ? Output.Mode.JSON : quiet ? Output.Mode.QUIET : Output.Mode.TEXT,
        !noColor);
  }

  /** The beginning of a command for the same server, which users can copy into a shell. */
  String invocation() {
    if (server == null) {
      return "thumbnailer";
    }
    boolean plain = SAFE_IN_SHELL.matcher(server).matches();
    return "thumbnailer --server " + (plain ? server : "'" + server.replace("'", "%27") + "'");
  }

  private Optional<String> key() throws CliException {
    Optional<String> key = Optional.ofNullable(apiKey);
    if (apiKeyFile != null) {
      if (key.isPresent()) {
        throw CliException.usage("--api-key and --api-key-file cannot be used together");
      }
      key = Optional.of(readKey());
    }
    key =
        key.or(() -> Optional.ofNullable(System.getenv("THUMBNAILER_API_KEY")))
            .map(String::strip)
            .filter(k -> !k.isEmpty());
    if (key.isPresent() && !key.get().matches("[\\x21-\\x7E]{1,512}")) {
      // a header allows no others
      throw CliException.usage("the key must be 1 to 512 visible ASCII characters");
    }
    return key;
  }

  private String readKey() throws CliException {
    try {
      if (Files.size(apiKeyFile) > MAX_KEY_FILE) {
        throw CliException.usage("the key file is larger than " + MAX_KEY_FILE + " bytes");
      }
      return Files.readString(apiKeyFile);
    } catch (IOException e) {
      throw CliException.usage("cannot read the key from " + apiKeyFile);
    }
  }

  private URI base() throws CliException {
    String address =
        Optional.ofNullable(server)
            .or(() -> Optional.ofNullable(System.getenv("THUMBNAILER_SERVER")))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElse(DEFAULT_SERVER);
    try {
      URI uri = new URI(address);
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
    throw CliException.usage(
        "not the address of a service: " + address,
        "--server takes an address like https://thumbnails.example.com/");
  }
}
