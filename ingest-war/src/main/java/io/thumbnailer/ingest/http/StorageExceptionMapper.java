package io.thumbnailer.ingest.http;

import io.thumbnailer.storage.StorageException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Responds with {@code storage-unavailable} when storage cannot be used; the cause is only logged.
 */
@Provider
public class StorageExceptionMapper implements ExceptionMapper<StorageException> {
  @Override
  public Response toResponse(StorageException exception) {
    return ProblemMapper.respond(problem(exception));
  }

  /** The problem for the client. */
  public static Problem problem(StorageException exception) {
    return ProblemMapper.unavailable(ProblemCode.STORAGE_UNAVAILABLE, "storage", exception);
  }
}
