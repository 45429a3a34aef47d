package io.thumbnailer.ingest.http;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;

/**
 * Answers a request that the server refused before JAX-RS saw it, such as one with an encoded slash
 * in its path. {@code web.xml} names this page; called directly, it is not found.
 */
@WebServlet(urlPatterns = "/problem", asyncSupported = true)
public class ErrorPage extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  private transient volatile Jsonb json;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    boolean isError = request.getDispatcherType() == DispatcherType.ERROR;
    Problem problem = ProblemMapper.fromStatus(isError && status instanceof Integer n ? n : 404);
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.getOutputStream().write(json().toJson(problem).getBytes(StandardCharsets.UTF_8));
  }

  private Jsonb json() {
    if (json == null) {
      json = JsonbBuilder.create(); // two concurrent requests may create two, which is harmless
    }
    return json;
  }
}
