package io.thumbnailer.ingest.http;

import io.thumbnailer.job.JobId;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads the id of a job from a path. An invalid id is {@code not-found}, as an unknown one is. */
@Provider
public class JobIdConverterProvider implements ParamConverterProvider {
  @Override
  @SuppressWarnings("unchecked")
  public <T> ParamConverter<T> getConverter(
      Class<T> rawType, Type genericType, Annotation[] annotations) {
    return rawType == JobId.class ? (ParamConverter<T>) new JobIdConverter() : null;
  }

  private static final class JobIdConverter implements ParamConverter<JobId> {
    @Override
    public JobId fromString(String value) {
      // JAX-RS passes on unchanged only exceptions that have a response
      return JobId.parse(value)
          .orElseThrow(
              () ->
                  new NotFoundException(
                      ProblemMapper.respond(
                          Problem.of(ProblemCode.NOT_FOUND, "there is no such job"))));
    }

    @Override
    public String toString(JobId value) {
      return value.toString();
    }
  }
}
