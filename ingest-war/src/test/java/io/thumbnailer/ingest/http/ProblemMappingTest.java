package io.thumbnailer.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.StorageException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemMappingTest {
  private static final String SECRET = "redis://user:secret@10.0.0.7";

  @Test
  void anUnreachableQueueIsATemporaryProblemThatDoesNotShowItsCause() {
    Response response =
        new MessagingExceptionMapper().toResponse(new MessagingException("no answer of " + SECRET));
    assertTemporary(response, "queue-unavailable");
  }

  @Test
  void unreachableStorageIsATemporaryProblemThatDoesNotShowItsCause() {
    Response response =
        new StorageExceptionMapper()
            .toResponse(new StorageException("no answer of " + SECRET, new Exception(SECRET)));
    assertTemporary(response, "storage-unavailable");
  }

  @Test
  void aFullQueueReportsItsOwnRetryAfter() {
    Response response = new QueueFullMapper().toResponse(new QueueFullException(42));
    assertThat(problem(response).code()).isEqualTo("queue-full");
    assertThat(response.getStringHeaders().get("Retry-After")).containsExactly("42");
  }

  @Test
  void aProblemExceptionIsReturnedUnchanged() {
    Response response =
        new ProblemExceptionMapper()
            .toResponse(new ProblemException(ProblemCode.TOO_LARGE, "the file is too large"));
    assertThat(response.getStatus()).isEqualTo(413);
    assertThat(problem(response))
        .isEqualTo(Problem.of(ProblemCode.TOO_LARGE, "the file is too large"));
    assertThat(response.getHeaderString("Retry-After")).isNull();
    assertThat(response.getHeaderString("Connection")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"REQUEST_TIMEOUT", "OVERLOADED"})
  void aBodyThatIsNotReadToItsEndEndsTheConnection(ProblemCode code) {
    Response response =
        new ProblemExceptionMapper().toResponse(new ProblemException(code, "too slow"));
    assertThat(response.getHeaderString("Connection")).isEqualTo("close");
  }

  @Test
  void aRefusalOfJaxRsBecomesAProblem() {
    Response response =
        new WebApplicationExceptionMapper().toResponse(new NotAllowedException("GET"));
    assertThat(response.getStatus()).isEqualTo(405);
    assertThat(problem(response).code()).isEqualTo("method-not-allowed");
  }

  @Test
  void aResponseThatIsNoErrorIsLeftAlone() {
    Response notModified = Response.notModified("tag").build();
    assertThat(
            new WebApplicationExceptionMapper()
                .toResponse(new WebApplicationException(notModified)))
        .isSameAs(notModified);
  }

  @ParameterizedTest
  @CsvSource({
    "400,bad-request",
    "401,unauthorized",
    "403,forbidden",
    "404,not-found",
    "406,not-acceptable",
    "417,bad-request",
    "500,internal-error",
    "501,internal-error"
  })
  void everyStatusOfJaxRsHasACode(int status, String code) {
    Response response =
        new WebApplicationExceptionMapper().toResponse(new WebApplicationException(status));
    assertThat(problem(response).code()).isEqualTo(code);
    assertThat(response.getStatus()).isEqualTo(problem(response).status());
    assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void anUnexpectedFailureRevealsNothing() {
    Response response = new ProblemMapper().toResponse(new IllegalStateException(SECRET));
    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(problem(response).code()).isEqualTo("internal-error");
    assertThat(problem(response).detail()).doesNotContain("secret");
  }

  private static void assertTemporary(Response response, String code) {
    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getMediaType()).hasToString("application/problem+json");
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
    assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-store");
    assertThat(problem(response).code()).isEqualTo(code);
    assertThat(problem(response).detail()).contains("try again").doesNotContain("secret");
  }

  private static Problem problem(Response response) {
    return (Problem) response.getEntity();
  }
}
