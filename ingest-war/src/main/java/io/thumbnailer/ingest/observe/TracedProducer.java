package io.thumbnailer.ingest.observe;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageProducer;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends messages as part of the current request's trace: each carries its W3C trace context as
 * properties. The client's baggage is not propagated, because it is untrusted and nothing needs it.
 */
public final class TracedProducer implements MessageProducer {
  private final MessageProducer producer;
  private final Destination destination;
  private final Tracer tracer;

  /** Wraps another producer. */
  public TracedProducer(
      MessageProducer producer, Destination destination, OpenTelemetry telemetry) {
    this.producer = producer;
    this.destination = destination;
    this.tracer = telemetry.getTracer("io.thumbnailer.ingest");
  }

  @Override
  public boolean send(Message message) {
    Span span =
        tracer
            .spanBuilder("send " + destination.name())
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute("messaging.system", "redis")
            .setAttribute("messaging.operation.name", "send")
            .setAttribute("messaging.destination.name", destination.name())
            .setAttribute("messaging.message.id", message.id())
            .startSpan();
    try {
      Map<String, String> properties = new HashMap<>(message.properties());
      W3CTraceContextPropagator.getInstance()
          .inject(Context.current().with(span), properties, Map::put);
      return producer.send(message.withProperties(properties));
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }
}
