package io.thumbnailer.worker;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.thumbnailer.messaging.Delivery;
import io.thumbnailer.messaging.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Creates spans for attempts and their stages, in the trace that the message carries: every attempt
 * of a job, even on another worker or after a replay, is in the trace of its upload. Spans contain
 * no client data such as file names.
 */
final class JobTracing implements JobRecorder {
  private static final TextMapGetter<Map<String, String>> PROPERTIES =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> properties) {
          return properties.keySet();
        }

        @Override
        public String get(Map<String, String> properties, String key) {
          return properties.get(key);
        }
      };

  private final JobRecorder next;
  private final Destination destination;
  private final Tracer tracer;

  /**
   * Wraps another recorder.
   *
   * @param next receives every call too
   * @param destination the queue of the jobs
   */
  JobTracing(JobRecorder next, Destination destination, OpenTelemetry telemetry) {
    this.next = next;
    this.destination = destination;
    this.tracer = telemetry.getTracer("io.thumbnailer.worker");
  }

  @Override
  public Attempt begin(Delivery delivery) {
    Attempt delegate = next.begin(delivery);
    Context sent =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), delivery.message().properties(), PROPERTIES);
    Instant now = Instant.now();
    if (!delivery.redelivered() && delivery.sentAt().isBefore(now)) {
      message("wait", delivery, sent).setStartTimestamp(delivery.sentAt()).startSpan().end(now);
    }
    Span span =
        message("process " + destination.name(), delivery, sent)
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("messaging.operation.name", "process")
            .startSpan();
    return new TracedAttempt(delegate, span, sent.with(span));
  }

  private SpanBuilder message(String name, Delivery delivery, Context parent) {
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setAttribute("messaging.system", "redis")
        .setAttribute("messaging.destination.name", destination.name())
        .setAttribute("messaging.message.id", delivery.message().id())
        .setAttribute("thumbnailer.attempt", delivery.deliveryCount());
  }

  private final class TracedAttempt implements Attempt {
    private final Attempt delegate;
    private final Span span;
    private final Context context;
    private Context stage;

    TracedAttempt(Attempt delegate, Span span, Context context) {
      this.delegate = delegate;
      this.span = span;
      this.context = context;
      this.stage = context;
    }

    @Override
    public <T> T stage(String name, Callable<T> work) throws Exception {
      Span part = tracer.spanBuilder(name).setParent(context).startSpan();
      stage = context.with(part);
      try {
        return delegate.stage(name, work);
      } catch (Exception e) {
        part.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
        throw e;
      } finally {
        stage = context;
        part.end();
      }
    }

    @Override
    public void ended(String part, Duration took) {
      delegate.ended(part, took);
      Instant now = Instant.now();
      tracer
          .spanBuilder(part)
          .setParent(stage)
          .setStartTimestamp(now.minus(took))
          .startSpan()
          .end(now);
    }

    @Override
    public void done() {
      delegate.done();
      end("done");
    }

    @Override
    public void failed() {
      delegate.failed();
      span.setStatus(StatusCode.ERROR);
      end("failed");
    }

    @Override
    public void retried() {
      delegate.retried();
      span.setStatus(StatusCode.ERROR);
      end("retried");
    }

    @Override
    public void handedBack() {
      delegate.handedBack();
      end("handed-back");
    }

    @Override
    public void leaseLost() {
      delegate.leaseLost();
      end("lease-lost");
    }

    private void end(String outcome) {
      span.setAttribute("thumbnailer.outcome", outcome);
      span.end();
    }
  }
}
