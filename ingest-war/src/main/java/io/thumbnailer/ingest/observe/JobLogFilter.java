package io.thumbnailer.ingest.observe;

import io.thumbnailer.job.JobId;
import io.thumbnailer.log.LogContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Adds the job id from the request path to log lines. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class JobLogFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<JobId> job =
        Arrays.stream(request.getRequestURI().split("/"))
            .flatMap(segment -> JobId.parse(segment).stream())
            .findFirst();
    if (job.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    try {
      LogContext.<Exception>run(job.get().toString(), () -> chain.doFilter(request, response));
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }
}
