package io.thumbnailer.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Receives the servers' traces: OTLP over HTTP, like a collector or Jaeger. */
final class TraceReceiver implements AutoCloseable {
  private final HttpServer http;
  private final Queue<Received> spans = new ConcurrentLinkedQueue<>();
  private final Queue<String> otherPaths = new ConcurrentLinkedQueue<>();

  private TraceReceiver(HttpServer http) {
    this.http = http;
  }

  /**
   * A received span.
   *
   * @param service the name of the server that made it
   */
  record Received(String service, Span span) {
    String traceId() {
      return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    String id() {
      return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    String parentId() {
      return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }
  }

  /** Starts one on a free port of this machine. */
  static TraceReceiver start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TraceReceiver receiver = new TraceReceiver(http);
    http.createContext("/", receiver::receive);
    http.start();
    return receiver;
  }

  URI endpoint() {
    return URI.create("http://localhost:" + http.getAddress().getPort());
  }

  /** All spans of a trace received so far. */
  List<Received> trace(String traceId) {
    return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  /** All spans received so far. */
  List<Received> all() {
    return List.copyOf(spans);
  }

  /** The requests that are not traces. */
  List<String> otherPaths() {
    return List.copyOf(otherPaths);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestURI().getPath().equals("/v1/traces")) {
        for (ResourceSpans resource :
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
          String service = service(resource);
          resource.getScopeSpansList().stream()
              .flatMap(scope -> scope.getSpansList().stream())
              .forEach(span -> spans.add(new Received(service, span)));
        }
      } else {
        otherPaths.add(exchange.getRequestURI().getPath());
      }
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    }
  }

  private static String service(ResourceSpans resource) {
    return resource.getResource().getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(KeyValue::getValue)
        .map(value -> value.getStringValue())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
