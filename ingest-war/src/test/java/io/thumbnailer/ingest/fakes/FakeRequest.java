package io.thumbnailer.ingest.fakes;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request as JAX-RS filters see it, with headers of the test's choice. */
public final class FakeRequest {
  private final String method;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private Response abortedWith;
  private SecurityContext security = anonymous();

  public FakeRequest(String method, Map<String, String> headers) {
    this.method = method;
    this.headers.putAll(headers);
  }

  /** The context that a filter receives. */
  public ContainerRequestContext context() {
    return (ContainerRequestContext)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {ContainerRequestContext.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getHeaderString" -> headers.get((String) arguments[0]);
                  case "getSecurityContext" -> security;
                  case "setSecurityContext" -> {
                    security = (SecurityContext) arguments[0];
                    yield null;
                  }
                  case "abortWith" -> {
                    abortedWith = (Response) arguments[0];
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  /** The response that a filter sent instead of the resource. */
  public Optional<Response> abortedWith() {
    return Optional.ofNullable(abortedWith);
  }

  public SecurityContext security() {
    return security;
  }

  private static SecurityContext anonymous() {
    return (SecurityContext)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {SecurityContext.class},
            (proxy, called, arguments) -> called.getReturnType() == boolean.class ? true : null);
  }
}
