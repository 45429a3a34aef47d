package io.thumbnailer.ingest.openapi;

import io.thumbnailer.ingest.access.AccessRule;
import io.thumbnailer.ingest.admin.AdminResource;
import io.thumbnailer.ingest.admin.QueueViewsResource;
import io.thumbnailer.ingest.admin.WebhookDeadLettersResource;
import io.thumbnailer.ingest.capabilities.CapabilitiesResource;
import io.thumbnailer.ingest.job.JobResource;
import io.thumbnailer.ingest.job.events.JobEventsResource;
import io.thumbnailer.ingest.thumbnail.ThumbnailResource;
import io.thumbnailer.ingest.upload.UploadResource;
import io.thumbnailer.ingest.upload.direct.DirectUploadResource;
import jakarta.ws.rs.Produces;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * A call of the API, from its code.
 *
 * @param operationId names it in the description
 * @param rule who may make it
 * @param negotiates whether it negotiates the content type
 */
record DocumentedCall(String operationId, AccessRule rule, boolean negotiates) {
  private static final Map<String, DocumentedCall> ALL =
      List.of(
              UploadResource.class,
              DirectUploadResource.class,
              JobResource.class,
              JobEventsResource.class,
              ThumbnailResource.class,
              CapabilitiesResource.class,
              AdminResource.class,
              QueueViewsResource.class,
              WebhookDeadLettersResource.class)
          .stream()
          .flatMap(DocumentedCall::of)
          .collect(Collectors.toMap(DocumentedCall::operationId, Function.identity()));

  /** The call of an operation of the description. */
  static Optional<DocumentedCall> find(String operationId) {
    return Optional.ofNullable(ALL.get(operationId));
  }

  private static Stream<DocumentedCall> of(Class<?> resource) {
    return Arrays.stream(resource.getMethods())
        .filter(method -> method.isAnnotationPresent(Operation.class))
        .map(
            method ->
                new DocumentedCall(
                    method.getAnnotation(Operation.class).operationId(),
                    AccessRule.of(resource, method),
                    method.isAnnotationPresent(Produces.class)));
  }
}
