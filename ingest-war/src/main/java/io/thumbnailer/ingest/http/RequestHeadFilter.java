package io.thumbnailer.ingest.http;

import io.thumbnailer.config.SettingsReader;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Refuses requests by their headers, before anything else happens: invalid targets; encoded bodies,
 * which may be small on the wire and large once inflated; charsets that this JVM does not know;
 * malformed lists of media types or languages; lengths that are not a single number; and, if host
 * names are configured, other hosts, which protects against DNS rebinding.
 */
@Provider
@PreMatching
@Singleton
@Priority(1)
public class RequestHeadFilter implements ContainerRequestFilter {
  private static final String HOSTS = "thumbnailer.http.hosts";
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

  /** As in RFC 9110, 12.4.2, but with as many digits as programs send. */
  private static final Pattern WEIGHT = Pattern.compile("\\d{1,9}(\\.\\d{0,20})?|\\.\\d{1,20}");

  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  // RESTEasy looks for a constructor of a provider that has no parameters.
  @Inject private SettingsReader settings;
  private volatile Set<String> hosts;

  @Override
  public void filter(ContainerRequestContext request) {
    problem(request).ifPresent(found -> request.abortWith(ProblemMapper.respond(found)));
  }

  private Optional<Problem> problem(ContainerRequestContext request) {
    if (!addressIsValid(request)) {
      return Optional.of(
          Problem.of(
              ProblemCode.BAD_REQUEST, "the request target has characters that must be encoded"));
    }
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
      return Optional.of(
          Problem.of(
              ProblemCode.UNSUPPORTED_TYPE, "send the request body without a Content-Encoding"));
    }
    if (!acceptHeadersAreReadable(request)) {
      return Optional.of(
          Problem.of(ProblemCode.BAD_REQUEST, "the Accept or Accept-Language header is malformed"));
    }
    if (!charsetIsKnown(request.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
      return Optional.of(
          Problem.of(ProblemCode.UNSUPPORTED_TYPE, "the Content-Type names an unknown charset"));
    }
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (length != null && !LENGTH.matcher(length).matches()) {
      return Optional.of(
          Problem.of(ProblemCode.BAD_REQUEST, "Content-Length must be one number of bytes"));
    }
    return hostIsAllowed(request.getHeaderString(HttpHeaders.HOST))
        ? Optional.empty()
        : Optional.of(
            Problem.of(ProblemCode.BAD_REQUEST, "this server does not serve this host name"));
  }

  /** JAX-RS parses the target when it finds no resource, and fails on others. */
  private static boolean addressIsValid(ContainerRequestContext request) {
    try {
      return request.getUriInfo().getRequestUri() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** JAX-RS reads them when it looks for a resource, and fails on others. */
  private static boolean acceptHeadersAreReadable(ContainerRequestContext request) {
    try {
      return request.getAcceptableLanguages() != null
          && request.getAcceptableMediaTypes().stream()
              .map(type -> type.getParameters().get("q"))
              .allMatch(q -> q == null || WEIGHT.matcher(q).matches());
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** JAX-RS looks the charset up wherever it reads a body or a parameter, and fails on others. */
  private static boolean charsetIsKnown(String contentType) {
    if (contentType == null) {
      return true;
    }
    Matcher charset = CHARSET.matcher(contentType);
    try {
      return !charset.find() || Charset.isSupported(charset.group(1));
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  private boolean hostIsAllowed(String host) {
    Set<String> allowed = hosts();
    return allowed.isEmpty()
        || (host != null
            && allowed.contains(
                PORT.matcher(host.toLowerCase(Locale.ROOT).strip()).replaceFirst("")));
  }

  private Set<String> hosts() {
    Set<String> known = hosts;
    if (known == null) {
      known = hosts(settings);
      hosts = known;
    }
    return known;
  }

  private static Set<String> hosts(SettingsReader reader) {
    return reader
        .text(HOSTS)
        .map(
            text ->
                Arrays.stream(text.split(",", -1))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet()))
        .orElse(Set.of());
  }
}
