package io.thumbnailer.ingest.observe;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The trace of the current request. */
public final class RequestTrace {
  /**
   * Its length is fixed; that of {@code tracestate} is the caller's choice, and an original's
   * metadata has little room.
   */
  private static final String TRACE_PARENT = "traceparent";

  private RequestTrace() {}

  /** The trace as a property to store with an original; none without a trace. */
  public static Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    W3CTraceContextPropagator.getInstance().inject(Context.current(), properties, Map::put);
    properties.keySet().retainAll(Set.of(TRACE_PARENT));
    return properties;
  }
}
