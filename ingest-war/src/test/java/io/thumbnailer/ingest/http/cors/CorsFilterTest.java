package io.thumbnailer.ingest.http.cors;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.ingest.fakes.FakeRequest;
import io.thumbnailer.ingest.fakes.Injection;
import io.thumbnailer.ingest.http.Problem;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorsFilterTest {
  private static final String ORIGIN = "https://app.example.com";

  private final CorsFilter filter = filter(Set.of(ORIGIN));

  @Test
  void aPreflightOfAnAllowedOriginIsAnsweredBeforeAuthentication() {
    FakeRequest request = preflight(ORIGIN);
    filter.filter(request.context());

    Response answer = request.abortedWith().orElseThrow();
    assertThat(answer.getStatus()).isEqualTo(204);
    assertThat(answer.getHeaderString("Access-Control-Allow-Methods")).contains("POST", "DELETE");
    assertThat(answer.getHeaderString("Access-Control-Allow-Headers"))
        .contains("X-API-Key", "Idempotency-Key", "Last-Event-ID");
    assertThat(answer.getHeaderString("Access-Control-Max-Age")).isEqualTo("600");
  }

  @Test
  void aPreflightOfAnotherOriginIsForbidden() {
    FakeRequest request = preflight("https://evil.example.com");
    filter.filter(request.context());

    Response answer = request.abortedWith().orElseThrow();
    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(((Problem) answer.getEntity()).code()).isEqualTo("forbidden");
  }

  @Test
  void anOptionsRequestWithoutTheHeadersOfAPreflightReachesTheResource() {
    for (Map<String, String> headers :
        Set.of(
            Map.<String, String>of(),
            Map.of("Origin", ORIGIN),
            Map.of("Access-Control-Request-Method", "POST"))) {
      FakeRequest request = new FakeRequest("OPTIONS", headers);
      filter.filter(request.context());
      assertThat(request.abortedWith()).isEmpty();
    }
  }

  @Test
  void onlyAnAllowedOriginMayReadTheResponse() {
    MultivaluedMap<String, Object> allowed = respond(filter, Map.of("Origin", ORIGIN));
    assertThat(allowed.getFirst("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    assertThat((String) allowed.getFirst("Access-Control-Expose-Headers")).contains("Location");
    assertThat(allowed).doesNotContainKey("Access-Control-Allow-Credentials");

    MultivaluedMap<String, Object> other = respond(filter, Map.of("Origin", "https://evil.test"));
    assertThat(other).containsOnlyKeys("Vary");
  }

  @Test
  void cachesDistinguishOriginsEvenForRequestsWithoutOne() {
    assertThat(respond(filter, Map.of()).get("Vary")).containsExactly("Origin");
  }

  @Test
  void withoutAllowedOriginsNothingIsAddedOrAnswered() {
    CorsFilter off = filter(Set.of());
    FakeRequest request = preflight(ORIGIN);
    off.filter(request.context());
    assertThat(request.abortedWith()).isEmpty();
    assertThat(respond(off, Map.of("Origin", ORIGIN))).isEmpty();
  }

  private static CorsFilter filter(Set<String> origins) {
    CorsFilter filter = new CorsFilter();
    Injection.set(filter, new AllowedOrigins(origins));
    return filter;
  }

  private static FakeRequest preflight(String origin) {
    return new FakeRequest(
        "OPTIONS", Map.of("Origin", origin, "Access-Control-Request-Method", "POST"));
  }

  private static MultivaluedMap<String, Object> respond(
      CorsFilter filter, Map<String, String> headers) {
    MultivaluedMap<String, Object> added = new MultivaluedHashMap<>();
    filter.filter(
        new FakeRequest("GET", headers).context(),
        (ContainerResponseContext)
            Proxy.newProxyInstance(
                CorsFilterTest.class.getClassLoader(),
                new Class<?>[] {ContainerResponseContext.class},
                (proxy, called, arguments) -> added));
    return added;
  }
}
