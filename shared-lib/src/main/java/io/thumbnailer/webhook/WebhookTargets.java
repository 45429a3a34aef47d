package io.thumbnailer.webhook;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.messaging.Destination;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The webhook URLs that are allowed: a list of origins, each with scheme, host and port. Nothing is
 * resolved here; {@link PublicAddress} checks what a host resolves to when it is called.
 */
public final class WebhookTargets {
  /** The queue of the webhook calls. */
  public static final Destination QUEUE = new Destination("webhooks");

  /** The longest URL in characters, so that it fits into the original's metadata. */
  public static final int MAX_LENGTH = 400;

  private static final Pattern ORIGIN =
      Pattern.compile(
          "(https?)://((?:\\*\\.)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(\\d{1,5}))?");

  private static final String SETTING = "thumbnailer.webhooks.allowed";

  private final List<Origin> allowed;

  /** The parts of a URL that must match; a host that starts with a star matches all hosts below. */
  private record Origin(String scheme, String host, int port) {
    static Origin parse(String entry) {
      Matcher matcher = ORIGIN.matcher(entry.strip().toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'" + entry + "' is not an origin, for example https://hooks.example.com");
      }
      String port = matcher.group(3);
      return new Origin(
          matcher.group(1),
          matcher.group(2),
          port == null ? usualPort(matcher.group(1)) : Integer.parseInt(port));
    }

    boolean includes(URI address) {
      String otherScheme = lower(address.getScheme());
      String otherHost = lower(address.getHost());
      int otherPort = address.getPort() < 0 ? usualPort(otherScheme) : address.getPort();
      boolean sameHost =
          host.startsWith("*.") ? otherHost.endsWith(host.substring(1)) : host.equals(otherHost);
      return scheme.equals(otherScheme) && sameHost && port == otherPort;
    }

    private static int usualPort(String scheme) {
      return scheme.equals("http") ? 80 : 443;
    }
  }

  /**
   * Creates the targets of an allow-list.
   *
   * @param allowed origins such as {@code https://hooks.example.com}, {@code https://*.example.org}
   *     for all hosts below a domain, {@code http://hooks.internal:8080}; empty to allow none
   * @throws IllegalArgumentException if an entry is malformed
   */
  public WebhookTargets(List<String> allowed) {
    this.allowed = allowed.stream().map(Origin::parse).toList();
  }

  /** Reads the allow-list; empty if not configured. Throws {@link InvalidSettingException}. */
  public static WebhookTargets from(SettingsReader settings) {
    List<String> origins =
        settings
            .text(SETTING)
            .map(text -> Stream.of(text.split(",", -1)).map(String::strip).toList())
            .orElse(List.of());
    try {
      return new WebhookTargets(origins);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(SETTING, e.getMessage());
    }
  }

  /** Whether no webhook is allowed. */
  public boolean isEmpty() {
    return allowed.isEmpty();
  }

  /**
   * Checks a URL from a client.
   *
   * @throws IllegalArgumentException with a message for the client
   */
  public URI check(String address) {
    if (isEmpty()) {
      throw new IllegalArgumentException("webhooks are not enabled on this server");
    }
    if (address.length() > MAX_LENGTH || !address.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
      throw new IllegalArgumentException(
          "a webhook must be a URL of at most " + MAX_LENGTH + " ASCII characters");
    }
    URI uri = parse(address);
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("a webhook must have a host and no user or fragment");
    }
    if (allowed.stream().noneMatch(origin -> origin.includes(uri))) {
      throw new IllegalArgumentException("the webhook's origin is not on the allow-list");
    }
    return uri;
  }

  private static URI parse(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a webhook must be an absolute URL", e);
    }
  }

  private static String lower(String text) {
    return Optional.ofNullable(text).orElse("").toLowerCase(Locale.ROOT);
  }
}
