package io.thumbnailer.ingest.http;

import io.thumbnailer.job.JobId;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The job that a path names as {@code {id}}: a {@code @BeanParam}. */
public class JobParameter {
  /** An id for examples in the description of the API. */
  public static final String EXAMPLE = "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b";

  @Parameter(
      description = "The job's id",
      example = EXAMPLE,
      schema = @Schema(implementation = String.class, format = "uuid"))
  @PathParam("id")
  private JobId id;

  /** The job's id. */
  public JobId id() {
    return id;
  }
}
